"""Professionals: profiles that their owners publish, what they claim and who confirms it, and talent pools."""

from cms.professionals.models.claims import Claim
from cms.professionals.models.pools import Nomination, Pool, PoolMember
from cms.professionals.models.profiles import Consent, Profile, ProfileName

__all__ = ["Claim", "Consent", "Nomination", "Pool", "PoolMember", "Profile", "ProfileName"]
