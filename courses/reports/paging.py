"""Long lists of people in the order of the tree, page by page."""

from collections.abc import Mapping, Sequence
from itertools import accumulate
from typing import Generic, TypeVar, overload

from django.db.models import Model, QuerySet

from courses.reports.scope import Scope

M = TypeVar("M", bound=Model)


class ByUnit(Sequence[M], Generic[M]):
    """Rows of the scope's units, ordered by unit first.

    ``counts`` says how many there are in each unit, by its primary key. A page asks only for the units that it
    shows: the last page of a hundred thousand people is as quick as the first.
    """

    def __init__(self, rows: "QuerySet[M]", scope: Scope, counts: Mapping[int, int]) -> None:
        self.rows = rows
        self.units = [unit.pk for unit in scope.units if counts.get(unit.pk)]
        self.ends = list(accumulate(counts[unit] for unit in self.units))

    def __len__(self) -> int:
        return self.ends[-1] if self.ends else 0

    @overload
    def __getitem__(self, place: int) -> M: ...
    @overload
    def __getitem__(self, place: slice) -> list[M]: ...
    def __getitem__(self, place: int | slice) -> M | list[M]:
        if isinstance(place, int):
            return self[place : place + 1][0]
        start, stop, _step = place.indices(len(self))
        begins = [0, *self.ends][:-1]
        shown = [
            (unit, begin)
            for unit, begin, end in zip(self.units, begins, self.ends, strict=True)
            if begin < stop and end > start
        ]
        if not shown:
            return []
        before = shown[0][1]
        return list(self.rows.filter(organisation__in=[unit for unit, _ in shown])[start - before : stop - before])
