"""Events as what a professional speaks at, and who was there."""

from typing import Any

from django.utils.translation import get_language

from cms.campaigns.events.models import Attendance, EventPage
from cms.languages.switcher import readable
from cms.professionals.occasions import Occasion, Occasions


def _occasion(event: EventPage) -> Occasion:
    return Occasion(f"event:{event.translation_key}", str(event.title), str(event.url))


def _given(profile: Any) -> list[Occasion]:
    events = readable(EventPage.objects.filter(speakers=profile, locale__language_code=get_language()))
    return [_occasion(event) for event in events.distinct().order_by("-first_published_at", "pk")]


def _attended(user: Any, profile: Any) -> list[Occasion]:
    """Those at which the person was checked in."""
    keys = Attendance.objects.filter(registration__user=user).values("event_key")
    events = EventPage.objects.filter(speakers=profile, translation_key__in=keys)
    by_key = {event.translation_key: event for event in events.order_by("-locale_id")}
    by_key |= {event.translation_key: event for event in events.filter(locale__language_code=get_language())}
    return [_occasion(event) for event in by_key.values()]


EVENTS = Occasions(_given, _attended)
