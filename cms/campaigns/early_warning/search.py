"""Reports as search results."""

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cms.campaigns.early_warning.models import ReportPage
from cms.search.kinds import page_kind

REPORT = page_kind(
    "report",
    _("Report"),
    ReportPage,
    {"topic": "topics__slug", "year": "valid_from"},
    many=_("Reports and alerts"),
    today=lambda rows: rows.not_expired(timezone.localdate()).by_weight(),
)
