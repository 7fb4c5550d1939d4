"""Time that means something: what of the time a browser reports counts, and what is cut or refused."""

import json
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from courses.catalogue.models import Activity
from courses.catalogue.versions import activities_of
from courses.enrolment.api import enrol
from courses.enrolment.models import Enrolment
from courses.records import spans, timing
from courses.records.api import Act, Verb, progress_of, record_all
from courses.records.models import CountedTime, EnrolmentProgress
from courses.records.rebuild import derived_bytes, rebuild
from courses.records.verbs import PLAYED_SEGMENTS
from tests import factories

pytestmark = pytest.mark.django_db
MINUTE = 60_000


def test_spans_are_joined_and_cut():
    assert spans.union([(5, 9), (0, 3), (3, 4), (8, 12)]) == [(0, 4), (5, 12)]
    assert spans.without((0, 10), [(2, 3), (5, 7), (9, 20)]) == [(0, 2), (3, 5), (7, 9)]
    assert spans.first([(0, 5), (10, 20)], 7) == [(0, 5), (10, 12)]
    assert spans.within([(0, 5), (10, 20)], 3, 12) == [(3, 5), (10, 12)]


@pytest.fixture
def now(monkeypatch):
    """The clock, in milliseconds; ``now(minutes=…)`` moves it."""
    start = timezone.now().replace(hour=9, minute=0, second=0, microsecond=0)
    shown = {"at": start}

    def move(**by):
        shown["at"] += timedelta(**by)
        return timing.milliseconds(shown["at"])

    monkeypatch.setattr(timezone, "now", lambda: shown["at"])
    return move


@pytest.fixture
def enrolment(learner, now):
    enrolment = enrol(learner, factories.make_course("reading", "reading", activities={"minutes": 60}))
    Enrolment.objects.filter(pk=enrolment.pk).update(enrolled_at=timezone.now())
    enrolment.refresh_from_db()
    now(hours=1)
    return enrolment


def report(enrolment, key, start, end, active=None, number=0, **values):
    activity = activities_of(enrolment.version)[number]
    active = end - start if active is None else active
    act = Act(Verb.EXPERIENCED, key, activity.pk, span=(start, end), active=active, **values)
    return record_all(enrolment, [act]).entries[0]


def seconds(enrolment):
    return EnrolmentProgress.objects.get(pk=enrolment.pk).seconds


def test_active_time_counts(enrolment, now):
    at = now()
    report(enrolment, "one", at - MINUTE, at)
    assert seconds(enrolment) == 60
    assert enrolment.statements.get().result["duration"] == "PT60.000S"


def test_only_the_active_part_counts(enrolment, now):
    at = now()
    report(enrolment, "one", at - MINUTE, at, active=20_000)
    assert seconds(enrolment) == 20


def test_a_replayed_report_counts_once(enrolment, now):
    at = now()
    for _time in range(3):
        report(enrolment, "one", at - MINUTE, at)
    assert seconds(enrolment) == 60


