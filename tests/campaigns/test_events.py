"""Events: never more people than places, nobody forgotten in line, and a check-in that survives a dead network."""

import json
import re
from datetime import timedelta
from uuid import uuid4

import pytest
from django.core import mail
from django.core.exceptions import ValidationError
from django.db import DatabaseError, IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone
from icalendar import Calendar

from cms.accounts.humans import PublicForm
from cms.accounts.models import User
from cms.campaigns.events.api import Applicant, cancel, event_of, places_of, register
from cms.campaigns.events.checkin import attended
from cms.campaigns.events.links import token_of
from cms.campaigns.events.models import Attendance, EventPage, EventSession, Registration
from cms.campaigns.events.models.pages import problems_of
from cms.campaigns.events.parts import held
from cms.directory.models import Membership
from tests.campaigns.pages import event, event_index, in_minutes, translated
from tests.factories import MembershipFactory, OrganisationFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("patient")]


def sign_up(client, page, name="Li Wei", email="li@example.org", language="en", **data):
    url = f"/{language}/events/{page.translation_key}/register/"
    return client.post(url, {"name": name, "email": email, "started": PublicForm.stamp()} | data)


def person(page, number: int) -> Registration:
    return register(page, uuid4(), "en", Applicant(f"Person {number}", f"p{number}@example.org"))


@pytest.fixture
def mailing(django_capture_on_commit_callbacks):
    """Mail goes out after the transaction."""
    return lambda: django_capture_on_commit_callbacks(execute=True)


# --- registering --------------------------------------------------------------------------------------
def test_somebody_registers_and_gets_ticket_and_calendar_entry(client, mailing):
    page = event(capacity=2)
    with mailing():
        response = sign_up(client, page)
    registration = Registration.objects.get()
    assert registration.is_confirmed
    ticket = client.get(response.url).content.decode()
    assert "You have a place." in ticket
    assert registration.code in ticket
    assert "<svg" in ticket
    message = mail.outbox[0]
    assert message.to == ["li@example.org"]
    assert token_of(registration) in message.body
    name, content, kind = message.attachments[0]
    entry = Calendar.from_ical(content).walk("VEVENT")[0]
    assert kind.startswith("text/calendar")
    assert entry["UID"] == f"{page.sessions.first().key}@imprint"
    assert entry["DTSTART"].dt == page.sessions.first().starts_at
    assert entry["LOCATION"] == "City Library"


def test_when_all_places_are_taken_people_wait_in_line(client):
    page = event(capacity=1)
    person(page, 1)
    assert "All 1 places are taken" in client.get(page.url).content.decode()
    response = sign_up(client, page)
    assert "You are number 1 in line" in client.get(response.url).content.decode()
    assert places_of(page).waiting == 1


def test_a_cancellation_moves_the_line_up_in_its_order(client, mailing):
    page = event(capacity=1)
    first, second, third = (person(page, number) for number in range(3))
    with mailing():
        client.post(reverse("events:cancel", args=[token_of(first)]))
    states = [Registration.objects.get(pk=one.pk).state for one in (first, second, third)]
    assert states == ["cancelled", "confirmed", "waiting"]
    subjects = {message.to[0]: message.subject for message in mail.outbox}
    assert subjects["p1@example.org"].startswith("A place has become free")
    assert subjects["p0@example.org"].startswith("Cancelled")
    assert "p2@example.org" not in subjects
    cancelled = next(message for message in mail.outbox if message.to == ["p0@example.org"])
    assert "METHOD:CANCEL" in cancelled.attachments[0][1]


def test_nobody_jumps_the_line_while_others_wait():
    page = event(capacity=1)
    first, second = person(page, 1), person(page, 2)
    Registration.objects.filter(pk=first.pk).update(state="cancelled", seat=None)  # freed, not yet passed on
    assert person(page, 3).state == "waiting"
    assert second.state == "waiting"


