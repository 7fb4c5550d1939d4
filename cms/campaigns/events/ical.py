"""Events in calendars (RFC 5545). Times are in UTC: every calendar shows them in its own zone."""

from collections.abc import Iterable
from datetime import UTC

from django.utils import timezone
from icalendar import Calendar, Event

from cms.campaigns.events.models import EventPage

MIME_TYPE = "text/calendar; charset=utf-8"


def calendar(events: Iterable[EventPage], *, method: str = "PUBLISH", name: str = "") -> str:
    """A calendar of all sessions. ``method`` CANCEL takes them out of the reader's calendar (RFC 5546)."""
    found = Calendar()
    found.add("prodid", "-//Imprint//Events//EN")
    found.add("version", "2.0")
    found.add("method", method)
    if name:
        found.add("x-wr-calname", name)
    for event in events:
        for entry in _entries(event, is_cancelled=method == "CANCEL"):
            found.add_component(entry)
    return found.to_ical().decode()


def _entries(event: EventPage, *, is_cancelled: bool) -> Iterable[Event]:
    changed = (event.last_published_at or timezone.now()).astimezone(UTC)
    for session in event.ordered_sessions:
        entry = Event()
        entry.add("uid", f"{session.key}@imprint")
        entry.add("dtstamp", changed)
        entry.add("last-modified", changed)
        entry.add("sequence", int(changed.timestamp()) - 1_700_000_000)
        entry.add("dtstart", session.starts_at.astimezone(UTC))
        entry.add("dtend", session.ends_at.astimezone(UTC))
        entry.add("summary", event.title)
        entry.add("description", event.summary)
        entry.add("url", event.full_url or "")
        if event.place:
            entry.add("location", ", ".join(part for part in (event.place, event.address) if part))
        entry.add("status", "CANCELLED" if is_cancelled else "CONFIRMED")
        yield entry