def test_two_tabs_and_two_devices_count_once(enrolment, now):
    at = now()
    report(enrolment, "tab one", at - MINUTE, at)
    report(enrolment, "tab two", at - MINUTE, at, number=1)
    report(enrolment, "phone", at - MINUTE // 2, at)
    assert seconds(enrolment) == 60
    assert EnrolmentProgress.objects.get(pk=enrolment.pk).flags == 0


def test_two_courses_at_once_count_once(enrolment, learner, now):
    other = enrol(learner, factories.make_course(activities={"minutes": 60}))
    Enrolment.objects.filter(pk=other.pk).update(enrolled_at=enrolment.enrolled_at)
    other.refresh_from_db()
    at = now()
    report(enrolment, "one", at - MINUTE, at)
    report(other, "two", at - 2 * MINUTE, at)
    assert seconds(enrolment) + seconds(other) == 120


def test_a_long_report_is_capped_and_flagged(enrolment, now):
    at = now()
    report(enrolment, "one", at - 50 * MINUTE, at)
    assert seconds(enrolment) == timing.LONGEST_REPORT // 1000
    assert enrolment.statements.get().result["flags"] == ["long-report"]
    assert EnrolmentProgress.objects.get(pk=enrolment.pk).flags == 1


def test_more_than_wall_clock_is_capped_and_flagged(enrolment, now):
    at = now()
    report(enrolment, "one", at - MINUTE, at, active=10 * MINUTE)
    assert seconds(enrolment) == 60
    assert enrolment.statements.get().result["flags"] == ["more-than-wall-clock"]


def test_a_day_has_room_for_twelve_hours(learner, now):
    enrolment = enrol(learner, factories.make_course(activities={"minutes": 600}))
    Enrolment.objects.filter(pk=enrolment.pk).update(enrolled_at=timezone.now() - timedelta(days=2))
    enrolment.refresh_from_db()
    end = now(hours=14)
    for number in range(13 * 30):
        report(enrolment, f"report {number}", end - (number + 1) * 2 * MINUTE, end - number * 2 * MINUTE)
    assert seconds(enrolment) == 12 * 3600
    assert EnrolmentProgress.objects.get(pk=enrolment.pk).flags == 30


def test_one_activity_cannot_fill_the_day(learner, now):
    enrolment = enrol(learner, factories.make_course(activities={"minutes": 5}))
    Enrolment.objects.filter(pk=enrolment.pk).update(enrolled_at=timezone.now())
    enrolment.refresh_from_db()
    end = now(hours=2)
    for number in range(20):
        report(enrolment, f"report {number}", end - (number + 1) * 2 * MINUTE, end - number * 2 * MINUTE)
    assert seconds(enrolment) == 30 * 60
    assert "activity-full" in enrolment.statements.order_by("sequence").last().result["flags"]


@pytest.mark.parametrize(
    ("start", "end", "active", "why"),
    [
        (0, -MINUTE, None, "negative"),
        (-MINUTE, 0, -5, "negative"),
        (0, MINUTE, None, "future"),
        (-3 * 60 * MINUTE, -2 * 60 * MINUTE, None, "too-old"),
    ],
)
def test_what_cannot_have_been_is_refused(enrolment, now, start, end, active, why):
    at = now()
    entry = report(enrolment, "one", at + start, at + end, active=end - start if active is None else active)
    assert entry.refused == why
    assert not enrolment.statements.exists()


def test_after_a_month_nothing_is_taken_any_more(enrolment, now):
    at = now()
    report(enrolment, "one", at - MINUTE, at)
    now(days=40)
    assert report(enrolment, "two", at - MINUTE, at).refused == "too-old"
    later = now()
    report(enrolment, "three", later - MINUTE, later)
    assert seconds(enrolment) == 120
    assert CountedTime.objects.get().spans == json.dumps([[later - MINUTE, later]], separators=(",", ":"))


def test_counted_time_is_rebuilt_to_the_same_bytes(enrolment, now):
    for number in range(5):
        at = now(minutes=3 + number)
        report(enrolment, f"report {number}", at - 2 * MINUTE, at, number=number % 2)
    before = derived_bytes()
    CountedTime.objects.update(spans="[]")
    EnrolmentProgress.objects.all().delete()
    assert sum(rebuild()) == 5
    assert derived_bytes() == before


# --- films -----------------------------------------------------------------------------------------------
@pytest.fixture
def watching(signed_in, learner, now):
    """A learner before a film of sixty seconds, of which 90 % must be played."""
    film = {"minutes": 2, "media_seconds": 60}
    enrolment = enrol(learner, factories.make_course("video", "reading", activities=film))
    Enrolment.objects.filter(pk=enrolment.pk).update(enrolled_at=timezone.now())
    now(minutes=30)
    return Enrolment.objects.get(pk=enrolment.pk)


def send(client, enrolment, *acts, sent=None, now=None):
    key = str(activities_of(enrolment.version)[0].key)
    acts = [{"activity": key, "language": "en"} | act for act in acts]
    sent = timing.milliseconds(timezone.now()) if sent is None else sent
    return client.post(
        reverse("player:statements", args=[enrolment.pk]), {"sent": sent, "acts": acts}, content_type="application/json"
    )


def played(key, now, *segments, wall=MINUTE, active=None, at=0):
    end = now() + at
    return {
        "key": f"{key}-of-the-film",
        "verb": "played",
        "span": [end - wall, end],
        "active": wall if active is None else active,
        "segments": [[one * 1000, other * 1000] for one, other in segments],
    }


def test_a_film_is_done_when_enough_of_it_was_played(signed_in, watching, now):
    first = send(signed_in, watching, played("one", now, (0, 30), wall=30_000)).json()
    (standing,) = first["activities"].values()
    assert (standing["played"], standing["done"]) == (30, False)
    now(minutes=1)
    second = send(signed_in, watching, played("two", now, (28, 56), wall=30_000)).json()
    (standing,) = second["activities"].values()
    assert (standing["played"], standing["done"]) == (56, True)
    assert watching.statements.filter(verb="completed").count() == 1


def test_skipping_does_not_count(signed_in, watching, now):
    send(signed_in, watching, played("one", now, (0, 5), (50, 60), wall=15_000))
    now(minutes=1)
    send(signed_in, watching, played("two", now, (0, 5), (50, 60), wall=15_000))
    mark = progress_of(watching).state.at_activity(str(activities_of(watching.version)[0].key))
    assert mark.played_milliseconds() == 15_000
    assert mark.position == 60_000
    assert not mark.done_at


def test_nobody_plays_a_film_in_a_second(signed_in, watching, now):
    send(signed_in, watching, played("one", now, (0, 60), wall=1000))
    statement = watching.statements.get()
    assert spans.length(statement.result[PLAYED_SEGMENTS]) == 3000
    assert statement.result["flags"] == ["faster-than-playback"]


def test_the_same_minute_cannot_play_two_halves(signed_in, watching, now):
    send(signed_in, watching, played("one", now, (0, 30), wall=30_000), played("two", now, (30, 60), wall=30_000))
    mark = progress_of(watching).state.at_activity(str(activities_of(watching.version)[0].key))
    assert mark.played_milliseconds() <= 31_000


def test_ten_thousand_seconds_of_a_minute_are_refused(signed_in, watching, now):
    (answer,) = send(signed_in, watching, played("one", now, (0, 10_000))).json()["answers"]
    assert (answer["result"], answer["why"]) == ("refused", "beyond-the-end")
    assert "beyond the end" in answer["message"]
    assert not watching.statements.exists()


def test_a_film_is_not_done_by_saying_so(signed_in, watching, now):
    (answer,) = send(signed_in, watching, {"key": "said-so-1", "verb": "completed", "at": now()}).json()["answers"]
    assert answer["why"] == "not-for-browsers"
    signed_in.post(reverse("player:complete", args=[watching.pk, 1]))
    assert not watching.statements.filter(verb="completed").exists()


def test_only_a_film_with_a_transcript_is_done_by_reading_it(signed_in, watching, now):
    end = now()
    report(watching, "one", end - MINUTE, end)
    address = reverse("player:complete", args=[watching.pk, 1])
    signed_in.post(address)
    assert not watching.statements.filter(verb="completed").exists()
    Activity.objects.filter(module__version=watching.version).update(transcript_en="What is said in it.")
    signed_in.post(address)
    assert watching.statements.filter(verb="completed").exists()


# --- what a browser reports ------------------------------------------------------------------------------
def test_a_phone_with_a_wrong_clock_is_understood(signed_in, watching, now):
    wrong = -3 * 365 * 24 * 60 * MINUTE
    act = played("one", now, (0, 30), wall=30_000, at=wrong)
    (answer,) = send(signed_in, watching, act, sent=now() + wrong).json()["answers"]
    assert answer["result"] == "stored"
    assert progress_of(watching).state.milliseconds == 30_000


def test_an_act_with_a_time_to_come_is_refused_and_the_others_are_kept(signed_in, watching, now):
    future = played("one", now, (0, 30), at=10 * MINUTE)
    answers = send(signed_in, watching, future, played("two", now, (0, 30), wall=30_000)).json()["answers"]
    assert [answer["result"] for answer in answers] == ["refused", "stored"]
    assert answers[0]["why"] == "future"


@pytest.mark.parametrize(
    ("act", "why"),
    [
        ({"verb": "passed"}, "not-for-browsers"),
        ({"verb": "attended"}, "not-for-browsers"),
        ({"verb": "flew"}, "damaged"),
        ({"span": [5, 1]}, "negative"),
        ({"active": -1}, "negative"),
        ({"active": True}, "damaged"),
        ({"active": "60000"}, "damaged"),
        ({"span": [1]}, "damaged"),
        ({"key": ""}, "damaged"),
        ({"key": "k" * 100}, "damaged"),
        ({"activity": "00000000-0000-4000-8000-000000000000"}, "not-in-this-course"),
        ({"segments": [[0, 1]] * 201}, "damaged"),
        ({"span": [1e300, 1e301]}, "damaged"),
    ],
)
def test_a_damaged_or_forged_act_is_refused_by_itself(signed_in, watching, now, act, why):
    good, bad = played("one", now, (0, 10), wall=10_000), played("two", now, (0, 10)) | act
    answers = send(signed_in, watching, bad, good).json()["answers"]
    assert (answers[0]["result"], answers[0]["why"]) == ("refused", why)
    assert answers[1]["result"] == "stored"
    assert watching.statements.count() == 1


@pytest.mark.parametrize(
    "body", [b"", b"[]", b"{", b'{"sent": 1}', b'{"sent": "x", "acts": []}', b"\xff\xfe", b"9" * 9]
)
def test_what_is_no_report_is_refused(signed_in, watching, body):
    address = reverse("player:statements", args=[watching.pk])
    assert signed_in.post(address, body, content_type="application/json").status_code == 400


def test_five_megabytes_are_refused_unread(signed_in, watching):
    address = reverse("player:statements", args=[watching.pk])
    response = signed_in.post(address, b"x" * 5_000_000, content_type="application/json")
    assert response.status_code == 413
    assert "too large" in response.json()["message"]


def test_nobody_reports_for_another(client, watching, now):
    client.force_login(factories.UserFactory())
    assert send(client, watching, played("one", now, (0, 10))).status_code == 404
    assert not watching.statements.exists()


def test_a_report_costs_the_same_with_many_acts(signed_in, watching, now, django_assert_max_num_queries):
    acts = [played(str(number), now, (0, 1), wall=1000, at=-number * 1000) for number in range(50)]
    send(signed_in, watching, *acts[:1])
    with django_assert_max_num_queries(16):
        answers = send(signed_in, watching, *acts).json()["answers"]
    assert [answer["result"] for answer in answers] == ["known", *["stored"] * 49]


# --- required minutes ------------------------------------------------------------------------------------
@pytest.fixture
def timed(signed_in, learner, now):
    enrolment = enrol(learner, factories.make_course("reading", activities={"minutes": 5, "required_minutes": 2}))
    Enrolment.objects.filter(pk=enrolment.pk).update(enrolled_at=timezone.now())
    return Enrolment.objects.get(pk=enrolment.pk)


def test_required_minutes_are_asked_for_and_said(signed_in, timed, now):
    now(minutes=10)
    address = reverse("player:complete", args=[timed.pk, 1])
    page = signed_in.post(address, follow=True).content.decode()
    assert "asks for 2 more minutes of active learning" in page
    end = now()
    report(timed, "one", end - 2 * MINUTE, end)
    signed_in.post(address)
    assert progress_of(timed).is_complete


def test_without_javascript_the_time_between_page_and_form_counts(signed_in, timed, now):
    page = signed_in.get(reverse("player:activity", args=[timed.pk, 1]))
    now(minutes=3)
    signed_in.post(reverse("player:complete", args=[timed.pk, 1]), {"opened": page.context["opened"]})
    assert progress_of(timed).is_complete
    assert seconds(timed) == 180


def test_a_page_left_open_counts_no_more_than_is_set_aside(signed_in, timed, now):
    page = signed_in.get(reverse("player:activity", args=[timed.pk, 1]))
    now(hours=3)
    signed_in.post(reverse("player:complete", args=[timed.pk, 1]), {"opened": page.context["opened"]})
    assert seconds(timed) == 300


@pytest.mark.parametrize("forge", [lambda token: token[:-1] + "x", lambda token: "", lambda token: "1:2:3"])
def test_a_forged_moment_counts_nothing(signed_in, timed, now, forge):
    page = signed_in.get(reverse("player:activity", args=[timed.pk, 1]))
    now(minutes=3)
    signed_in.post(reverse("player:complete", args=[timed.pk, 1]), {"opened": forge(page.context["opened"])})
    assert not progress_of(timed).is_complete


def test_anothers_moment_counts_nothing(client, signed_in, timed, now):
    token = signed_in.get(reverse("player:activity", args=[timed.pk, 1])).context["opened"]
    other = factories.UserFactory()
    enrolment = enrol(other, timed.course)
    client.force_login(other)
    now(minutes=3)
    client.post(reverse("player:complete", args=[enrolment.pk, 1]), {"opened": token})
    assert not progress_of(enrolment).is_complete
