"""Whether works under several licences may become one work.

Source of the rules: the Creative Commons licences 4.0, sections 2(a) and 3(b), and the compatibility table
Creative Commons publishes for remixing. Works side by side in one archive are a collection, for which every
licence that allows sharing is fine; a work merged from them is not.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import combinations

from cms.vocabulary.models import Licence


@dataclass(frozen=True)
class Conflict:
    """Two licences whose works must not be merged; the same one twice where it rules out any merging."""

    first: Licence
    second: Licence


def conflicts(licences: Iterable[Licence]) -> list[Conflict]:
    """The pairs of different licences whose works may not be merged into one, in the given order."""
    different = list(dict.fromkeys(licences))
    return [Conflict(first, second) for first, second in combinations(different, 2) if not may_merge(first, second)]


def not_for_sharing(licences: Iterable[Licence]) -> list[Licence]:
    """The licences under which a work may not be passed on at all."""
    return [licence for licence in dict.fromkeys(licences) if not licence.permits_sharing]


def may_merge(first: Licence, second: Licence) -> bool:
    """Whether a work may be made from works under both."""
    if first == second:
        return True
    if not (first.permits_adaptation and second.permits_adaptation):
        return False
    return _may_carry(first, second) or _may_carry(second, first)


def _may_carry(result: Licence, part: Licence) -> bool:
    """Whether a work under ``result`` may contain an adapted ``part``."""
    if part.requires_share_alike:
        return False
    return part.permits_commercial_use or not result.permits_commercial_use
