"""Campaigns: what is made known, by whom, to whom and when; and their editions in the regions."""

from cms.campaigns.models.campaigns import CampaignIndexPage, CampaignKind, CampaignPage, CampaignPartner
from cms.campaigns.models.editions import EditionPartner, LocalEditionPage
from cms.campaigns.models.partners import Role

__all__ = [
    "CampaignIndexPage",
    "CampaignKind",
    "CampaignPage",
    "CampaignPartner",
    "EditionPartner",
    "LocalEditionPage",
    "Role",
]
