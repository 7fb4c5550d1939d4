"""Measures one thing in a process of its own: ``measure WHAT`` prints a number and megabytes at most.

Pages are asked through the whole of Django (the test client); beside them stands the SQL that any report needs.
"""

import csv
import io
import os
import resource
import sys
import tempfile
import time
from collections.abc import Callable
from typing import Any

import django

django.setup()

import xlsxwriter  # noqa: E402
from django.conf import settings  # noqa: E402
from django.db import connection  # noqa: E402
from django.test import Client  # noqa: E402
from django.urls import reverse  # noqa: E402

from cms.accounts.models import User  # noqa: E402
from cms.directory.models import Organisation  # noqa: E402
from courses.reports.files import as_file  # noqa: E402
from courses.reports.registry import REPORTS  # noqa: E402

# What each page needs from the database at least, written by hand; {where} is the subtree.
STATUS = """CASE WHEN done_at IS NOT NULL THEN 'done' WHEN is_exempt THEN 'exempt'
    WHEN left_on IS NOT NULL THEN 'left' WHEN due_at <= '2026-06-01' THEN 'overdue'
    WHEN on_track_until <= '2026-06-01' THEN 'behind' ELSE 'on-track' END"""
OWED = "FROM training_obligation WHERE due_on BETWEEN '2026-01-01' AND '2026-12-31' {where}"
BY_UNIT = f"SELECT organisation_id, {STATUS}, count(*) {OWED} GROUP BY 1, 2"
BY_GRADE = f"SELECT grade, {STATUS}, count(*) {OWED} GROUP BY 1, 2"
MONTH = {"sqlite": "substr(done_at, 1, 7)", "postgresql": "date_trunc('month', done_at)"}
COMPLETIONS = """SELECT organisation_id, course_id, count(*) FROM credentials_creditentry
    WHERE source = 'course' {where} GROUP BY 1, 2"""
BY_COURSE = f"""SELECT course_id, count(DISTINCT learner_id) FROM credentials_creditentry
    WHERE source = 'course' AND earned_on BETWEEN '2026-01-01' AND '2026-12-31'
    AND learner_id IN (SELECT learner_id {OWED}) GROUP BY 1"""
LEARNERS = """SELECT organisation_id, count(*) FROM directory_membership
    WHERE role = 'learner' AND ends_on IS NULL AND starts_on <= '2026-06-01'
    AND user_id NOT IN (SELECT id FROM accounts_user WHERE NOT is_active) {where} GROUP BY 1"""
PRESENT = "SELECT count(DISTINCT user_id) FROM directory_membership WHERE role = 'learner' {where}"
TAKING = """SELECT count(DISTINCT learner_id), count(DISTINCT CASE WHEN completed_at IS NOT NULL THEN learner_id END)
    FROM enrolment_enrolment LEFT JOIN records_enrolmentprogress ON enrolment_id = enrolment_enrolment.id
    WHERE course_id = (SELECT id FROM catalogue_course WHERE slug = 'course-0')
    AND learner_id IN (SELECT user_id FROM directory_membership WHERE role = 'learner' AND ends_on IS NULL) {where}"""
SUBTREE = "AND organisation_id IN (SELECT id FROM directory_organisation WHERE path LIKE '{path}%')"


def address(name: str, slug: str, words: str = "") -> str:
    return reverse(f"reports:{name}", args=[slug]) + words


PAGES = {
    "overview": (reverse("reports:overview"), [COMPLETIONS, BY_UNIT]),
    "plan by unit": (address("plan", "yearly", "?year=2026"), [BY_UNIT]),
    "plan by grade": (address("plan", "yearly", "?year=2026&by=grade"), [BY_GRADE]),
    "plan by month": (
        address("plan", "yearly", "?year=2026&by=month"),
        [f"SELECT {MONTH[connection.vendor]}, {STATUS}, count(*) {OWED} GROUP BY 1, 2"],
    ),
    "plan by course": (address("plan", "yearly", "?year=2026&by=course"), [BY_UNIT, BY_COURSE]),
    "people": (address("people", "yearly", "?year=2026"), [BY_UNIT]),
    "people, last page": (address("people", "yearly", "?year=2026&page=last"), [BY_UNIT]),
    "who needs a nudge": (address("people", "yearly", "?year=2026&status=nudge"), [BY_UNIT]),
    "course": (address("course", "course-0"), [LEARNERS, PRESENT, TAKING]),
}


def best(act: Callable[[], Any], times: int = 3) -> float:
    """Seconds of the quickest of some runs."""
    found = []
    for _run in range(times):
        began = time.perf_counter()
        act()
        found.append(time.perf_counter() - began)
    return min(found)


def page(name: str, who: str) -> float:
    settings.ALLOWED_HOSTS = ["testserver"]
    client = Client()
    client.force_login(User.objects.get(email=f"{who}@example.org"))

    def ask() -> None:
        answer = client.get(PAGES[name][0])
        assert answer.status_code == 200, answer.status_code

    return best(ask)


def bare(name: str, who: str) -> float:
    where = ""
    if who == "below":
        where = SUBTREE.format(path=Organisation.objects.get(slug="department-3").path)

    def ask() -> None:
        with connection.cursor() as cursor:
            for sql in PAGES[name][1]:
                cursor.execute(sql.format(where=where))
                assert cursor.fetchall()

    return best(ask)


def file(report: str, form: str) -> float:
    """Rows a second of a whole file, to nowhere."""
    boss = User.objects.get(email="boss@example.org")
    began = time.perf_counter()
    table, _scope = REPORTS[report].made_for(boss, "yearly", {}, form)
    for _part in as_file(table, form, "all"):
        pass
    return table.count / (time.perf_counter() - began)


def bare_csv_rate() -> float:
    """The limit: csv.writer on rows that are there."""
    row = ("Person 1", "p1@example.org", "Office 1", "Course 1", "2026-01-01", "2", 90, "000000000001", None, "")
    text = io.StringIO()
    began = time.perf_counter()
    csv.writer(text).writerows([row] * 500_000)
    return 500_000 / (time.perf_counter() - began)


def bare_xlsx_rate() -> float:
    row = ("Person 1", "p1@example.org", "Office 1", "Course 1", "2026-01-01", "2", 90, "000000000001", "", "")
    with tempfile.TemporaryFile() as file:
        book = xlsxwriter.Workbook(file, {"constant_memory": True})
        sheet = book.add_worksheet()
        began = time.perf_counter()
        for number in range(100_000):
            sheet.write_row(number, 0, row)
        book.close()
    return 100_000 / (time.perf_counter() - began)


def main() -> None:
    what, *arguments = sys.argv[1:]
    found = {"page": page, "bare": bare, "file": file, "bare-csv": bare_csv_rate, "bare-xlsx": bare_xlsx_rate}
    number = found[what](*arguments)
    print(f"{number:.6f} {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f}")
    sys.stdout.flush()
    os._exit(0)


if __name__ == "__main__":
    main()
