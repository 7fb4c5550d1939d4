"""What people are told: once, in time, in one letter a day, never at night."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.core import mail
from django.core.management import call_command
from django.urls import reverse

from courses.enrolment.api import enrol
from courses.enrolment.models import TrainingPlan
from courses.records.api import Verb, record
from courses.training.models import Notice
from courses.training.refresh import refresh
from courses.training.reminding.mailing import is_quiet, mail_all
from courses.training.reminding.noticing import notice_all
from courses.training.upkeep import keep_up
from tests import factories
from tests.courses.training import earn, make_plan, member

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _no_other_plans():
    TrainingPlan.objects.all().delete()


@pytest.fixture
def ministry():
    return factories.OrganisationFactory(name_en="Ministry", time_zone="Asia/Shanghai")


@pytest.fixture
def office(ministry):
    return factories.OrganisationFactory(name_en="Office", parent=ministry, time_zone="Asia/Shanghai")


@pytest.fixture
def person(office):
    found = member(office)
    found.time_zone = "Asia/Shanghai"
    found.save()
    return found


def at(day: date, hour: int = 4) -> datetime:
    """Noon in Shanghai."""
    return datetime(day.year, day.month, day.day, hour, tzinfo=UTC)


def kinds(person) -> list[str]:
    return list(Notice.objects.of(person).order_by("pk").values_list("kind", flat=True))


DUE = date(2026, 12, 31)


@pytest.mark.parametrize(
    ("left", "told"),
    [(9, []), (8, []), (7, ["due-7"]), (2, ["due-7"]), (1, ["due-1"]), (0, ["due-1"]), (-1, ["overdue"])],
)
def test_deadlines_are_told_seven_days_and_one_before_and_when_over(person, left, told):
    make_plan()
    now = at(DUE - timedelta(days=left))
    refresh(now=now)
    notice_all(now)
    assert kinds(person) == told


def test_running_it_every_hour_tells_each_thing_once(person):
    make_plan()
    for day in range(-10, 5):
        for hour in (1, 4, 9):
            keep_up(at(DUE + timedelta(days=day), hour))
    assert kinds(person) == ["due-7", "due-1", "overdue"]
    assert len(mail.outbox) == 3


def test_who_is_done_exempt_or_not_bound_yet_is_left_in_peace(office, person):
    make_plan(hours=2)
    earn(person, "2", date(2026, 3, 1))
    newcomer = member(office, starts_on=date(2026, 12, 28))
    make_plan(period="joining", days=3, quiet_days=30)
    now = at(DUE - timedelta(days=1))
    refresh(now=now)
    notice_all(now)
    assert kinds(person) == []
    assert kinds(newcomer) == ["due-1"]  # the year's plan binds newcomers; the one for newcomers is quiet


def test_one_letter_a_day_has_everything_in_the_person_s_language(person):
    person.preferred_language = "fr"
    person.save()
    make_plan(title_fr="Plan un")
    make_plan(title_fr="Plan deux")
    now = at(DUE - timedelta(days=3))
    refresh(now=now)
    notice_all(now)
    assert mail_all(now) == 1
    assert mail_all(now + timedelta(hours=1)) == 0
    letter = mail.outbox[0]
    assert "Plan un" in letter.body
    assert "Plan deux" in letter.body
    assert "/fr/training/" in letter.body
    assert letter.extra_headers["Content-Language"] == "fr"


@pytest.mark.parametrize(("hour", "quiet"), [(23, True), (0, False), (4, False), (11, False), (12, True), (15, True)])
def test_at_night_where_the_person_is_nothing_is_mailed(person, hour, quiet):
    assert is_quiet(person, at(DUE, hour)) is quiet


def test_what_the_mail_server_refuses_is_sent_later(person, monkeypatch):
    make_plan()
    now = at(DUE - timedelta(days=3))
    refresh(now=now)
    notice_all(now)
    with monkeypatch.context() as broken:
        broken.setattr("courses.training.reminding.mailing.send", lambda *args: (_ for _ in ()).throw(OSError()))
        assert mail_all(now) == 0
    assert mail_all(now) == 1


def test_the_nearest_coordinator_is_told_how_many_are_overdue(ministry, office, person):
    member(office)
    boss = factories.MembershipFactory(organisation=ministry, role="coordinator").user
    make_plan(escalation_days=7)
    refresh(now=at(DUE))
    for late, told in ((6, []), (8, ["escalation"]), (20, ["escalation"])):
        now = at(DUE + timedelta(days=late))
        notice_all(now)
        assert kinds(boss) == told
    assert Notice.objects.of(boss).get().count == 2
    below = factories.MembershipFactory(organisation=office, role="coordinator").user
    notice_all(at(DUE + timedelta(days=20)))
    assert kinds(below) == ["escalation"]
    assert kinds(boss) == ["escalation"]


@pytest.mark.parametrize(("left", "step"), [(91, None), (90, 90), (61, 90), (60, 60), (30, 30), (7, 7), (0, 7)])
def test_expiring_certificates_are_told_by_the_step_that_has_come(learner, left, step):
    course = factories.make_course(valid_months=12)
    enrolment = enrol(learner, course)
    record(enrolment, Verb.COMPLETED, course.current.modules.get().activities.get(), key="done")
    until = enrolment.certificate.expires_on
    notice_all(at(until - timedelta(days=left)))
    keys = list(Notice.objects.of(learner).values_list("key", flat=True))
    assert keys == ([f"expiring:{enrolment.certificate.pk}:{step}"] if step else [])


def test_a_renewed_certificate_is_told_no_more(learner):
    from courses.enrolment.api import renew

    course = factories.make_course(valid_months=12)
    first = enrol(learner, course)
    for enrolment in (first, renew(first)):
        activity = course.current.modules.get().activities.get()
        record(enrolment, Verb.COMPLETED, activity, key=f"done:{enrolment.round}")
    notice_all(at(first.certificate.expires_on - timedelta(days=10)))
    assert not Notice.objects.of(learner).filter(certificate=first.certificate).exists()


def test_the_command_says_what_it_did(person, capsys):
    make_plan()
    call_command("keep_training")
    assert "obligations changed" in capsys.readouterr().out


def test_notices_stand_on_the_page_until_they_are_read(client, person):
    make_plan()
    now = at(DUE - timedelta(days=3))
    refresh(now=now)
    notice_all(now)
    client.force_login(person)
    assert "is due on" in client.get(reverse("training:mine")).content.decode()
    other = factories.UserFactory()
    pk = Notice.objects.get().pk
    client.force_login(other)
    client.post(reverse("training:read_notices"), {"notice": pk})
    assert Notice.objects.get().read_at is None
    client.force_login(person)
    client.post(reverse("training:read_notices"), {"notice": [pk, "x", "9" * 30]})
    assert Notice.objects.get().read_at is not None
