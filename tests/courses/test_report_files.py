"""Reports as files, and reports that are kept and sent."""

import io
from datetime import UTC, date, datetime, timedelta

import pytest
from django.core import mail
from django.urls import reverse
from django.utils import timezone
from pypdf import PdfReader
from python_calamine import CalamineWorkbook

from cms.tables import workbook
from courses.credentials.models import CreditEntry
from courses.enrolment.api import enrol
from courses.enrolment.models import TrainingPlan
from courses.records.api import Verb, record
from courses.reports import standing
from courses.reports.models import Delivery, SavedReport
from courses.reports.people import People
from courses.reports.saved.sending import send_due
from courses.reports.scope import scope_of
from courses.training.refresh import refresh
from tests import factories
from tests.courses.training import earn, make_plan, member

pytestmark = pytest.mark.django_db
MORNING = datetime(2026, 11, 30, 9, tzinfo=UTC)  # a Monday


@pytest.fixture(autouse=True)
def _no_other_plans():
    TrainingPlan.objects.all().delete()


@pytest.fixture
def offices():
    ministry = factories.OrganisationFactory(slug="ministry", name_en="Ministry")
    return [factories.OrganisationFactory(slug=f"office-{n}", name_en=f"Office {n}", parent=ministry) for n in range(3)]


@pytest.fixture
def boss(offices):
    body = offices[0].get_parent()
    return factories.MembershipFactory(organisation=body, role="coordinator", user__name="Ana Boss").user


@pytest.fixture
def course():
    return factories.make_course(title_en="Patents")


@pytest.fixture
def plan(offices, course):
    year = timezone.localdate().year
    return make_plan(slug="yearly", year=year, hours=4, organisation=offices[0].get_parent(), courses=[course])


def complete(person, course) -> None:
    activity = course.current.modules.get().activities.get()
    record(enrol(person, course), Verb.COMPLETED, activity, key="done")


def file(client, report: str, subject: str, form: str, query: str = "") -> bytes:
    answer = client.get(reverse("reports:file", args=[report, subject, form]) + query)
    assert answer.status_code == 200
    return b"".join(answer)


def sheet(content: bytes) -> list[list]:
    return CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(0).to_python()


def printed(content: bytes) -> str:
    return "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(content)).pages)


# --- files ----------------------------------------------------------------------------------------------
def test_a_workbook_has_days_as_days_numbers_as_numbers_and_no_formula(client, boss, offices, plan, course):
    complete(member(offices[0], user__name="=1+1", grade="4"), course)
    refresh()
    client.force_login(boss)
    rows = sheet(file(client, "completions", "all", "xlsx"))
    assert rows[0][:3] == ["Name", "Email", "Unit"]
    assert rows[1][0] == "=1+1"
    assert rows[1][4] == timezone.localdate()
    assert rows[1][5] == 2
    people = sheet(file(client, "people", "yearly", "xlsx", "?unit=office-0"))
    assert (people[1][3], people[1][5]) == ("4", 4)
    assert people[1][4] in {"On track", "Behind", "Overdue"}


def test_a_unit_s_name_is_no_formula_either(client, boss, offices, course):
    for office in offices:
        office.name_en = "=1+1"
        office.save()
    complete(member(offices[0]), course)
    client.force_login(boss)
    header = file(client, "courses", "all", "csv").decode().splitlines()[0]
    assert header.endswith("Course,Completions,'=1+1,'=1+1,'=1+1")
    assert "Completions" in printed(file(client, "courses", "all", "pdf"))


@pytest.mark.parametrize("by", ["unit", "grade", "month", "course"])
@pytest.mark.parametrize("form", ["csv", "xlsx", "pdf"])
def test_every_cut_of_a_plan_can_be_taken_along(client, boss, offices, plan, course, by, form):
    complete(member(offices[0], grade="4"), course)
    earn(member(offices[1], grade="5"), "4", timezone.localdate())
    refresh()
    client.force_login(boss)
    content = file(client, "plan", "yearly", form, f"?by={by}")
    expected = {"unit": "Office 0", "grade": "5", "month": "", "course": "Patents"}[by]
    if form == "csv":
        assert expected in content.decode()
    elif form == "xlsx":
        assert expected in {row[0] for row in sheet(content)} | {""}
    else:
        text = printed(content)
        assert "Plan 0" in text
        assert expected in text
        assert PdfReader(io.BytesIO(content)).trailer["/Root"]["/MarkInfo"]["/Marked"]


