"""Pages of text as shared works: the ground below cannot name them itself."""

from django.utils.translation import gettext_lazy as _

from cms.interop.works import CMS, page_work, page_works
from cms.pages.models import StandardPage

STANDARD_PAGE = page_works("page", CMS, _("Page"), StandardPage, page_work)
