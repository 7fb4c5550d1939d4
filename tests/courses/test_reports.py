import csv
import io

import pytest
from django.urls import reverse, reverse_lazy
from django.utils import timezone

from cms.directory.models import Membership, Organisation
from cms.tables.api import safe_cell
from courses.catalogue.api import activities_of
from courses.catalogue.models import Course
from courses.enrolment.api import enrol, renew
from courses.enrolment.models import Enrolment
from courses.records.api import Verb, record
from courses.records.models import EnrolmentProgress
from courses.reports.learners import Totals, rows, rows_in_batches, totals
from courses.reports.people import learners_of
from courses.reports.scope import scope_of
from tests import factories

pytestmark = pytest.mark.django_db
COURSE = "ip-for-leading-cadres"


@pytest.fixture
def ministry():
    return factories.OrganisationFactory(name_en="Ministry")


@pytest.fixture
def department(ministry):
    return factories.OrganisationFactory(name_en="Department", parent=ministry)


@pytest.fixture
def coordinator(ministry):
    return factories.MembershipFactory(organisation=ministry, role=Membership.Role.COORDINATOR).user


@pytest.fixture
def own(department):
    return factories.MembershipFactory(organisation=department, user__name="Own Person").user


@pytest.fixture
def stranger():
    return factories.MembershipFactory(user__name="Stranger").user


def people_of(coordinator) -> list[Membership]:
    return list(learners_of(scope_of(coordinator))[:])


def file(form: str = "csv", report: str = "course", subject: str = COURSE) -> str:
    return reverse("reports:file", args=[report, subject, form])


def body_of(answer) -> str:
    return b"".join(answer).decode()


def complete(person):
    course = Course.objects.get(slug=COURSE)
    enrolment = enrol(person, course)
    for activity in activities_of(course.current):
        record(enrolment, Verb.COMPLETED, activity, key=f"completed:{activity.pk}")
    return enrolment


def test_a_coordinator_sees_the_own_subtree_only(client, coordinator, own, stranger):
    complete(own)
    complete(stranger)
    client.force_login(coordinator)
    for address in (reverse("reports:course", args=[COURSE]), file()):
        page = body_of(client.get(address))
        assert "Own Person" in page
        assert "Stranger" not in page
        assert stranger.email not in page


def test_visible_to_is_empty_for_learners_and_strangers(own, stranger, coordinator):
    complete(own)
    complete(stranger)
    assert not Organisation.objects.visible_to(own).exists()
    assert [enrolment.learner for enrolment in Enrolment.objects.visible_to(coordinator)] == [own]
    assert not Enrolment.objects.visible_to(stranger).exists()


def test_a_coordinator_of_a_part_does_not_see_the_whole(client, department, own):
    below = factories.MembershipFactory(organisation=department, role=Membership.Role.COORDINATOR).user
    sibling = factories.MembershipFactory(
        organisation=factories.OrganisationFactory(parent=department.get_parent()), user__name="Sibling"
    ).user
    names = {membership.user.name for membership in people_of(below)}
    assert own.name in names
    assert sibling.name not in names


@pytest.mark.parametrize("address", [reverse_lazy("reports:overview"), reverse_lazy("reports:course", args=[COURSE])])
def test_it_refuses_people_who_coordinate_nothing(client, own, address):
    client.force_login(own)
    assert client.get(file()).status_code == 403
    response = client.get(address)
    assert response.status_code == 403
    assert "Only training coordinators" in response.content.decode()


def test_it_asks_strangers_to_sign_in(client):
    assert client.get(reverse("reports:overview")).status_code == 302


def test_statuses_and_totals(coordinator, own, department):
    waiting = factories.MembershipFactory(organisation=department).user
    learning = factories.MembershipFactory(organisation=department).user
    course = Course.objects.get(slug=COURSE)
    complete(own)
    enrolment = enrol(learning, course)
    record(enrolment, Verb.COMPLETED, activities_of(course.current)[0], key="first")
    found = {row.person: row for row in rows(course, people_of(coordinator))}
    assert found[own].status == "completed"
    assert (found[learning].status, found[learning].done) == ("in-progress", 1)
    assert found[waiting].status == "not-started"
    assert totals(course, scope_of(coordinator)) == Totals(people=3, started=2, completed=1)


def test_a_person_in_two_units_is_counted_once(coordinator, own, ministry):
    factories.MembershipFactory(user=own, organisation=ministry)
    complete(own)
    course = Course.objects.get(slug=COURSE)
    assert totals(course, scope_of(coordinator)).people == 1
    assert totals(course, scope_of(coordinator)).completed == 1


def test_a_renewal_counts_no_second_person_and_shows_where_it_stands(coordinator, own):
    first = complete(own)
    renew(first)
    course = Course.objects.get(slug=COURSE)
    scope = scope_of(coordinator)
    assert totals(course, scope) == Totals(people=1, started=1, completed=1)
    assert [row.status for row in rows_in_batches(course, scope)] == ["in-progress"]


def test_who_has_left_is_not_listed_any_more(coordinator, own):
    complete(own)
    today = timezone.localdate()
    Membership.objects.filter(user=own).update(starts_on=today.replace(year=2020), ends_on=today.replace(year=2021))
    assert not people_of(coordinator)
    assert Enrolment.objects.visible_to(coordinator).count() == 1


def test_the_csv_opens_in_a_spreadsheet_and_runs_nothing(client, coordinator, department):
    factories.MembershipFactory(organisation=department, user__name='=HYPERLINK("http://example.org")')
    client.force_login(coordinator)
    body = body_of(client.get(file()))
    assert body.startswith("\ufeff")
    lines = list(csv.reader(io.StringIO(body.removeprefix("\ufeff"))))
    assert lines[0][0] == "Name"
    assert lines[1][0] == '\'=HYPERLINK("http://example.org")'


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", " =1", "＝1+1"])
def test_formulas_are_defused(text):
    assert safe_cell(text) == f"'{text}"


@pytest.mark.parametrize("text", ["李晓雯", "O'Neill", "a=b", "Anne-Marie", ""])
def test_names_stay_as_they_are(text):
    assert safe_cell(text) == text


def test_the_query_budget(client, coordinator, department, django_assert_max_num_queries):
    for _number in range(30):
        complete(factories.MembershipFactory(organisation=department).user)
    client.force_login(coordinator)
    with django_assert_max_num_queries(22):
        client.get(reverse("reports:course", args=[COURSE]))


def test_time_and_what_was_cut_of_it_are_told(client, coordinator, own):
    enrolment = enrol(own, Course.objects.get(slug=COURSE))
    record(enrolment, Verb.REGISTERED, key="registered")
    EnrolmentProgress.objects.filter(pk=enrolment.pk).update(seconds=754, flags=2)
    client.force_login(coordinator)
    page = client.get(reverse("reports:course", args=[COURSE])).content.decode()
    assert "<td>12 <span" in page
    assert "2 claims cut" in page
    assert ",12,2," in body_of(client.get(file()))
