"""What a coordinator sees and does: plans by status, people, nudges, exceptions, corrections."""

import csv
import io
from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import timezone

from cms.accounts.links import token_for
from courses.credentials.models import CreditEntry, ExternalTraining
from courses.enrolment.api import enrol
from courses.enrolment.models import PlanException, TrainingPlan
from courses.records.api import Verb, record
from courses.reports import standing
from courses.reports.completions import completions_by_course
from courses.reports.scope import Scope
from courses.training.models import Notice, Obligation
from courses.training.refresh import refresh
from tests import factories
from tests.courses.training import earn, make_plan, member

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _no_other_plans():
    TrainingPlan.objects.all().delete()


@pytest.fixture
def ministry():
    return factories.OrganisationFactory(slug="ministry", name_en="Ministry")


@pytest.fixture
def offices(ministry):
    return [factories.OrganisationFactory(slug=f"office-{n}", name_en=f"Office {n}", parent=ministry) for n in range(2)]


@pytest.fixture
def boss(ministry, offices):
    return factories.MembershipFactory(organisation=ministry, role="coordinator").user


@pytest.fixture
def plan(ministry):
    return make_plan(slug="yearly", year=timezone.localdate().year, hours=4, organisation=ministry)


def scope(ministry, offices) -> Scope:
    return Scope((ministry, *offices), (ministry,), None)


def person_url(person) -> str:
    return reverse("coordinator:person", args=[token_for("person", person.pk)])


def test_people_are_counted_by_unit_and_status_each_once(ministry, offices, plan):
    done, waiting, in_both = member(offices[0]), member(offices[0]), member(offices[0])
    factories.MembershipFactory(user=in_both, organisation=offices[1], starts_on=date(2025, 3, 1))
    factories.MembershipFactory(organisation=offices[0], role="coordinator")
    earn(done, "4", timezone.localdate())
    refresh()
    where = scope(ministry, offices)
    total = standing.total(plan, plan.year, where)
    assert (total.people, total.counts["done"]) == (3, 1)
    parts = {tally.key: tally.people for tally in standing.by_unit(plan, plan.year, where)}
    assert parts == {"office-0": 3}
    below = Scope((offices[1],), (offices[1],), offices[1])
    assert standing.total(plan, plan.year, below).people == 1
    assert Obligation.objects.filter(learner=waiting).count() == 1


def test_the_plan_page_leads_down_to_people(client, boss, offices, plan):
    person = member(offices[0], grade="4")
    refresh()
    client.force_login(boss)
    overview = client.get(reverse("reports:overview")).content.decode()
    assert "Plan" in overview
    address = reverse("reports:plan", args=["yearly"])
    for query in ("", "?by=grade", "?by=month", "?unit=office-0"):
        assert client.get(address + query).status_code == 200
    people = client.get(reverse("reports:people", args=["yearly"]) + "?unit=office-0").content.decode()
    assert person.name in people
    assert person_url(person) in people
    assert client.get(person_url(person)).status_code == 200


@pytest.mark.parametrize("query", ["?unit=nowhere", "?by=shoe-size", "?year=1999", "?year=x", "?status=x"])
def test_what_is_not_there_is_not_found(client, boss, offices, plan, query):
    member(offices[0])
    refresh()
    client.force_login(boss)
    name = "people" if "status" in query else "plan"
    assert client.get(reverse(f"reports:{name}", args=["yearly"]) + query).status_code == 404


def test_one_click_reminds_those_who_are_behind_once_a_day(client, boss, offices, plan):
    late, done = member(offices[0]), member(offices[0])
    earn(done, "4", timezone.localdate())
    refresh()
    client.force_login(boss)
    address = reverse("reports:remind", args=["yearly"])
    for _press in range(2):
        client.post(address)
    assert list(Notice.objects.values_list("person", "kind")) == [(late.pk, "nudge")]


def test_a_reporter_reads_and_changes_nothing(client, ministry, offices, plan):
    person = member(offices[0])
    refresh()
    client.force_login(factories.MembershipFactory(organisation=ministry, role="reporter").user)
    assert client.get(person_url(person)).status_code == 200
    assert "Correct the hours" not in client.get(person_url(person)).content.decode()
    values = {"correct": "1", "correction-key": uuid4(), "correction-hours": "2", "correction-reason": "x"}
    assert client.post(person_url(person), values).status_code == 403
    client.post(reverse("reports:remind", args=["yearly"]))
    assert not Notice.objects.exists()
    assert not CreditEntry.objects.exists()


