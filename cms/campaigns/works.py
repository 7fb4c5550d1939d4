"""Campaigns as shared works."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from cms.campaigns.models import CampaignPage
from cms.interop.works import CMS, Work, names, page_work, page_works


def _describe(page: Any) -> Work:
    return page_work(page, type="Collection", subjects=names(page.topics), audiences=names(page.audiences))


CAMPAIGN = page_works("campaign", CMS, _("Campaign"), CampaignPage, _describe, ("topics", "audiences"))
