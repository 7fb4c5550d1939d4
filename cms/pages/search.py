"""Pages of text as search results."""

from django.utils.translation import gettext_lazy as _

from cms.pages.models import StandardPage
from cms.search.kinds import page_kind

STANDARD_PAGE = page_kind("page", _("Page"), StandardPage, {"year": "first_published_at"})
