"""Campaigns as search results."""

from django.utils.translation import gettext_lazy as _

from cms.campaigns.models import CampaignPage
from cms.search.kinds import page_kind

CAMPAIGN = page_kind(
    "campaign",
    _("Campaign"),
    CampaignPage,
    {"topic": "topics__slug", "audience": "audiences__slug", "year": "starts_on"},
    many=_("Campaigns"),
    today=lambda rows: rows.order_by("-starts_on", "pk"),
)