def test_a_pdf_says_what_it_leaves_out(client, boss, offices, plan, monkeypatch):
    monkeypatch.setattr("courses.reports.files.MOST_PRINTED", 2)
    for _number in range(5):
        member(offices[0])
    refresh()
    client.force_login(boss)
    assert "3 more rows are left out" in printed(file(client, "people", "yearly", "pdf"))


@pytest.mark.parametrize("language", ["zh-hans", "ar"])
def test_files_speak_the_reader_s_language(client, boss, offices, plan, language):
    member(offices[0], user__name="李晓雯")
    refresh()
    client.force_login(boss)
    address = reverse("reports:file", args=["people", "yearly", "xlsx"]).replace("/en/", f"/{language}/")
    content = b"".join(client.get(address))
    assert sheet(content)[0][0] == {"zh-hans": "姓名", "ar": "الاسم"}[language]
    assert b'rightToLeft="1"' in _sheet_xml(content) or language != "ar"
    pdf = b"".join(client.get(address.replace("xlsx", "pdf")))
    assert "李晓雯" in printed(pdf)


def _sheet_xml(content: bytes) -> bytes:
    import zipfile

    return zipfile.ZipFile(io.BytesIO(content)).read("xl/worksheets/sheet1.xml")


def test_more_rows_than_a_sheet_holds_go_on_in_the_next(tmp_path, monkeypatch):
    monkeypatch.setattr(workbook, "ROWS_A_SHEET", 3)
    monkeypatch.setattr(workbook, "MEANWHILE", 0)
    rows = ((number, date(2026, 1, 1)) for number in range(8))
    workbook.write_workbook(tmp_path / "x.xlsx", "A/b", ["n", "n"], rows, count=8, right_to_left=False)
    book = CalamineWorkbook.from_path(tmp_path / "x.xlsx")
    assert book.sheet_names == ["Ab", "Ab 2", "Ab 3"]
    found = [row[0] for number in range(3) for row in book.get_sheet_by_index(number).to_python()[1:]]
    assert found == list(range(8))
    assert book.get_sheet_by_index(2).to_python()[0] == ["n", "n (2)"]


def test_an_empty_workbook_has_its_header(tmp_path):
    workbook.write_workbook(tmp_path / "x.xlsx", "", ["a", "b"], [], count=0, right_to_left=False)
    assert CalamineWorkbook.from_path(tmp_path / "x.xlsx").get_sheet_by_index(0).to_python() == [["a", "b"]]


# --- cuts -----------------------------------------------------------------------------------------------
def test_a_plan_by_course_counts_its_people_once_and_no_revoked_certificate(boss, offices, plan, course):
    from courses.credentials.issuing import revoke
    from courses.credentials.models import Certificate

    done, taken, _waiting = (member(offices[0]) for _number in range(3))
    for person in (done, taken):
        complete(person, course)
    revoke(Certificate.objects.get(enrolment__learner=taken), "Copied answers", boss)
    other = factories.make_course(title_en="Marks", slug="marks")
    complete(done, other)
    refresh()
    found = standing.by_course(plan, plan.year, scope_of(boss), 3)
    assert [(str(tally.course), tally.is_required, tally.completed, tally.percent) for tally in found] == [
        ("Patents", True, 1, 33),
        ("Marks", False, 1, 33),
    ]


def test_the_months_add_up_to_those_who_are_done(boss, offices, plan):
    plan.courses.clear()
    plan.save()
    for number in range(3):
        earn(member(offices[number % 2]), "4", timezone.localdate())
    member(offices[0])
    refresh()
    trend = standing.by_month(plan, plan.year, scope_of(boss))
    assert trend.whole.people == 4
    assert [(month.month, people, so_far) for month, people, so_far in trend.so_far] == [
        (timezone.localdate().month, 3, 3)
    ]


