"""Reports and alerts as shared works."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from cms.campaigns.early_warning.models import ReportPage
from cms.interop.works import CMS, Work, names, page_work, page_works


def _describe(page: Any) -> Work:
    return page_work(page, subjects=names(page.topics))


REPORT = page_works("report", CMS, _("Report"), ReportPage, _describe, ("topics",))
