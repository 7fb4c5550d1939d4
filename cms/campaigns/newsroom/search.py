"""Press releases as search results."""

from django.utils.translation import gettext_lazy as _

from cms.campaigns.newsroom.models import PressReleasePage
from cms.search.kinds import page_kind

PRESS = page_kind(
    "press",
    _("Press release"),
    PressReleasePage,
    {"topic": "topics__slug", "year": "first_published_at"},
    many=_("Press releases"),
    today=lambda rows: rows.order_by("-first_published_at", "pk"),
)
