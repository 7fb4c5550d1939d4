"""Opportunities as search results."""

from django.db.models import F
from django.utils.translation import gettext_lazy as _

from cms.exchange.models import OpportunityPage
from cms.search.kinds import page_kind

OPPORTUNITY = page_kind(
    "opportunity",
    _("Opportunity"),
    OpportunityPage,
    {"topic": "topics__slug", "audience": "audiences__slug", "year": "first_published_at"},
    many=_("Opportunities"),
    today=lambda rows: rows.open().order_by(F("closes_at").asc(nulls_last=True), "pk"),
)
