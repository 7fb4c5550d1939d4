from typing import Any

from django import template
from django.utils.translation import gettext as _

from cms.campaigns.events.api import Places, places_of
from cms.campaigns.events.models import EventPage, EventSession

register = template.Library()

# schema.org: EventAttendanceModeEnumeration
MODES = {"place": "Offline", "online": "Online", "both": "Mixed"}


@register.simple_tag
def places(event: EventPage) -> Places:
    """How many places there are and how many are taken."""
    return places_of(event)


@register.simple_tag
def event_json_ld(event: EventPage) -> dict[str, Any]:
    """schema.org: Event."""
    data: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "Event",
        "name": event.title,
        "description": event.summary,
        "url": event.full_url,
        "eventAttendanceMode": f"https://schema.org/{MODES[event.mode]}EventAttendanceMode",
        "eventStatus": "https://schema.org/EventScheduled",
        "inLanguage": event.locale.language_code,
    }
    if event.begins_at and event.ends_at:
        data |= {"startDate": event.begins_at.isoformat(), "endDate": event.ends_at.isoformat()}
    if event.place:
        data["location"] = {"@type": "Place", "name": event.place, "address": event.address or event.place}
    else:
        data["location"] = {"@type": "VirtualLocation", "url": event.full_url}
    if event.organiser:
        data["organizer"] = {"@type": "Organization", "name": str(event.organiser)}
    return data


@register.filter
def came_to(guests: list[dict[str, Any]], session: EventSession) -> str:
    """How many of those with a place have come to a session: 12 / 50."""
    came = sum(str(session.key) in guest["came"] for guest in guests)
    return f"{came} / {sum(guest['state'] == 'confirmed' for guest in guests)}"


def answers() -> dict[str, str]:
    return {
        "ok": _("is checked in."),
        "already": _("was checked in before."),
        "waiting": _("has no place, but waits in line."),
        "cancelled": _("has cancelled."),
        "unknown": _("There is no such ticket for this event."),
        "too_late": _("The time of the scan is not that of the session."),
    }


@register.filter
def answer_text(result: str) -> str:
    return answers().get(result, "")


@register.simple_tag
def door_words() -> dict[str, str]:
    """What the phone says, also without a net."""
    return answers()