def test_pages_of_people_are_whole_and_without_gaps(boss, offices, plan):
    for number in range(11):
        member(offices[number % 3])
    refresh()
    scope = scope_of(boss)
    people = People(standing.rows_of(plan, plan.year, scope), scope)
    assert len(people) == 11
    pages = [row.pk for start in range(0, 11, 4) for row in people[start : start + 4]]
    assert pages == [row.pk for row in people.rows]
    assert people[20:30] == []


def test_a_course_that_is_offered_no_more_keeps_its_history_and_a_draft_is_not_shown(client, boss, offices, course):
    complete(member(offices[0], user__name="Past Learner"), course)
    type(course).objects.filter(pk=course.pk).update(is_published=False)
    draft = factories.make_course(title_en="Secret draft", slug="secret-draft")
    type(course).objects.filter(pk=draft.pk).update(is_published=False)
    client.force_login(boss)
    assert "Past Learner" in client.get(reverse("reports:course", args=[course.slug])).content.decode()
    assert client.get(reverse("reports:course", args=[draft.slug])).status_code == 404


# --- kept and sent --------------------------------------------------------------------------------------
def keep(client, report="plan", subject="yearly", query="", **values) -> SavedReport:
    data = {"title": "Monday’s figures", "rhythm": "weekly", "starts_on": "2026-11-30", "form": "xlsx", "to": ""}
    answer = client.post(reverse("reports:save", args=[report, subject]) + query, data | values)
    assert answer.status_code == 302, answer.content.decode()
    return SavedReport.objects.latest("created_at")


@pytest.fixture
def morning(monkeypatch):
    monkeypatch.setattr(timezone, "now", lambda: MORNING)


@pytest.mark.usefixtures("morning")
def test_a_report_is_sent_once_on_its_day_with_the_file(client, boss, offices, plan):
    member(offices[0])
    refresh()
    client.force_login(boss)
    saved = keep(client, query="?by=unit&year=2026&page=3")
    assert saved.query == {"by": "unit"}
    assert send_due(MORNING - timedelta(days=1)) == 0
    assert send_due(MORNING) == 1
    assert send_due(MORNING + timedelta(hours=1)) == 0
    letter = mail.outbox[-1]
    assert letter.to == [boss.email]
    assert "Office 0: 0 %" in letter.body
    name, content, kind = letter.attachments[0]
    assert name.endswith(".xlsx")
    assert kind.endswith("sheet")
    assert "Office 0" in {row[0] for row in sheet(content)}
    saved.refresh_from_db()
    assert saved.next_on == date(2026, 12, 7)


@pytest.mark.usefixtures("morning")
def test_nobody_is_written_to_at_night_and_what_was_missed_comes_once(client, boss, plan):
    client.force_login(boss)
    keep(client, rhythm="daily")
    assert send_due(MORNING.replace(hour=3)) == 0
    assert send_due(MORNING + timedelta(days=5)) == 1
    assert SavedReport.objects.get().next_on == date(2026, 12, 6)


@pytest.mark.usefixtures("morning")
def test_a_colleague_gets_what_they_may_see_until_they_may_not(client, boss, offices, plan):
    colleague = factories.MembershipFactory(organisation=offices[0].get_parent(), role="reporter")
    member(offices[0])
    refresh()
    client.force_login(boss)
    keep(client, to=colleague.user.email)
    assert send_due(MORNING) == 2
    colleague.delete()
    assert send_due(MORNING + timedelta(days=7)) == 1
    assert mail.outbox[-1].to == [boss.email]


@pytest.mark.usefixtures("morning")
def test_each_reader_is_written_to_in_their_own_morning(client, boss, offices, plan):
    far = factories.MembershipFactory(organisation=offices[0].get_parent(), role="reporter").user
    far.time_zone = "America/Los_Angeles"  # 1 o’clock at night there
    far.save()
    client.force_login(boss)
    keep(client, to=far.email)
    assert send_due(MORNING) == 1
    assert SavedReport.objects.get().next_on == date(2026, 11, 30)
    assert send_due(MORNING + timedelta(hours=8)) == 1
    assert [letter.to for letter in mail.outbox] == [[boss.email], [far.email]]
    assert SavedReport.objects.get().next_on == date(2026, 12, 7)