def test_cancelling_twice_frees_one_place():
    page = event(capacity=1)
    first, second, third = (person(page, number) for number in range(3))
    cancel(first)
    cancel(first)
    assert [Registration.objects.get(pk=one.pk).state for one in (second, third)] == ["confirmed", "waiting"]


def test_more_places_let_the_line_move():
    page = event(capacity=1)
    people = [person(page, number) for number in range(4)]
    page.capacity = 3
    page.save_revision().publish()
    assert [Registration.objects.get(pk=one.pk).state for one in people] == ["confirmed"] * 3 + ["waiting"]


def test_fewer_places_throw_nobody_out():
    page = event(capacity=3)
    people = [person(page, number) for number in range(3)]
    page.capacity = 1
    page.save_revision().publish()
    assert all(Registration.objects.get(pk=one.pk).is_confirmed for one in people)
    cancel(people[0])
    assert person(event_of(page.translation_key), 9).state == "waiting"


def test_the_same_form_sent_twice_is_one_registration(client):
    page = event(capacity=5)
    stamp = PublicForm.stamp()
    first = sign_up(client, page, started=stamp)
    second = sign_up(client, page, started=stamp)
    assert first.url == second.url
    assert Registration.objects.count() == 1


def test_an_address_registers_once_and_its_ticket_is_shown_to_nobody_else(client, mailing):
    page = event(capacity=5)
    sign_up(client, page)
    with mailing():
        response = sign_up(client, page, name="Somebody else")
    assert response.status_code == 200
    assert Registration.objects.get().code not in response.content.decode()
    assert mail.outbox[-1].to == ["li@example.org"]
    assert Registration.objects.get().name == "Li Wei"


def test_all_languages_share_the_places(client):
    page = event(capacity=1)
    translated(page)
    sign_up(client, page, language="fr")
    assert Registration.objects.get().language == "fr"
    assert sign_up(client, page, email="other@example.org").status_code == 302
    assert Registration.objects.get(email="other@example.org").state == "waiting"


def test_the_database_gives_a_seat_to_one_person_only():
    page = event(capacity=5)
    one = person(page, 1)
    with pytest.raises(IntegrityError), transaction.atomic():
        Registration.objects.create(
            event_key=page.translation_key,
            form_key=uuid4(),
            name="x",
            email="x@x.org",
            language="en",
            state="confirmed",
            seat=one.seat,
        )
    with pytest.raises(IntegrityError), transaction.atomic():
        Registration.objects.create(
            event_key=page.translation_key,
            form_key=uuid4(),
            name="x",
            email="x@x.org",
            language="en",
            state="waiting",
            seat=4,
        )


def test_after_the_last_day_nobody_registers(client):
    page = event(registration_until=in_minutes(-1))
    assert "registration for this event is closed" in client.get(page.url).content.decode()
    assert sign_up(client, page).status_code == 302
    assert not Registration.objects.exists()


@pytest.mark.parametrize("data", [{"name": ""}, {"email": "nonsense"}, {"homepage": "http://spam"}])
def test_bad_input_is_said_and_kept(client, data):
    page = event()
    response = sign_up(client, page, **{"organisation": "Riverside School"} | data)
    assert response.status_code == 400
    assert 'value="Riverside School"' in response.content.decode()
    assert not Registration.objects.exists()


def test_the_address_online_is_for_those_who_have_a_place(client):
    page = event(mode="online", online_url="https://meet.example.org/room", place="", capacity=1)
    assert "meet.example.org" not in client.get(page.url).content.decode()
    holder, waiting = person(page, 1), person(page, 2)
    shown = [
        "meet.example.org" in client.get(reverse("events:registration", args=[token_of(one)])).content.decode()
        for one in (holder, waiting)
    ]
    assert shown == [True, False]


def test_a_forged_link_shows_no_ticket(client):
    token = token_of(person(event(), 1))
    assert client.get(reverse("events:registration", args=[token[:-3] + "abc"])).status_code == 404


