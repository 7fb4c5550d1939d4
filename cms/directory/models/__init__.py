"""Who takes part: organisations as a tree, and the people who belong to them."""

from cms.directory.models.memberships import Membership, MembershipQuerySet, StaffNumber
from cms.directory.models.organisations import Organisation, OrganisationQuerySet

__all__ = ["Membership", "MembershipQuerySet", "Organisation", "OrganisationQuerySet", "StaffNumber"]
