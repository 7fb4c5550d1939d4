"""Administrators make units and give roles, in their own subtree."""

import io
from datetime import date, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone
from PIL import Image

from cms.directory.models import Membership, Organisation
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def ministry():
    return factories.OrganisationFactory(slug="ministry", name_en="Ministry", time_zone="Asia/Shanghai")


@pytest.fixture
def office(ministry):
    return factories.OrganisationFactory(slug="office", name_en="Office", parent=ministry)


@pytest.fixture
def admin(ministry, office):
    return factories.MembershipFactory(organisation=ministry, role="administrator").user


@pytest.fixture
def at_work(client, admin):
    client.force_login(admin)
    return client


def unit(parent, **values) -> dict:
    plain = {"name_en": "New office", "parent": parent.pk, "kind": "agency", "time_zone": "Asia/Shanghai"}
    return plain | values


def address(name: str, *arguments) -> str:
    return reverse(f"administration:{name}", args=arguments)


def test_one_body_is_opened_at_once(at_work):
    assert at_work.get(address("organisations")).url == address("unit", "ministry")
    page = at_work.get(address("unit", "ministry")).content.decode()
    assert "Office" in page
    assert "Asia/Shanghai" in page


def test_a_unit_is_added_changed_moved_and_deleted(at_work, ministry, office):
    assert at_work.post(address("new_unit", "ministry"), unit(ministry, name_zh_hans="新办公室")).status_code == 302
    made = Organisation.objects.get(slug="new-office")
    assert (made.get_parent(), made.name_zh_hans, made.kind) == (ministry, "新办公室", "agency")
    at_work.post(address("change_unit", "new-office"), unit(office, name_en="Renamed"))
    made.refresh_from_db()
    assert (made.get_parent(), made.name_en, made.slug) == (office, "Renamed", "new-office")
    at_work.post(address("delete_unit", "new-office"))
    assert not Organisation.objects.filter(slug="new-office").exists()


@pytest.mark.parametrize("where", ["office", "below"])
def test_a_unit_cannot_be_its_own_ancestor(at_work, office, where):
    below = factories.OrganisationFactory(slug="below", parent=office)
    office.refresh_from_db()
    answer = at_work.post(
        address("change_unit", "office"), unit({"office": office, "below": below}[where], name_en="Office")
    )
    assert answer.status_code == 400
    assert "cannot be part of itself" in answer.content.decode()
    assert Organisation.find_problems() == ([], [], [], [], [])


def test_a_unit_with_people_or_units_stays(at_work, office):
    factories.MembershipFactory(organisation=office)
    at_work.post(address("delete_unit", "office"))
    at_work.post(address("delete_unit", "ministry"))
    assert Organisation.objects.filter(slug__in=["office", "ministry"]).count() == 2


def test_a_wrong_answer_keeps_what_was_written(at_work, ministry):
    answer = at_work.post(
        address("new_unit", "ministry"), unit(ministry, time_zone="Mars/Olympus", name_en="Kept words", slug="office")
    )
    assert answer.status_code == 400
    assert "Kept words" in answer.content.decode()
    assert {"time_zone"} <= set(answer.context["form"].errors)


def test_a_role_is_given_and_ended(at_work, office, admin):
    person = factories.UserFactory()
    values = {"email": person.email.upper(), "role": "coordinator", "starts_on": "2026-01-01", "ends_on": ""}
    assert at_work.post(address("unit", "office"), values).status_code == 302
    assert list(Organisation.objects.managed_by(person)) == [office]
    again = at_work.post(address("unit", "office"), values)
    assert "has the role here already" in again.content.decode()
    role = Membership.objects.get(user=person)
    at_work.post(address("end_role", "office", role.pk))
    role.refresh_from_db()
    assert role.ends_on == timezone.localdate() - timedelta(days=1)
    assert not Organisation.objects.managed_by(person).exists()


