"""A person's deadlines as a calendar feed (RFC 5545): whole days, each with an alarm a week before."""

from collections.abc import Iterable
from datetime import timedelta

from django.utils import timezone
from django.utils.translation import gettext as _
from icalendar import Alarm, Calendar, Event

from cms.correspondence.mail import absolute
from courses.training.explain import because
from courses.training.models import Obligation

MIME_TYPE = "text/calendar; charset=utf-8"


def deadlines(rows: Iterable[Obligation], url: str) -> str:
    """The days on which plans are due that are not done. A plan that is done is gone from the feed."""
    found = Calendar()
    found.add("prodid", "-//Imprint//Training//EN")
    found.add("version", "2.0")
    found.add("method", "PUBLISH")
    found.add("x-wr-calname", _("Training that I owe"))
    seen: set[tuple[int, object]] = set()
    for row in rows:
        if (row.plan_id, row.starts_on) not in seen:
            seen.add((row.plan_id, row.starts_on))
            found.add_component(_entry(row, url))
    return found.to_ical().decode()


def _entry(row: Obligation, url: str) -> Event:
    entry = Event()
    entry.add("uid", f"training-{row.plan_id}-{row.learner_id}-{row.starts_on:%Y%m%d}@imprint")
    entry.add("dtstamp", timezone.now())
    entry.add("dtstart", row.due_on)
    entry.add("dtend", row.due_on + timedelta(days=1))
    entry.add("summary", _("Due: %(plan)s") % {"plan": row.plan})
    entry.add("description", because(row))
    entry.add("url", absolute(url))
    entry.add("transp", "TRANSPARENT")
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", str(row.plan))
    alarm.add("trigger", timedelta(days=-7))
    entry.add_component(alarm)
    return entry
