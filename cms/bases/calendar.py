"""What takes place at a base. Courses and events name their own; the settings list them as strings."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.utils.functional import Promise
from django.utils.module_loading import import_string


@dataclass(frozen=True)
class Entry:
    """Something with a beginning and an end at a base."""

    starts_at: datetime
    ends_at: datetime
    title: str
    url: str
    kind: str | Promise


Held = Callable[[Any, datetime], list[Entry]]  # at a base, not over at that moment


def coming_at(base: Any, now: datetime) -> list[Entry]:
    """All that is to come, or going on, in order."""
    sources: list[Held] = [import_string(path) for path in settings.IMPRINT_HELD_AT_BASES]
    return sorted((entry for source in sources for entry in source(base, now)), key=lambda entry: entry.starts_at)
