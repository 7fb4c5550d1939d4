"""Coordinators make plans and cohorts for the units that they manage."""

import pytest
from django.urls import reverse
from django.utils import timezone

from courses.enrolment.models import Cohort, PlanAssignment, TrainingPlan
from courses.training.models import Obligation
from courses.training.refresh import refresh
from tests import factories
from tests.courses.training import make_plan, member

pytestmark = pytest.mark.django_db
YEAR = 2026


@pytest.fixture(autouse=True)
def _no_other_plans():
    TrainingPlan.objects.all().delete()


@pytest.fixture
def office():
    ministry = factories.OrganisationFactory(slug="ministry", name_en="Ministry")
    return factories.OrganisationFactory(slug="office", name_en="Office", parent=ministry)


@pytest.fixture
def boss(office):
    return factories.MembershipFactory(organisation=office, role="coordinator").user


def answers(office, *lines: dict, **values) -> dict:
    plain = {
        "title_en": "Yearly hours",
        "organisation": office.pk,
        "period": "year",
        "year": timezone.localdate().year,
        "quiet_days": 0,
        "hours": "6",
        "carry_over": "0",
        "escalation_days": 7,
        "is_in_force": "on",
        "assignments-TOTAL_FORMS": len(lines),
        "assignments-INITIAL_FORMS": 0,
    }
    for number, line in enumerate(lines):
        plain |= {f"assignments-{number}-{name}": value for name, value in line.items()}
    return plain | values


def test_a_plan_is_made_and_binds_whom_it_names(client, boss, office):
    named, graded, other = member(office), member(office, grade="4"), member(office)
    client.force_login(boss)
    answer = client.post(
        reverse("planning:new_plan"), answers(office, {"email": named.email}, {"grade": "4"}, title_ar="ساعات سنوية")
    )
    assert answer.status_code == 302
    plan = TrainingPlan.objects.get()
    assert (plan.slug, plan.title_ar, plan.organisation) == ("yearly-hours", "ساعات سنوية", office)
    assert set(PlanAssignment.objects.values_list("assigned_by", flat=True)) == {boss.pk}
    refresh()
    owing = set(Obligation.objects.filter(plan=plan).values_list("learner", flat=True))
    assert owing == {named.pk, graded.pk}
    assert other.pk not in owing
    assert "Yearly hours" in client.get(reverse("planning:plans")).content.decode()


def test_a_name_in_one_language_is_enough(client, boss, office):
    client.force_login(boss)
    values = answers(office, title_en="", title_zh_hans="年度学时")
    assert client.post("/zh-hans/training/plans/new/", values).status_code == 302
    plan = TrainingPlan.objects.get()
    assert plan.title_en == "年度学时"
    assert plan.slug.startswith("plan-")
    refused = client.post("/en/training/plans/new/", answers(office, title_en=""))
    assert "in one language at least" in refused.content.decode()


@pytest.mark.parametrize(
    ("values", "field", "said"),
    [
        ({"period": "joining"}, "days", "within how many days"),
        ({"hours": "0"}, "hours", "Ask for hours"),
        ({"hours": "-1"}, "hours", "greater than or equal"),
        ({"minimum_score": "101"}, "minimum_score", "less than or equal"),
    ],
)
def test_what_makes_no_plan_is_said_and_nothing_is_lost(client, boss, office, values, field, said):
    client.force_login(boss)
    answer = client.post(reverse("planning:new_plan"), answers(office, **values))
    assert answer.status_code == 400
    assert said in str(answer.context["form"].errors[field])
    assert "Yearly hours" in answer.content.decode()
    assert not TrainingPlan.objects.exists()


def test_only_one_s_own_units_people_and_cohorts_can_be_named(client, boss, office):
    elsewhere = factories.OrganisationFactory(slug="elsewhere", name_en="Elsewhere")
    stranger = member(elsewhere)
    cohort = Cohort.objects.create(organisation=elsewhere, title="Theirs")
    client.force_login(boss)
    for line in ({"organisation": elsewhere.pk}, {"email": stranger.email}, {"cohort": cohort.pk}):
        assert client.post(reverse("planning:new_plan"), answers(office, line)).status_code == 400
    assert client.post(reverse("planning:new_plan"), answers(elsewhere)).status_code == 400
    assert not TrainingPlan.objects.exists()
    assert "Theirs" not in client.get(reverse("planning:new_plan")).content.decode()


