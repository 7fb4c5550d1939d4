"""What is counted for each measure. Rooms name their own columns; the settings list them as strings."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from django.utils.functional import Promise

Counts = dict[int, int]  # by the key of the measure


@dataclass(frozen=True)
class Column:
    """One figure. ``group`` is content, teaching, training or people; ``count`` gets the first day of the last year
    and the language of the reader. A measure that is left out has none."""

    group: str
    label: str | Promise
    count: Callable[[date, str], Counts]
