"""Events as search results."""

from django.utils.translation import gettext_lazy as _

from cms.campaigns.events.models import EventPage
from cms.search.kinds import page_kind

EVENT = page_kind(
    "event",
    _("Event"),
    EventPage,
    {"topic": "topics__slug", "audience": "audiences__slug", "year": "first_published_at"},
)
