"""What people owe is kept up to date, whatever happens."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from cms.directory.models import Membership, Organisation
from courses.enrolment.api import enrol
from courses.enrolment.models import Cohort, PlanAssignment, PlanException, TrainingPlan
from courses.records.api import Verb, record
from courses.training.models import Obligation, Status
from courses.training.refresh import refresh
from tests import factories
from tests.courses.training import earn, make_plan, member

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 6, 15, 4, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _no_other_plans():
    TrainingPlan.objects.all().delete()


@pytest.fixture
def ministry():
    return factories.OrganisationFactory(time_zone="Asia/Shanghai")


@pytest.fixture
def office(ministry):
    return factories.OrganisationFactory(parent=ministry, time_zone="Asia/Shanghai")


def owed(person, **values) -> Obligation:
    return Obligation.objects.with_status().get(learner=person, **values)


def test_it_works(office):
    person = member(office)
    make_plan(hours=12)
    assert refresh([person.pk], now=NOW) == 1
    found = owed(person)
    assert (found.hours_required, found.hours_earned, found.organisation) == (12, 0, office)
    assert found.due_at == datetime(2026, 12, 31, 16, tzinfo=UTC)  # midnight in Shanghai
    assert found.because == "everybody"


def test_doing_it_again_changes_nothing(office):
    person = member(office)
    make_plan()
    refresh(now=NOW)
    assert refresh([person.pk], now=NOW) == 0
    assert refresh(now=NOW) == 0


def test_hours_count_at_once(office):
    person = member(office)
    make_plan(hours=2)
    course = factories.make_course()
    enrolment = enrol(person, course)
    record(enrolment, Verb.COMPLETED, course.current.modules.get().activities.get(), key="done")
    found = owed(person)
    assert found.hours_earned == 2
    assert found.done_at is not None
    assert found.status == Status.DONE


@pytest.mark.parametrize(
    ("moment", "hours", "status"),
    [
        (datetime(2026, 3, 1, tzinfo=UTC), None, Status.ON_TRACK),
        (datetime(2026, 6, 15, tzinfo=UTC), None, Status.BEHIND),
        (datetime(2026, 6, 15, tzinfo=UTC), "6", Status.ON_TRACK),
        (datetime(2026, 12, 31, 15, 59, tzinfo=UTC), "6", Status.BEHIND),
        (datetime(2026, 12, 31, 16, tzinfo=UTC), "6", Status.OVERDUE),
        (datetime(2026, 12, 31, 16, tzinfo=UTC), "12", Status.DONE),
    ],
)
def test_the_status_follows_from_the_clock(office, monkeypatch, moment, hours, status):
    person = member(office)
    make_plan()
    if hours:
        earn(person, hours, date(2026, 2, 1))
    refresh([person.pk], now=NOW)
    monkeypatch.setattr(timezone, "now", lambda: moment)
    assert Obligation.objects.with_status(moment).get(learner=person).status == status
    assert owed(person).status == status


def test_a_newcomer_is_quiet_until_the_plan_begins(office):
    person = member(office, starts_on=date(2026, 6, 10))
    make_plan(period="joining", days=30, quiet_days=14)
    refresh([person.pk], now=NOW)
    assert Obligation.objects.with_status(NOW).get(learner=person).status == Status.UPCOMING


def test_who_is_in_two_units_has_it_in_both_and_is_counted_once(ministry, office):
    person = member(office)
    other = factories.OrganisationFactory(parent=ministry)
    factories.MembershipFactory(user=person, organisation=other, starts_on=date(2025, 3, 1))
    make_plan()
    refresh([person.pk], now=NOW)
    assert set(Obligation.objects.filter(learner=person).values_list("is_shared", flat=True)) == {True}


def test_who_moves_leaves_the_row_behind_and_takes_the_hours_along(ministry, office):
    person = member(office)
    make_plan()
    earn(person, "5", date(2026, 2, 1), organisation=office)
    refresh([person.pk], now=NOW)
    Membership.objects.filter(user=person).update(ends_on=date(2026, 6, 14))
    other = factories.OrganisationFactory(parent=ministry)
    factories.MembershipFactory(user=person, organisation=other, starts_on=date(2026, 6, 15))
    refresh([person.pk], now=NOW)
    assert owed(person, organisation=office).left_on == date(2026, 6, 15)
    assert owed(person, organisation=other).hours_earned == 5
    assert person.credit_entries.get().organisation == office


def test_a_done_period_stays_with_the_unit_in_which_it_was_done(ministry, office):
    person = member(office)
    make_plan(hours=5)
    earn(person, "5", date(2026, 2, 1))
    refresh([person.pk], now=NOW)
    Membership.objects.filter(user=person).update(ends_on=date(2026, 6, 14))
    refresh([person.pk], now=NOW)
    found = owed(person)
    assert (found.organisation, found.left_on) == (office, None)
    assert found.status == Status.DONE


def test_a_year_that_is_over_keeps_what_was_owed(office):
    person = member(office)
    plan = make_plan(is_recurring=True, hours=12)
    refresh([person.pk], now=NOW)
    TrainingPlan.objects.filter(pk=plan.pk).update(hours=20)
    later = datetime(2027, 2, 1, tzinfo=UTC)
    refresh([person.pk], now=later)
    rows = Obligation.objects.filter(learner=person).order_by("starts_on")
    assert [row.hours_required for row in rows] == [12, 20]
    assert rows.with_status(later)[0].status == Status.OVERDUE


def test_a_late_correction_still_counts_for_the_year_it_is_dated(office):
    person = member(office)
    make_plan(is_recurring=True, hours=4)
    refresh([person.pk], now=NOW)
    earn(person, "4", date(2026, 12, 1))
    refresh([person.pk], now=datetime(2027, 2, 1, tzinfo=UTC))
    assert owed(person, starts_on=date(2026, 1, 1)).done_at is not None


@pytest.mark.parametrize(("most", "carried"), [("0", 0), ("2", 2), ("9", 3)])
def test_a_surplus_is_carried_over_as_far_as_the_plan_lets_it(office, most, carried):
    person = member(office)
    make_plan(is_recurring=True, hours=4, carry_over=Decimal(most))
    earn(person, "7", date(2026, 2, 1))
    refresh([person.pk], now=NOW)
    refresh([person.pk], now=datetime(2027, 2, 1, tzinfo=UTC))
    assert owed(person, starts_on=date(2027, 1, 1)).hours_carried == carried


def test_one_completion_counts_once_in_each_of_two_plans(office):
    person = member(office)
    plans = [make_plan(hours=2), make_plan(hours=3)]
    course = factories.make_course()
    record(enrol(person, course), Verb.COMPLETED, course.current.modules.get().activities.get(), key="done")
    assert [owed(person, plan=plan).hours_earned for plan in plans] == [2, 2]


def test_exceptions_are_counted_and_can_be_withdrawn(office):
    person, boss = member(office), factories.UserFactory()
    plan = make_plan()
    leave = PlanException.objects.create(
        plan=plan,
        learner=person,
        kind=PlanException.Kind.LEAVE,
        starts_on=date(2026, 1, 1),
        ends_on=date(2026, 7, 2),
        reason="Parental leave",
        author=boss,
    )
    refresh([person.pk], now=NOW)
    assert owed(person).hours_required == 6
    assert owed(person).reductions == [["leave", "6"]]
    leave.withdrawn_at, leave.withdrawn_by = NOW, boss
    leave.save()
    refresh([person.pk], now=NOW)
    assert owed(person).hours_required == 12


def test_cohorts_people_and_grades_are_named(ministry, office):
    in_cohort, named, chief, other = (member(office, grade=grade) for grade in ("", "", "Chief", ""))
    cohort = Cohort.objects.create(organisation=ministry, title="Spring intake")
    cohort.people.add(in_cohort)
    plan = make_plan(organisation=ministry)
    PlanAssignment.objects.create(plan=plan, cohort=cohort)
    PlanAssignment.objects.create(plan=plan, person=named)
    PlanAssignment.objects.create(plan=plan, grade="chief")
    refresh(now=NOW)
    found = dict(Obligation.objects.filter(plan=plan).values_list("learner", "because"))
    assert found == {in_cohort.pk: "cohort", named.pk: "person", chief.pk: "grade"}
    assert other.pk not in found


def test_who_joins_a_cohort_owes_its_plan_at_once(ministry, office, django_capture_on_commit_callbacks):
    person = member(office)
    cohort = Cohort.objects.create(organisation=ministry, title="Spring intake")
    PlanAssignment.objects.create(plan=make_plan(year=timezone.localdate().year), cohort=cohort)
    with django_capture_on_commit_callbacks(execute=True):
        cohort.people.add(person)
    assert owed(person).because == "cohort"
    with django_capture_on_commit_callbacks(execute=True):
        person.cohorts.remove(cohort)
    assert owed(person).left_on == timezone.localdate()


def test_coordinators_and_reporters_owe_nothing(office):
    boss = factories.MembershipFactory(organisation=office, role="coordinator").user
    make_plan()
    refresh(now=NOW)
    assert not Obligation.objects.filter(learner=boss).exists()


def test_the_number_of_queries_does_not_grow_with_people(office):
    make_plan()
    people = [member(office).pk for _number in range(30)]
    with CaptureQueriesContext(
        connection,
    ) as few:
        refresh(people[:1], now=NOW)
    with CaptureQueriesContext(connection) as many:
        refresh(people, now=NOW)
    assert len(many) <= len(few) + 1


def test_plans_are_seen_along_the_line_of_the_tree(ministry, office):
    elsewhere = factories.OrganisationFactory()
    plans = {
        name: make_plan(organisation=body)
        for name, body in {"all": None, "ministry": ministry, "office": office, "elsewhere": elsewhere}.items()
    }
    boss = factories.MembershipFactory(organisation=office, role="coordinator").user
    assert set(TrainingPlan.objects.visible_to(boss)) == {plans["all"], plans["ministry"], plans["office"]}
    assert not TrainingPlan.objects.visible_to(factories.UserFactory()).exists()


def test_a_role_holds_only_in_its_time(office):
    boss = factories.MembershipFactory(organisation=office, role="coordinator")
    today = timezone.localdate()
    for starts_on, ends_on, sees in [
        (today, None, True),
        (today, today, True),
        (today + timedelta(days=1), None, False),
        (today - timedelta(days=9), today - timedelta(days=1), False),
    ]:
        Membership.objects.filter(pk=boss.pk).update(starts_on=starts_on, ends_on=ends_on)
        assert Organisation.objects.visible_to(boss.user).filter(pk=office.pk).exists() is sees
