"""What this room stores about people."""

from cms.personal_data import KEEP, Kind

KINDS = (
    Kind("privacy.Access", ("person",), hidden=("key",)),
    Kind("privacy.ErasureRequest", ("person",), on_erasure=KEEP),
)