# --- bad dates ----------------------------------------------------------------------------------------
def test_an_end_before_the_beginning_is_refused():
    session = EventSession(starts_at=in_minutes(60), ends_at=in_minutes(30))
    with pytest.raises(ValidationError, match="ends after it has begun"):
        session.clean()


@pytest.mark.parametrize(
    ("spans", "says"),
    [
        ([(-120, -60)], "lies in the past"),
        ([(60, 120), (90, 150)], "overlap"),
        ([], "at least one session"),
    ],
)
def test_sessions_that_cannot_be_are_named(spans, says):
    moments = [(in_minutes(start), in_minutes(end)) for start, end in spans]
    assert says in str(problems_of(moments, is_new=True))


def test_an_event_that_took_place_may_still_be_corrected():
    assert problems_of([(in_minutes(-120), in_minutes(-60))], is_new=False) == []


def test_the_editor_is_told_of_an_event_in_the_past_and_loses_nothing(client):
    client.force_login(User.objects.create_superuser("root@example.org", "x", name="Root"))
    url = reverse("wagtailadmin_pages:add", args=["events", "eventpage", event_index().pk])
    past = timezone.localtime(in_minutes(-600)).strftime("%Y-%m-%d %H:%M")
    end = timezone.localtime(in_minutes(-500)).strftime("%Y-%m-%d %H:%M")
    data = {
        "title": "Gone by", "slug": "gone-by", "summary": "x", "mode": "place", "place": "Hall", "time_zone": "UTC",
        "sessions-TOTAL_FORMS": "1", "sessions-INITIAL_FORMS": "0", "sessions-MIN_NUM_FORMS": "1",
        "sessions-MAX_NUM_FORMS": "1000", "sessions-0-starts_at": past, "sessions-0-ends_at": end,
        "sessions-0-ORDER": "1", "story-count": "0", "action-publish": "1",
        "comments-TOTAL_FORMS": "0", "comments-INITIAL_FORMS": "0",
    }  # fmt: skip
    response = client.post(url, data)
    assert "This event lies in the past" in response.content.decode()
    assert 'value="Gone by"' in response.content.decode()
    assert not EventPage.objects.filter(slug="gone-by").exists()


@pytest.mark.parametrize(("fields", "field"), [({"place": ""}, "place"), ({"mode": "online"}, "online_url")])
def test_where_it_is_must_be_said(fields, field):
    page = event()
    for name, value in fields.items():
        setattr(page, name, value)
    with pytest.raises(ValidationError) as refusal:
        page.clean()
    assert field in refusal.value.message_dict


# --- lists and calendars ------------------------------------------------------------------------------
def test_coming_events_stand_in_their_order_and_past_ones_apart(client):
    event("Later", begins=6000)
    event("Sooner", begins=60)
    event("Gone", begins=-6000)
    page = client.get("/en/events/").content.decode()
    assert page.index("Sooner") < page.index("Later")
    assert "Gone" not in page
    assert "Gone" in client.get("/en/events/?when=past").content.decode()


def test_the_calendar_feed_holds_every_session(client):
    event("Three evenings", sessions=3)
    response = client.get("/en/events/calendar.ics")
    assert response["Content-Type"].startswith("text/calendar")
    entries = Calendar.from_ical(response.content).walk("VEVENT")
    assert [str(entry["SUMMARY"]) for entry in entries].count("Three evenings") == 3


def test_times_are_those_of_the_event(client):
    page = event()
    start = page.sessions.first().starts_at.astimezone(page.zone)
    content = client.get(page.url).content.decode()
    assert f"{start:%H:%M}" in content
    assert "Asia/Shanghai" in content


def test_the_list_asks_few_questions(client, django_assert_max_num_queries):
    for number in range(6):
        event(f"Event {number}", begins=60 + number)
    client.get("/en/events/")
    with django_assert_max_num_queries(16):
        client.get("/en/events/")