def test_a_correction_is_entered_once_and_says_who_and_why(client, boss, offices, plan):
    person = member(offices[0])
    client.force_login(boss)
    values = {"correct": "1", "correction-key": uuid4(), "correction-hours": "2", "correction-reason": "Lost list"}
    for _press in range(2):
        client.post(person_url(person), values)
    entry = CreditEntry.objects.get()
    assert (entry.hours, entry.reason, entry.author, entry.organisation) == (2, "Lost list", boss, offices[0])
    for hours, reason in (("-5", "too much"), ("0", "nothing"), ("900", "a lot"), ("1", "")):
        bad = {"correct": "1", "correction-key": uuid4(), "correction-hours": hours, "correction-reason": reason}
        assert client.post(person_url(person), bad).status_code == 400
    assert CreditEntry.objects.count() == 1


def test_the_reason_of_an_exception_is_told_where_it_was_noted_only(client, offices, plan, boss):
    person = member(offices[0])
    other = factories.MembershipFactory(user=person, organisation=factories.OrganisationFactory()).organisation
    today = timezone.localdate()
    exception = PlanException.objects.create(
        plan=plan,
        learner=person,
        organisation=offices[0],
        kind="leave",
        author=boss,
        starts_on=today,
        ends_on=today,
        reason="A private reason",
    )
    client.force_login(factories.MembershipFactory(organisation=other, role="coordinator").user)
    page = client.get(person_url(person))
    assert page.status_code == 200
    assert "A private reason" not in page.content.decode()
    address = reverse("coordinator:withdraw", args=[token_for("person", person.pk), exception.pk])
    assert client.post(address).status_code == 404
    client.force_login(boss)
    assert "A private reason" in client.get(person_url(person)).content.decode()


def test_an_exception_is_noted_counts_and_is_withdrawn(client, boss, offices, plan, django_capture_on_commit_callbacks):
    person = member(offices[0])
    client.force_login(boss)
    year = plan.year
    values = {
        "except": "1",
        "exception-plan": plan.pk,
        "exception-kind": "exemption",
        "exception-starts_on": f"{year}-01-01",
        "exception-ends_on": f"{year}-12-31",
        "exception-percent": "100",
        "exception-reason": "Teaches it",
    }
    assert client.post(person_url(person), values | {"exception-ends_on": "2020-01-01"}).status_code == 400
    with django_capture_on_commit_callbacks(execute=True):
        assert client.post(person_url(person), values).status_code == 302
    found = Obligation.objects.get(learner=person)
    assert found.is_exempt
    exception = PlanException.objects.get()
    with django_capture_on_commit_callbacks(execute=True):
        client.post(reverse("coordinator:withdraw", args=[token_for("person", person.pk), exception.pk]))
    exception.refresh_from_db()
    assert exception.withdrawn_by == boss
    assert not Obligation.objects.get(learner=person).is_exempt


def test_a_certificate_is_revoked_with_a_reason_by_those_who_manage(client, boss, ministry, offices):
    person = member(offices[0])
    course = factories.make_course()
    enrolment = enrol(person, course)
    record(enrolment, Verb.COMPLETED, course.current.modules.get().activities.get(), key="done")
    address = reverse("coordinator:revoke", args=[token_for("person", person.pk), enrolment.certificate.pk])
    for role, status in (("reporter", 403), ("coordinator", 404)):
        body = ministry if role == "reporter" else factories.OrganisationFactory()
        client.force_login(factories.MembershipFactory(organisation=body, role=role).user)
        assert client.post(address, {"reason": "Copied"}).status_code == status
    client.force_login(boss)
    assert client.get(address).status_code == 200
    assert client.post(address, {"reason": ""}).status_code == 400
    assert client.post(address, {"reason": "Copied"}, follow=True).status_code == 200
    client.post(address, {"reason": "Another"})
    assert enrolment.certificate.revocation.reason == "Copied"
    assert sum(entry.hours for entry in person.credit_entries.all()) == 0
    assert "Revoked" in client.get(person_url(person)).content.decode()


def test_completions_stay_with_the_unit_and_when_the_course_is_gone(ministry, offices):
    course = factories.make_course(title_en="Old course")
    for office in (*offices, offices[0]):
        enrolment = enrol(member(office), course)
        record(enrolment, Verb.COMPLETED, course.current.modules.get().activities.get(), key="done")
    course.is_published = False
    course.save()
    line = completions_by_course(scope(ministry, offices))[0]
    assert (line.course, line.completions) == (course, 3)
    assert [number for _unit, number in line.parts] == [2, 1]


def test_the_number_of_queries_does_not_grow_with_units_and_people(
    client, boss, ministry, offices, plan, django_assert_max_num_queries
):
    for number in range(6):
        unit = factories.OrganisationFactory(parent=ministry)
        for _person in range(3):
            person = member(unit, grade=str(number))
            earn(person, "1", timezone.localdate())
    refresh()
    client.force_login(boss)
    for address in (
        reverse("reports:overview"),
        reverse("reports:plan", args=["yearly"]),
        reverse("reports:people", args=["yearly"]),
    ):
        with django_assert_max_num_queries(26):
            assert client.get(address).status_code == 200


