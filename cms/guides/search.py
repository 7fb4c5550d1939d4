"""Guides as search results."""

from django.utils.translation import gettext_lazy as _

from cms.guides.models import GuidePage
from cms.search.kinds import page_kind

GUIDE = page_kind(
    "guide",
    _("Guide"),
    GuidePage,
    {"topic": "topics__slug", "audience": "audiences__slug", "year": "first_published_at"},
    many=_("Guides"),
)
