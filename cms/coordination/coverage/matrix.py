"""Counting: one row for each measure, one cell for each figure, the rows with most gaps first."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from django.conf import settings
from django.utils import timezone
from django.utils.module_loading import import_string
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from cms.vocabulary.coverage import Column
from cms.vocabulary.models import StrategyMeasure

YEAR = timedelta(days=365)
GROUPS = {"content": _("Content"), "teaching": _("Teaching"), "training": _("Training"), "people": _("People")}


@dataclass(frozen=True)
class Row:
    measure: StrategyMeasure
    counts: list[int]

    @property
    def gaps(self) -> int:
        return sum(count == 0 for count in self.counts)


@dataclass(frozen=True)
class Coverage:
    since: date
    columns: list[Column]
    rows: list[Row] = field(default_factory=list)

    @property
    def groups(self) -> list[tuple[Any, int]]:
        """The groups in their order, each with its number of columns."""
        found = [(GROUPS[slug], sum(column.group == slug for column in self.columns)) for slug in GROUPS]
        return [(label, number) for label, number in found if number]

    @property
    def gaps(self) -> int:
        return sum(row.gaps for row in self.rows)

    @property
    def cells(self) -> int:
        return len(self.rows) * len(self.columns)

    def header(self) -> list[str]:
        """Names of all columns, each with its group: a sheet has one line of them."""
        return [
            str(_("Measure")),
            *(f"{GROUPS[column.group]}: {column.label}" for column in self.columns),
            str(_("Gaps")),
        ]

    def table(self) -> list[list[object]]:
        return [[str(row.measure), *row.counts, row.gaps] for row in self.rows]


def coverage() -> Coverage:
    """As it is today; what is counted in a year is counted in the last 365 days."""
    since = timezone.localdate() - YEAR
    columns: list[Column] = [import_string(path) for path in settings.IMPRINT_COVERAGE]
    columns.sort(key=lambda column: list(GROUPS).index(column.group))
    language = get_language() or settings.LANGUAGE_CODE
    counted = [column.count(since, language) for column in columns]
    rows = [
        Row(measure, [counts.get(measure.pk, 0) for counts in counted])
        for measure in StrategyMeasure.objects.order_by("sort_order")
    ]
    return Coverage(since, columns, sorted(rows, key=lambda row: -row.gaps))