def test_a_plan_from_above_is_shown_and_not_changed(client, boss, office):
    plan = make_plan(slug="above", title_en="From above", organisation=office.get_parent())
    client.force_login(boss)
    assert "From above" in client.get(reverse("planning:plans")).content.decode()
    assert client.get(reverse("planning:plan", args=[plan.slug])).status_code == 404
    assert client.post(reverse("planning:plan", args=[plan.slug]), answers(office)).status_code == 404


def test_a_plan_is_changed_line_by_line(client, boss, office):
    named = member(office)
    client.force_login(boss)
    client.post(reverse("planning:new_plan"), answers(office, {"email": named.email}, {"grade": "4"}))
    plan = TrainingPlan.objects.get()
    address = reverse("planning:plan", args=[plan.slug])
    page = client.get(address).content.decode()
    assert f'value="{named.email}"' in page
    first, second = plan.assignments.all()
    lines = ({"id": first.pk, "email": named.email}, {"id": second.pk, "grade": "4", "DELETE": "on"})
    values = answers(office, *lines, hours="8") | {"assignments-INITIAL_FORMS": 2}
    assert client.post(address, values).status_code == 302
    plan.refresh_from_db()
    assert (plan.hours, [line.person for line in plan.assignments.all()]) == (8, [named])


@pytest.mark.parametrize("role", ["reporter", "learner"])
def test_who_manages_nothing_makes_no_plan(client, office, role):
    client.force_login(factories.MembershipFactory(organisation=office, role=role).user)
    for name in ("plans", "new_plan", "new_cohort"):
        assert client.get(reverse(f"planning:{name}")).status_code == 403


# --- cohorts --------------------------------------------------------------------------------------------
def test_a_cohort_is_made_changed_and_named_by_a_plan(client, boss, office, django_capture_on_commit_callbacks):
    people = [member(office) for _number in range(3)]
    client.force_login(boss)
    text = "\n".join(person.email.upper() for person in people[:2])
    client.post(
        reverse("planning:new_cohort"), {"title": "Spring intake", "organisation": office.pk, "addresses": text}
    )
    cohort = Cohort.objects.get()
    assert set(cohort.people.all()) == set(people[:2])
    plan = make_plan(organisation=office)
    PlanAssignment.objects.create(plan=plan, cohort=cohort)
    refresh()
    address = reverse("planning:cohort", args=[cohort.pk])
    with django_capture_on_commit_callbacks(execute=True):
        client.post(
            address,
            {"title": "Spring", "organisation": office.pk, "addresses": f"{people[2].email}，{people[0].email}"},
        )
    assert set(Obligation.objects.open().values_list("learner", flat=True)) == {people[0].pk, people[2].pk}
    client.post(reverse("planning:delete_cohort", args=[cohort.pk]))
    assert Cohort.objects.exists()
    plan.assignments.all().delete()
    client.post(reverse("planning:delete_cohort", args=[cohort.pk]))
    assert not Cohort.objects.exists()


def test_a_cohort_takes_no_strangers(client, boss, office):
    stranger = member(factories.OrganisationFactory())
    client.force_login(boss)
    values = {"title": "x", "organisation": office.pk, "addresses": f"{stranger.email} nobody@example.org"}
    answer = client.post(reverse("planning:new_cohort"), values)
    assert answer.status_code == 400
    assert f"{stranger.email}, nobody@example.org" in answer.content.decode()
    assert not Cohort.objects.exists()


def test_the_list_of_plans_asks_no_more_for_more_plans(client, boss, office, django_assert_max_num_queries):
    for number in range(12):
        make_plan(slug=f"p{number}", organisation=office)
        Cohort.objects.create(organisation=office, title=f"c{number}")
    client.force_login(boss)
    with django_assert_max_num_queries(16):
        client.get(reverse("planning:plans"))