def test_the_campaign_shows_its_events(client, campaign):
    event("Makers in the library", campaign=campaign)
    assert "Makers in the library" in client.get(campaign.url).content.decode()


# --- check-in -----------------------------------------------------------------------------------------
@pytest.fixture
def staff(client):
    client.force_login(User.objects.create_superuser("root@example.org", "x", name="Root"))
    return client


def scan(client, page, *scans):
    url = reverse("checkin:sync", args=[page.translation_key])
    response = client.post(url, json.dumps({"scans": scans}), content_type="application/json")
    return response.json().get("answers", response.json())


def one_scan(page, registration, at=None, session=0, **changes):
    return {
        "id": str(uuid4()),
        "code": registration.code,
        "session": str(page.ordered_sessions[session].key),
        "at": (at or timezone.now()).isoformat(),
    } | changes


def test_a_scan_is_stored_once_however_often_it_is_sent(staff):
    page = event(begins=10)
    guest = person(page, 1)
    sent = one_scan(page, guest)
    assert [scan(staff, page, sent)[0]["result"] for _time in range(3)] == ["ok"] * 3
    assert scan(staff, page, one_scan(page, guest))[0]["result"] == "already"
    assert Attendance.objects.count() == 1


def test_a_phone_that_was_offline_sends_later_what_it_saw_then(staff):
    page = event(begins=-120)
    guest = person_before(page)
    seen = timezone.now() - timedelta(hours=2)
    assert scan(staff, page, one_scan(page, guest, seen))[0]["result"] == "ok"
    attendance = Attendance.objects.get()
    assert attendance.scanned_at == seen
    assert attendance.received_at > seen


def person_before(page) -> Registration:
    return Registration.objects.create(
        event_key=page.translation_key, form_key=uuid4(), name="Early Bird", email="early@example.org",
        language="en", state="confirmed", seat=1,
    )  # fmt: skip


@pytest.mark.parametrize("minutes", [-100_000, 100_000])
def test_a_scan_at_another_time_is_no_attendance(staff, minutes):
    page = event(begins=10)
    answer = scan(staff, page, one_scan(page, person(page, 1), in_minutes(minutes)))
    assert answer[0]["result"] == "too_late"
    assert not Attendance.objects.exists()


def test_each_session_counts_by_itself(staff):
    page = event(begins=10 - 1440, sessions=2)  # yesterday and today
    guest = person(page, 1)
    for session in (0, 1):
        assert scan(staff, page, one_scan(page, guest, session=session))[0]["result"] == "ok"
        assert scan(staff, page, one_scan(page, guest, session=session))[0]["result"] == "already"
    assert len({attendance.session_key for attendance in Attendance.objects.all()}) == 2


def test_who_has_no_place_is_not_let_in(staff):
    page = event(begins=10, capacity=1)
    person(page, 1)
    waiting = person(page, 2)
    other = person(event("Another", begins=10), 3)
    results = [scan(staff, page, one_scan(page, one))[0]["result"] for one in (waiting, other)]
    assert results == ["waiting", "unknown"]
    assert not Attendance.objects.exists()


@pytest.mark.parametrize("body", ["nonsense", "[]", '{"scans": 1}', '{"scans": ' + "[1]" + "}", "{}"])
def test_nonsense_from_a_phone_harms_nothing(staff, body):
    page = event(begins=10)
    url = reverse("checkin:sync", args=[page.translation_key])
    assert staff.post(url, body, content_type="application/json").status_code in {200, 400}
    assert not Attendance.objects.exists()


def test_a_bad_scan_does_not_hold_up_the_good_ones(staff):
    page = event(begins=10)
    guest = person(page, 1)
    answers = scan(staff, page, {"id": "x"}, one_scan(page, guest, at=None, session=0))
    assert [answer["result"] for answer in answers] == ["ok"]