@pytest.mark.parametrize(
    ("starts_on", "ends_on", "is_given"),
    [
        ("2030-06-01", "", False),
        ("2031-02-01", "2031-03-01", False),
        ("2029-01-01", "2030-12-31", True),
        ("2029-01-01", "2031-01-01", False),
    ],
)
def test_two_times_of_a_role_do_not_overlap(at_work, office, starts_on, ends_on, is_given):
    person = factories.MembershipFactory(organisation=office, role="reporter", starts_on=date(2031, 1, 1)).user
    values = {"email": person.email, "role": "reporter", "starts_on": starts_on, "ends_on": ends_on}
    answer = at_work.post(address("unit", "office"), values)
    assert answer.status_code == (302 if is_given else 400)
    assert Membership.objects.filter(user=person).count() == 1 + is_given


def test_a_role_with_a_last_day_can_be_ended_sooner_and_a_past_one_stays_as_it_was(at_work, office):
    today = timezone.localdate()
    coming = factories.MembershipFactory(
        organisation=office, role="reporter", starts_on=date(2020, 1, 1), ends_on=today + timedelta(days=90)
    )
    past = factories.MembershipFactory(
        organisation=office, role="reporter", starts_on=date(2020, 1, 1), ends_on=date(2021, 1, 1)
    )
    page = at_work.get(address("unit", "office")).content.decode()
    assert address("end_role", "office", coming.pk) in page
    assert address("end_role", "office", past.pk) not in page
    at_work.post(address("end_role", "office", coming.pk))
    assert at_work.post(address("end_role", "office", past.pk)).status_code == 404
    coming.refresh_from_db()
    past.refresh_from_db()
    assert (coming.ends_on, past.ends_on) == (today - timedelta(days=1), date(2021, 1, 1))


def test_nobody_without_an_account_gets_a_role_and_nobody_ends_their_own(at_work, office, admin):
    values = {"email": "nobody@example.org", "role": "reporter", "starts_on": "2026-01-01"}
    assert "Nobody has an account" in at_work.post(address("unit", "office"), values).content.decode()
    own = Membership.objects.get(user=admin)
    at_work.post(address("end_role", "ministry", own.pk))
    own.refresh_from_db()
    assert own.is_in_force()


def test_learners_are_no_business_of_this_form(at_work, office):
    learner = factories.MembershipFactory(organisation=office)
    values = {"email": learner.user.email, "role": "learner", "starts_on": "2026-01-01"}
    assert at_work.post(address("unit", "office"), values).status_code == 400
    assert at_work.post(address("end_role", "office", learner.pk)).status_code == 404


def test_many_units_come_page_by_page_with_as_many_queries(at_work, ministry, django_assert_max_num_queries):
    for number in range(101):
        ministry.refresh_from_db()
        made = factories.OrganisationFactory(parent=ministry, slug=f"unit-{number}", name_en=f"Unit {number}")
    factories.MembershipFactory(organisation=made)
    with django_assert_max_num_queries(18):
        first = at_work.get(address("unit", "ministry")).content.decode()
    # With the office that is there already, a hundred of them.
    assert "Unit 98<" in first
    assert "Unit 99<" not in first
    assert "Unit 100<" in at_work.get(address("unit", "ministry") + "?page=2").content.decode()


@pytest.mark.parametrize("role", ["coordinator", "reporter", "learner", "administrator"])
def test_others_get_nothing_and_change_nothing(client, ministry, office, role):
    elsewhere = factories.OrganisationFactory(slug="elsewhere")
    body = elsewhere if role == "administrator" else ministry
    given = factories.MembershipFactory(organisation=office, role="coordinator")
    client.force_login(factories.MembershipFactory(organisation=body, role=role).user)
    expected = 404 if role == "administrator" else 403
    for name in ("unit", "new_unit", "change_unit"):
        assert client.get(address(name, "office")).status_code == expected
        assert client.post(address(name, "office"), unit(office)).status_code == expected
    assert client.post(address("delete_unit", "office")).status_code == expected
    assert client.post(address("end_role", "office", given.pk)).status_code == expected
    assert Organisation.objects.filter(slug="office").exists()
    assert Membership.objects.get(pk=given.pk).ends_on is None


