"""Is this agent on the register? By number and name together: one alone tells nothing."""

from courses.intermediaries.matching import name_key, number_key
from courses.intermediaries.models import RegisterEntry

LONGEST = 200


def find(number: str, name: str) -> list[RegisterEntry]:
    """The entries of any register that have this number and one of whose names this is."""
    key, wanted = number_key(number[:LONGEST]), name_key(name[:LONGEST])
    if not key or not wanted:
        return []
    rows = RegisterEntry.objects.with_standing().filter(number_key=key).select_related("track")
    return [row for row in rows if wanted in {name_key(one) for one in row.all_names}]
