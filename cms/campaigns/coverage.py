"""Campaigns as a figure of the coverage matrix."""

from django.utils.translation import gettext_lazy as _

from cms.campaigns.models import CampaignPage
from cms.pages.coverage import pages_by_measure
from cms.vocabulary.coverage import Column

CAMPAIGNS = Column("content", _("Campaigns"), lambda since, language: pages_by_measure(CampaignPage, language))
