"""Events as search results."""

from django.db.models import Max, Min
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cms.campaigns.events.models import EventPage
from cms.search.kinds import page_kind

EVENT = page_kind(
    "event",
    _("Event"),
    EventPage,
    {"topic": "topics__slug", "audience": "audiences__slug", "year": "first_published_at"},
    many=_("Events"),
    today=lambda rows: (
        rows.annotate(ends=Max("sessions__ends_at"), begins=Min("sessions__starts_at"))
        .filter(ends__gte=timezone.now())
        .order_by("begins", "pk")
    ),
)
