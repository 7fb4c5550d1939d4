"""What this room stores about people."""

from cms.personal_data import KEEP, Kind

KINDS = (
    Kind("directory.Membership", ("user",), on_erasure=KEEP),
    Kind("directory.StaffNumber", ("user",)),
)
