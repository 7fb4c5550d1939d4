"""What this room stores about people."""

from cms.personal_data import KEEP, Kind

KINDS = (
    Kind("professionals.PoolMember", ("profile__user",)),
    Kind("professionals.Nomination", ("profile__user",), hidden=("decided_by", "nominated_by")),
    Kind("professionals.Lecturing", ("profile__user",)),
    Kind("professionals.TeachingRequest", ("profile__user", "asked_by")),
    Kind("professionals.Opinion", ("by",)),
    Kind("professionals.Claim", ("profile__user",), hidden=("decided_by",)),
    Kind("professionals.ProfileName", ("profile__user",)),
    Kind("professionals.Profile", ("user",)),
    Kind("professionals.Consent", ("user",), on_erasure=KEEP),
)
