"""The coverage matrix: measure × region × audience, with its gaps."""

from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from cms.coordination.models import WorkItem, WorkPlan
from cms.vocabulary.models import Audience, Region, StrategyMeasure


@dataclass(frozen=True)
class Cell:
    """How many items a combination has; those for the whole country or for everybody count in each."""

    count: int

    @property
    def is_gap(self) -> bool:
        return self.count == 0


@dataclass(frozen=True)
class Grid:
    """One table of the matrix."""

    columns: list[Any]
    rows: list[tuple[Any, list[Cell]]]

    @property
    def gaps(self) -> int:
        return sum(cell.is_gap for _row, cells in self.rows for cell in cells)


class Matrix:
    """Counted from the whole plan, whoever looks: a gap is a gap, and no item is told by its number."""

    def __init__(self, plan: WorkPlan) -> None:
        self.measures = list(StrategyMeasure.objects.all())
        self.regions = list(Region.objects.all())
        self.audiences = list(Audience.objects.all())
        self._counts: dict[tuple[int, int, int], int] = defaultdict(int)
        self._by_region: dict[tuple[int, int], int] = defaultdict(int)
        self._by_audience: dict[tuple[int, int], int] = defaultdict(int)
        items = plan.items.exclude(status=WorkItem.Status.CANCELLED).prefetch_related("regions", "audiences")
        for item in items:
            self._count(item)

    def _count(self, item: WorkItem) -> None:
        regions = [region.pk for region in item.regions.all()] or [region.pk for region in self.regions]
        audiences = [one.pk for one in item.audiences.all()] or [one.pk for one in self.audiences]
        for region in regions:
            self._by_region[item.measure_id, region] += 1
            for audience in audiences:
                self._counts[item.measure_id, region, audience] += 1
        for audience in audiences:
            self._by_audience[item.measure_id, audience] += 1

    @property
    def by_region(self) -> Grid:
        return Grid(self.regions, [(one, self._row(self._by_region, one, self.regions)) for one in self.measures])

    @property
    def by_audience(self) -> Grid:
        return Grid(self.audiences, [(one, self._row(self._by_audience, one, self.audiences)) for one in self.measures])

    def of_measure(self, measure: StrategyMeasure) -> Grid:
        """One measure: regions × audiences."""
        rows = [
            (region, [Cell(self._counts[measure.pk, region.pk, audience.pk]) for audience in self.audiences])
            for region in self.regions
        ]
        return Grid(self.audiences, rows)

    @staticmethod
    def _row(counts: dict[tuple[int, int], int], measure: StrategyMeasure, columns: list[Any]) -> list[Cell]:
        return [Cell(counts[measure.pk, column.pk]) for column in columns]
