"""What other rooms ask of the statistics: count something, and read sums."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Sum
from django.http import HttpRequest

from cms.statistics.bots import is_person
from cms.statistics.models import Act, DailyCount
from cms.statistics.pending import note


def count(request: HttpRequest, subject: UUID, act: Act, language: str) -> None:
    """Counts one act of a reader once the answer is sent. Robots, prefetching and people who publish do not count."""
    if is_person(request) and not request.user.has_perm("wagtailadmin.access_admin"):  # type: ignore[union-attr]
        note(subject, act, language)


@dataclass(frozen=True)
class DayRow:
    """One day, act and language of a set of pages."""

    day: date
    act: Act
    language: str
    count: int


def rows(keys: Iterable[UUID], first: date | None = None, last: date | None = None) -> list[DayRow]:
    """Sums per day, act and language over pages, in the order of the days. One query."""
    found = DailyCount.objects.of(list(keys)).between(first, last)
    sums = found.values_list("day", "act", "language").annotate(total=Sum("count")).order_by("day", "act", "language")
    return [DayRow(day, Act(act), language, total) for day, act, language, total in sums]


def by_language(found: Iterable[DayRow]) -> dict[str, dict[Act, int]]:
    """language → act → sum."""
    sums: dict[str, dict[Act, int]] = defaultdict(lambda: dict.fromkeys(Act, 0))
    for row in found:
        sums[row.language][row.act] += row.count
    return dict(sums)


def by_day(found: Iterable[DayRow], act: Act) -> dict[date, int]:
    """day → sum of one act, for the days that have any."""
    sums: dict[date, int] = defaultdict(int)
    for row in found:
        if row.act == act:
            sums[row.day] += row.count
    return dict(sums)
