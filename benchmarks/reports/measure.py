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
from cms.tables.api import csv_stream  # noqa: E402
from courses.reports import tables  # noqa: E402
from courses.reports.scope import Scope  # noqa: E402

UNIT_AND_COURSE = """SELECT organisation_id, course_id, count(*) FROM credentials_creditentry
    WHERE source = 'course' {where} GROUP BY 1, 2"""
UNIT_AND_STATUS = """SELECT organisation_id, CASE WHEN done_at IS NOT NULL THEN 'done' WHEN is_exempt THEN 'exempt'
    WHEN left_on IS NOT NULL THEN 'left' WHEN due_at <= '2026-06-01' THEN 'overdue'
    WHEN on_track_until <= '2026-06-01' THEN 'behind' ELSE 'on-track' END, count(*)
    FROM training_obligation WHERE due_on BETWEEN '2026-01-01' AND '2026-12-31' {where} GROUP BY 1, 2"""
SUBTREE = "AND organisation_id IN (SELECT id FROM directory_organisation WHERE path LIKE '{path}%')"
PAGES = {
    "overview": reverse("reports:overview"),
    "plan": f"{reverse('reports:plan', args=['yearly'])}?year=2026",
    "grade": f"{reverse('reports:plan', args=['yearly'])}?year=2026&by=grade",
    "month": f"{reverse('reports:plan', args=['yearly'])}?year=2026&by=month",
    "people": f"{reverse('reports:people', args=['yearly'])}?year=2026",
    "nudge": f"{reverse('reports:people', args=['yearly'])}?year=2026&status=nudge",
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
        answer = client.get(PAGES[name])
        assert answer.status_code == 200, answer.status_code

    return best(ask)


def bare(name: str, who: str) -> float:
    where = ""
    if who == "below":
        where = SUBTREE.format(path=Organisation.objects.get(slug="department-3").path)
    sql = {"completions": UNIT_AND_COURSE, "status": UNIT_AND_STATUS}[name].format(where=where)

    def ask() -> None:
        with connection.cursor() as cursor:
            cursor.execute(sql)
            assert cursor.fetchall()

    return best(ask)


def _scope() -> Scope:
    units = tuple(Organisation.objects.all())
    return Scope(units, (units[0],), None)


def csv_rate() -> float:
    """Rows a second of the stream of all completions, to nowhere."""
    header, rows = exports.completions(_scope())
    began, count = time.perf_counter(), 0
    for chunk in csv_stream("x.csv", header, rows):
        count += chunk.count(b"\n") if isinstance(chunk, bytes) else chunk.count("\n")
    return (count - 1) / (time.perf_counter() - began)


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
    found = {
        "page": page,
        "bare": bare,
        "csv": csv_rate,
        "bare-csv": bare_csv_rate,
        "bare-xlsx": bare_xlsx_rate,
    }[what](*arguments)
    print(f"{found:.6f} {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f}")
    sys.stdout.flush()
    os._exit(0)


if __name__ == "__main__":
    main()
