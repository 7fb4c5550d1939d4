"""Training bases: on a map and in a table, with a calendar, judged each term against the same criteria."""

import json
import re
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse

from cms.bases.judging import NotReady, publish
from cms.bases.maps import drawn
from cms.bases.models import Criterion, Evaluation, Score, TrainingBase
from cms.campaigns.events.models import EventPage
from cms.vocabulary.models import Topic
from courses.activities.live_session.models import LiveSession
from tests import factories

pytestmark = pytest.mark.django_db


def add_base(slug: str, **values: Any) -> TrainingBase:
    defaults = {"name_en": slug.title(), "capacity": 80, "organisation": factories.OrganisationFactory()}
    return TrainingBase.objects.create(slug=slug, **defaults | values)


@pytest.fixture
def base() -> TrainingBase:
    found = add_base(
        "harbour", latitude=Decimal("39.9"), longitude=Decimal("116.4"), equipment_en="Search room\nStudio"
    )
    found.topics.set(Topic.objects.filter(slug="patents"))
    return found


@pytest.fixture(autouse=True)
def _only_ours() -> None:
    TrainingBase.objects.all().delete()
    Criterion.objects.all().delete()


@pytest.fixture(autouse=True)
def _clock(monkeypatch) -> None:
    monkeypatch.setattr("django.utils.timezone.now", lambda: datetime(2027, 3, 1, tzinfo=UTC))


# --- where they are -----------------------------------------------------------------------------------
def test_bases_stand_on_the_map_and_in_the_table(client, base) -> None:
    add_base("nowhere")
    add_base("hidden", is_public=False)
    html = client.get(reverse("bases:bases")).content.decode()
    assert html.count("<circle") == 1
    assert "Harbour" in html
    assert "Nowhere" in html
    assert "Hidden" not in html
    assert "Harbour" in client.get("/en/topics/patents/").content.decode()


def test_a_base_says_what_it_has(client, base) -> None:
    html = client.get(base.get_absolute_url()).content.decode()
    assert "Search room" in html
    data = json.loads(re.search(r'ld\+json">(.*?)</script>', html)[1])
    assert (data["@type"], data["maximumAttendeeCapacity"]) == ("Place", 80)
    assert data["geo"]["latitude"] == 39.9


@pytest.mark.parametrize("count", [1, 2, 50])
def test_every_point_lies_within_the_map(count: int) -> None:
    places = [(str(number), "/", 20 + number * 0.6, 80 + number * 1.1) for number in range(count)]
    found = drawn(places)
    assert all(0 <= point.x <= found.width and 0 <= point.y <= found.height for point in found.points)
    assert found.meridians
    assert found.parallels
    assert len(found.meridians) <= 9


def test_north_is_up_and_east_is_right_also_at_the_edges() -> None:
    north, south = drawn([("n", "/", 89.9, -179.9), ("s", "/", -89.9, 179.9)]).points
    assert north.y < south.y
    assert north.x < south.x
    assert drawn([]) is None


def test_one_coordinate_alone_is_refused() -> None:
    with pytest.raises(ValidationError, match="both coordinates"):
        TrainingBase(slug="x", latitude=Decimal(1)).clean()
    with pytest.raises(IntegrityError), transaction.atomic():
        add_base("half", latitude=Decimal(1))


# --- what takes place there ---------------------------------------------------------------------------
def test_events_and_live_sessions_stand_in_the_calendar_in_order(client, base) -> None:
    event = EventPage.objects.get(slug="evening-with-makers", locale__language_code="en")
    event.base = base
    event.save_revision().publish()
    course = factories.make_course("live-session", title_en="Drafting together")
    activity = course.current.modules.get().activities.get()
    LiveSession.objects.filter(activity=activity).delete()
    LiveSession.objects.create(
        activity=activity,
        base=base,
        starts_at=datetime(2027, 3, 5, 9, tzinfo=UTC),
        ends_at=datetime(2027, 3, 5, 12, tzinfo=UTC),
    )
    response = client.get(base.get_absolute_url())
    titles = [entry.title for entry in response.context["entries"]]
    assert "Drafting together" in titles[0]
    assert titles[1] == event.title
    course.is_published = False
    course.save()
    assert len(client.get(base.get_absolute_url()).context["entries"]) == 1


# --- how they are judged ------------------------------------------------------------------------------
@pytest.fixture
def criteria() -> list[Criterion]:
    return [
        Criterion.objects.create(name_en=name, indicator_en="Counted.", weight=weight)
        for name, weight in (("Teaching", 60), ("Equipment", 40))
    ]


@pytest.fixture
def evaluation(base, criteria) -> Evaluation:
    found = Evaluation.objects.create(
        base=base, starts_on=date(2026, 7, 1), ends_on=date(2026, 12, 31), summary_en="A good term."
    )
    for criterion, points in zip(criteria, (90, 75), strict=True):
        Score.objects.create(evaluation=found, criterion=criterion, points=points, evidence="A visit.")
    return found


def test_a_score_is_weighted_published_once_and_then_stays(client, evaluation, criteria, admin_user) -> None:
    assert "A good term." not in client.get(evaluation.base.get_absolute_url()).content.decode()
    publish(evaluation, admin_user)
    assert evaluation.score == Decimal("84.0")
    html = client.get(evaluation.base.get_absolute_url()).content.decode()
    assert "84.0 / 100" in html
    assert "A good term." in html
    assert "90 / 100" in html  # by criterion, too
    Criterion.objects.update(weight=50)
    publish(evaluation, admin_user)
    assert Evaluation.objects.get().score == Decimal("84.0")
    with pytest.raises(ValidationError, match="not changed any more"):
        evaluation.clean()


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        (lambda one: Score.objects.filter(points=75).delete(), "no score for: Equipment"),
        (lambda one: Score.objects.update(evidence=""), "no evidence for: Teaching"),
        (lambda one: Criterion.objects.filter(weight=40).update(weight=30), "add up to 100"),
        (lambda one: Evaluation.objects.update(ends_on=date(2027, 6, 30)), "not over yet"),
        (lambda one: Evaluation.objects.update(summary_en=""), "summary is missing"),
    ],
)
def test_what_is_missing_is_said_and_nothing_is_published(evaluation, admin_user, change, problem) -> None:
    change(evaluation)
    found = Evaluation.objects.get()
    with pytest.raises(NotReady, match=problem):
        publish(found, admin_user)
    assert Evaluation.objects.get().score is None


def test_it_is_published_in_the_admin_by_those_who_may(admin_client, signed_in, evaluation) -> None:
    address = reverse("bases_admin:publish", args=[evaluation.pk])
    assert signed_in.post(address).status_code in {302, 403}
    assert Evaluation.objects.get().published_at is None
    assert "84.0" in admin_client.get(address).content.decode()
    admin_client.post(address)
    assert Evaluation.objects.get().is_published