def test_only_publishers_and_the_organisers_coordinators_check_in(client, learner):
    organiser = OrganisationFactory()
    page = event(begins=10, organiser=organiser)
    guest = person(page, 1)
    urls = [reverse(f"checkin:{name}", args=[page.translation_key]) for name in ("door", "guests")]
    assert all(client.get(url).status_code == 302 for url in urls)
    client.force_login(learner)
    assert all(client.get(url).status_code == 404 for url in urls)
    assert guest.name not in client.get(reverse("checkin:ticket", args=[guest.code])).content.decode()
    MembershipFactory(user=learner, organisation=organiser, role=Membership.Role.COORDINATOR)
    assert all(client.get(url).status_code == 200 for url in urls)
    assert guest.name in client.get(reverse("checkin:ticket", args=[guest.code])).content.decode()


def test_without_javascript_a_code_is_typed(staff):
    page = event(begins=10)
    guest = person(page, 1)
    url = reverse("checkin:door", args=[page.translation_key])
    content = staff.post(url, {"code": f" {guest.code[:5].lower()} {guest.code[5:]} "}).content.decode()
    assert f"{guest.name} is checked in." in content
    assert Attendance.objects.get().checked_by == "Root"


def test_the_worker_is_served_where_its_scope_begins(client):
    response = client.get("/en/check-in/worker.js")
    assert response["Content-Type"].startswith("text/javascript")
    assert response["Service-Worker-Allowed"] == "/en/check-in/"


def test_attendance_is_only_ever_added(staff):
    page = event(begins=10)
    scan(staff, page, one_scan(page, person(page, 1)))
    for act in (lambda: Attendance.objects.update(checked_by="x"), lambda: Attendance.objects.all().delete()):
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
            act()


def test_whoever_counts_training_hours_is_told_once(staff):
    heard = []

    def listen(attendance, **kwargs):
        heard.append(attendance.pk)

    attended.connect(listen)
    try:
        page = event(begins=10)
        sent = one_scan(page, person(page, 1))
        for _time in range(3):
            scan(staff, page, sent)
    finally:
        attended.disconnect(listen)
    assert heard == [Attendance.objects.get().pk]


def test_results_count_events_and_people(staff, campaign):
    page = event(begins=10, campaign=campaign)
    scan(staff, page, one_scan(page, person(page, 1)))
    assert [result.number for result in held(campaign.scope_of(campaign))] == [1, 1]


# --- for editors --------------------------------------------------------------------------------------
def test_registrations_are_listed_and_exported(staff):
    page = event()
    person(page, 1)
    register(page, uuid4(), "en", Applicant("=HYPERLINK(1)", "evil@example.org"))
    url = reverse("events_admin:registrations", args=[page.pk])
    assert "Person 1" in staff.get(url).content.decode()
    exported = staff.get(f"{url}?format=csv").content.decode()
    assert "p1@example.org" in exported
    assert "'=HYPERLINK" in exported
    assert b"".join(staff.get(f"{url}?format=xlsx").streaming_content)[:2] == b"PK"


def test_a_long_list_of_registrations_is_paged(staff, monkeypatch):
    monkeypatch.setattr("cms.campaigns.events.admin_views.GUESTS_A_PAGE", 2)
    page = event()
    for number in range(3):
        person(page, number)
    url = reverse("events_admin:registrations", args=[page.pk])
    assert staff.get(url).content.decode().count("@example.org</td>") == 2
    assert staff.get(f"{url}?page=2").content.decode().count("@example.org</td>") == 1
    assert staff.get(f"{url}?format=csv").content.decode().count("@example.org") == 3


def test_registrations_are_for_those_who_publish(client, learner):
    client.force_login(learner)
    assert client.get(reverse("events_admin:registrations", args=[event().pk])).status_code in {302, 403}


def test_a_ticket_code_has_nothing_to_mistake():
    codes = {person(event(f"E{number}", begins=number + 5), 1).code for number in range(5)}
    assert len(codes) == 5
    assert all(re.fullmatch("[2-9A-HJ-NP-Z]{10}", code) for code in codes)
