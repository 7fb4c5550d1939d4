"""Professionals: profiles that their owners publish, what they claim and who confirms it, and talent pools."""

from cms.professionals.models.claims import Claim
from cms.professionals.models.pools import Nomination, Pool, PoolMember
from cms.professionals.models.profiles import Consent, Profile, ProfileName
from cms.professionals.models.teaching import Lecturing, Opinion, TeachingRequest

__all__ = [
    "Claim",
    "Consent",
    "Lecturing",
    "Nomination",
    "Opinion",
    "Pool",
    "PoolMember",
    "Profile",
    "ProfileName",
    "TeachingRequest",
]