def read_csv(answer) -> list[dict[str, str]]:
    text = b"".join(answer.streaming_content).decode()
    assert text.startswith("\ufeff")
    return list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"))))


def test_exports_have_what_the_pages_show_and_run_nothing(client, boss, offices, plan):
    course = factories.make_course(title_en="Patents", valid_months=12)
    for name in ("李晓雯", "=1+1"):
        enrolment = enrol(member(offices[0], user__name=name, grade="4"), course)
        record(enrolment, Verb.COMPLETED, course.current.modules.get().activities.get(), key="done")
    member(factories.OrganisationFactory())
    refresh()
    client.force_login(boss)
    rows = read_csv(client.get(reverse("reports:file", args=["completions", "all", "csv"])))
    assert sorted(row["Name"] for row in rows) == ["'=1+1", "李晓雯"]
    assert {(row["Unit"], row["Course"]) for row in rows} == {("Office 0", "Patents")}
    assert {float(row["Hours"]) for row in rows} == {2.0}
    assert all(row["Certificate number"] and row["Valid until"] and row["Date"] for row in rows)
    people = read_csv(client.get(reverse("reports:file", args=["people", "yearly", "csv"]) + "?unit=office-0&grade=4"))
    assert [row["Grade"] for row in people] == ["4", "4"]
    assert {row["Status"] for row in people} <= {"Behind", "On track", "Overdue"}
    assert read_csv(client.get(reverse("reports:file", args=["people", "yearly", "csv"]) + "?unit=office-1")) == []


def test_an_export_asks_the_database_once_however_many_rows(client, boss, offices, plan, django_assert_max_num_queries):
    for number in range(12):
        earn(member(offices[0]), "1", timezone.localdate(), f"x{number}")
    refresh()
    client.force_login(boss)
    with django_assert_max_num_queries(13):
        assert len(read_csv(client.get(reverse("reports:file", args=["people", "yearly", "csv"])))) == 12


# --- nobody sees another branch -------------------------------------------------------------------------
def addresses_of(person, training, roster_pk) -> list[str]:
    """Every address that is about people, for somebody in another branch."""
    token = token_for("person", person.pk)
    return [
        reverse("coordinator:person", args=[token]),
        reverse("training:proof", args=[training.pk]),
        *(f"{reverse('reports:plan', args=['yearly'])}?unit=office-0&by={by}" for by in ("unit", "grade", "month")),
        f"{reverse('reports:people', args=['yearly'])}?unit=office-0",
        f"{reverse('reports:people', args=['yearly'])}",
        reverse("reports:file", args=["people", "yearly", "csv"]),
        reverse("reports:file", args=["completions", "all", "csv"]),
        reverse("reports:file", args=["course", "ip-for-leading-cadres", "csv"]),
        reverse("reports:course", args=["ip-for-leading-cadres"]),
        reverse("reports:overview"),
        reverse("coordinator:recognition"),
        *(reverse(f"rosters:{name}", args=[roster_pk]) for name in ("roster", "mistakes")),
        reverse("rosters:rosters"),
    ]


def test_a_coordinator_of_another_branch_gets_nothing(client, offices, plan):
    person = member(offices[0], user__name="Zhang Hidden")
    refresh()
    training = ExternalTraining.objects.create(
        learner=person,
        organisation=offices[0],
        title="Hidden seminar",
        provider="x",
        held_on=date(2026, 1, 1),
        hours=2,
        proof="x.pdf",
    )
    other_body = factories.OrganisationFactory(slug="elsewhere")
    member(other_body)
    boss = factories.MembershipFactory(organisation=offices[0], role="coordinator").user
    from courses.rosters import api

    roster = api.upload(offices[0], boss, "hidden.csv", b"name,email\nA,a@example.org\n", is_whole=False)
    client.force_login(factories.MembershipFactory(organisation=other_body, role="coordinator").user)
    for address in addresses_of(person, training, roster.pk):
        page = client.get(address)
        content = b"".join(page).decode()
        assert page.status_code in (200, 404), address
        for secret in ("Zhang Hidden", person.email, "Hidden seminar", "hidden.csv", "Office 0"):
            assert secret not in content, address
    assert client.post(reverse("coordinator:decide", args=[training.pk])).status_code == 404
    assert client.post(reverse("reports:remind", args=["yearly"]) + "?unit=office-0").status_code == 404


def test_the_day_before_the_deadline_is_not_overdue(ministry, offices, plan):
    person = member(offices[0])
    refresh()
    row = Obligation.objects.get(learner=person)
    before = standing.total(plan, plan.year, scope(ministry, offices), row.due_at - timedelta(seconds=1))
    after = standing.total(plan, plan.year, scope(ministry, offices), row.due_at)
    assert (before.counts["overdue"], after.counts["overdue"]) == (0, 1)