@pytest.mark.usefixtures("morning")
@pytest.mark.parametrize("who", ["nobody@example.org", "learner"])
def test_a_report_is_not_sent_to_who_may_not_see_it(client, boss, offices, plan, who):
    address = member(offices[0]).email if who == "learner" else who
    client.force_login(boss)
    data = {"title": "x", "rhythm": "daily", "starts_on": "2026-11-30", "form": "pdf", "to": address}
    answer = client.post(reverse("reports:save", args=["plan", "yearly"]), data)
    assert answer.status_code == 400
    assert f"have no account: {address}" in answer.content.decode()
    assert not SavedReport.objects.exists()


@pytest.mark.usefixtures("morning")
def test_a_refused_letter_is_tried_again(client, boss, plan, monkeypatch):
    client.force_login(boss)
    keep(client)
    with monkeypatch.context() as broken:
        broken.setattr("courses.reports.saved.sending.send", _refuse)
        assert send_due(MORNING) == 0
    assert not Delivery.objects.exists()
    assert send_due(MORNING + timedelta(hours=1)) == 1


def _refuse(*args, **kwargs):
    raise OSError("no")


@pytest.mark.usefixtures("morning")
def test_what_is_gone_is_said_and_no_letter_leaves(client, boss, plan):
    client.force_login(boss)
    saved = keep(client)
    CreditEntry.objects.all().delete()
    plan.delete()
    assert send_due(MORNING) == 0
    saved.refresh_from_db()
    assert "is not there any more" in saved.problem
    assert saved.problem in client.get(reverse("reports:saved")).content.decode()


@pytest.mark.usefixtures("morning")
def test_kept_reports_are_changed_sent_at_once_left_and_deleted(client, boss, offices, plan):
    colleague = factories.MembershipFactory(organisation=offices[0].get_parent(), role="reporter").user
    client.force_login(boss)
    saved = keep(client, rhythm="never", to=colleague.email)
    assert saved.next_on is None
    client.post(reverse("reports:send_now", args=[saved.pk]))
    assert [letter.to for letter in mail.outbox] == [[boss.email]]
    answer = client.get(reverse("reports:change", args=[saved.pk])).content.decode()
    assert colleague.email in answer
    client.force_login(colleague)
    for name in ("change", "send_now", "delete"):
        assert client.post(reverse(f"reports:{name}", args=[saved.pk])).status_code == 404
    assert "Monday’s figures" in client.get(reverse("reports:saved")).content.decode()
    client.post(reverse("reports:leave", args=[saved.pk]))
    assert not saved.readers.exists()
    client.force_login(boss)
    client.post(reverse("reports:delete", args=[saved.pk]))
    assert not SavedReport.objects.exists()


@pytest.mark.parametrize(
    ("first", "rhythm", "today", "expected"),
    [
        (date(2026, 1, 31), "monthly", date(2026, 2, 1), date(2026, 2, 28)),
        (date(2026, 1, 31), "monthly", date(2026, 12, 31), date(2026, 12, 31)),
        (date(2026, 1, 15), "monthly", date(2026, 12, 20), date(2027, 1, 15)),
        (date(2026, 11, 30), "weekly", date(2026, 12, 1), date(2026, 12, 7)),
        (date(2026, 11, 30), "weekly", date(2026, 11, 1), date(2026, 11, 30)),
        (date(2026, 11, 30), "daily", date(2026, 12, 24), date(2026, 12, 24)),
        (date(2026, 11, 30), "never", date(2026, 12, 24), None),
    ],
)
def test_the_next_day_of_a_rhythm(first, rhythm, today, expected):
    saved = SavedReport(starts_on=first, rhythm=rhythm)
    saved.plan_next(today)
    assert saved.next_on == expected
