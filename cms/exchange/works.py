"""Opportunities as shared works."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from cms.exchange.models import OpportunityPage
from cms.interop.works import CMS, Work, names, page_work, page_works


def _describe(page: Any) -> Work:
    subjects = (*names(page.topics), page.country_name)
    return page_work(page, subjects=subjects, audiences=names(page.audiences), creators=(page.host,))


OPPORTUNITY = page_works("opportunity", CMS, _("Opportunity"), OpportunityPage, _describe, ("topics", "audiences"))
