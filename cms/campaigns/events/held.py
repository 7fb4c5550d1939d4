"""Events as entries of a training base's calendar."""

from datetime import datetime
from typing import Any

from django.db.models import Max, Min
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from cms.bases.calendar import Entry
from cms.campaigns.events.models import EventPage
from cms.languages.switcher import readable


def events_at(base: Any, now: datetime) -> list[Entry]:
    """Those in the reader's language that are not over."""
    events = readable(EventPage.objects.filter(base=base, locale__language_code=get_language()))
    timed = events.annotate(begins=Min("sessions__starts_at"), ends=Max("sessions__ends_at")).filter(ends__gte=now)
    return [Entry(event.begins, event.ends, str(event.title), str(event.url), _("Event")) for event in timed]
