"""The order of a version's activities, as the record and the player need it: read once, since it never changes."""

from dataclasses import dataclass
from functools import lru_cache
from uuid import UUID

from courses.catalogue.models import Activity


@dataclass(frozen=True)
class Step:
    """One activity in the order of its course."""

    pk: int
    key: UUID
    kind: str
    is_optional: bool
    must_be_redone: bool
    minutes: int
    required_minutes: int
    media_seconds: int
    required_percent: int


FIELDS = tuple(Step.__dataclass_fields__)


@lru_cache(maxsize=4096)
def steps_of(version: UUID) -> tuple[Step, ...]:
    """The steps of a version. Versions are never edited, so a process asks the database once."""
    rows = Activity.objects.filter(module__version_id=version).order_by("module__sort_order", "sort_order")
    return tuple(Step(*row) for row in rows.values_list(*FIELDS))