def test_a_unit_is_not_moved_below_a_body_of_others(at_work, office):
    other = factories.OrganisationFactory(slug="elsewhere")
    assert at_work.post(address("change_unit", "office"), unit(other)).status_code == 400
    office.refresh_from_db()
    assert office.get_parent().slug == "ministry"


def picture(kind: str, side: int = 300, mode: str = "RGBA") -> SimpleUploadedFile:
    stream = io.BytesIO()
    Image.new(mode, (side, side), "red").save(stream, kind)
    return SimpleUploadedFile(f"seal.{kind.lower()}", stream.getvalue() + b"<script>hidden</script>")


def test_a_seal_is_drawn_anew_and_stands_on_certificates_below(at_work, ministry, office, settings, tmp_path):
    from courses.credentials.paper import sealed_by

    settings.MEDIA_ROOT = tmp_path
    at_work.post(address("change_unit", "ministry"), unit(ministry, name_en="Ministry", seal_file=picture("PNG")))
    ministry.refresh_from_db()
    assert b"hidden" not in ministry.seal.file.read()
    assert (ministry.seal.width, ministry.seal.title) == (300, "Seal of Ministry")
    assert sealed_by(office) == ministry
    assert 'alt="Seal of Ministry"' in at_work.get(address("unit", "ministry")).content.decode()


@pytest.mark.parametrize(
    ("file", "said"),
    [
        (lambda: SimpleUploadedFile("seal.png", b"GIF89a no"), "no image of these kinds"),
        (lambda: SimpleUploadedFile("seal.svg", b"<svg xmlns='http://www.w3.org/2000/svg'/>"), "no image of these"),
        (lambda: picture("PNG", 20), "smaller than 200 pixels"),
        (lambda: SimpleUploadedFile("seal.png", b"x" * (2 * 1024 * 1024 + 1)), "larger than 2 MB"),
    ],
)
def test_a_seal_that_is_none_is_refused_and_nothing_is_lost(at_work, ministry, file, said):
    answer = at_work.post(address("change_unit", "ministry"), unit(ministry, name_en="Kept", seal_file=file()))
    assert answer.status_code == 400
    assert said in answer.content.decode()
    assert 'value="Kept"' in answer.content.decode()


def test_the_top_keeps_its_place(at_work, ministry):
    page = at_work.get(address("change_unit", "ministry"))
    assert "parent" not in page.context["form"].fields
    at_work.post(address("change_unit", "ministry"), unit(ministry, name_en="Ministry of Trade"))
    ministry.refresh_from_db()
    assert (ministry.name_en, ministry.depth) == ("Ministry of Trade", 1)


class Asked:
    """Notes what is asked of a task."""

    def __init__(self, asked: list[str]) -> None:
        self.enqueue = asked.append


def test_who_moves_owes_what_the_new_place_asks(
    at_work, ministry, office, monkeypatch, django_capture_on_commit_callbacks
):
    from courses.enrolment.models import TrainingPlan
    from courses.training.models import Obligation
    from courses.training.refresh import refresh
    from courses.training.tasks import refresh_below
    from tests.courses.training import make_plan, member

    TrainingPlan.objects.all().delete()
    unit_with_plan = factories.OrganisationFactory(slug="with-plan", parent=ministry)
    make_plan(organisation=unit_with_plan, year=timezone.localdate().year)
    person = member(office)
    refresh()
    assert not Obligation.objects.filter(learner=person).exists()
    asked: list[str] = []
    monkeypatch.setattr("courses.training.receivers.refresh_below", Asked(asked))
    with django_capture_on_commit_callbacks(execute=True):
        at_work.post(address("change_unit", "office"), unit(unit_with_plan, name_en="Office"))
    office.refresh_from_db()
    assert office.path in asked
    refresh_below.call(office.path)
    assert Obligation.objects.filter(learner=person).count() == 1
