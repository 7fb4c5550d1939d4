"""Laws as shared works. A law is nobody's property: it has no licence."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from cms.interop.works import CMS, Work, names, page_work, page_works
from cms.statutes.models import LawPage


def _describe(page: Any) -> Work:
    published = page.version_on.isoformat() if page.version_on else ""
    return page_work(page, subjects=names(page.topics), licence="", published=published)


LAW = page_works("law", CMS, _("Law"), LawPage, _describe, ("topics",))
