"""Events as a part of a campaign, and as a number of its results."""

from typing import Any
from uuid import UUID

from django.db.models import Min
from django.utils.translation import gettext_lazy as _

from cms.campaigns.events.models import Attendance, EventPage
from cms.campaigns.parts import Part
from cms.campaigns.results import Result, Scope


def _events(key: UUID) -> Any:
    found = EventPage.objects.filter(campaign__translation_key=key).prefetch_related("sessions")
    return found.annotate(begins=Min("sessions__starts_at")).order_by("begins")


EVENTS = Part("events", _("Events"), _events)


def held(scope: Scope) -> list[Result]:
    """Events of the campaign, or of an edition's region, and how often somebody came to a session."""
    events = EventPage.objects.filter(live=True, campaign__translation_key=scope.campaign_key)
    if scope.region:
        events = events.filter(region=scope.region)
    keys = set(events.values_list("translation_key", flat=True))
    return [
        Result(_("Events"), len(keys)),
        Result(_("People at events"), Attendance.objects.filter(event_key__in=keys).count()),
    ]
