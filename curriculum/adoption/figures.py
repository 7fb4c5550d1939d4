"""The dashboard's numbers. One that is too small to be told without telling of whom is left out everywhere."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.db.models import Count, Sum
from django.db.models.functions import ExtractMonth
from django.utils.dates import MONTHS
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from cms.vocabulary.data import column
from curriculum.adoption.models import PopularisationTarget
from curriculum.adoption.scope import Reach
from curriculum.library.tally import FEWEST_SHOWN
from curriculum.plans.models import Stage


@dataclass(frozen=True)
class Figure:
    """How many lessons were taught and pupils reached; both None where there are too few lessons to tell."""

    label: str
    lessons: int | None
    pupils: int | None

    @property
    def is_hidden(self) -> bool:
        return self.lessons is None


@dataclass(frozen=True)
class Breakdown:
    """The figures of one dimension, for a chart and its table."""

    name: str
    title: str
    figures: list[Figure]

    @property
    def bars(self) -> list[tuple[str, int | None, str]]:
        """Label, number and its text for the chart."""
        return [
            (entry.label, entry.lessons, f"<{FEWEST_SHOWN}" if entry.is_hidden else str(entry.lessons))
            for entry in self.figures
        ]


@dataclass(frozen=True)
class Progress:
    """A region's target and how far it is."""

    target: PopularisationTarget
    lessons: int | None
    pupils: int | None


def figure(label: object, lessons: int, pupils: int | None) -> Figure:
    """A figure, hidden where fewer than five lessons were taught."""
    if 0 < lessons < FEWEST_SHOWN:
        return Figure(str(label), None, None)
    return Figure(str(label), lessons, pupils or 0)


class Figures:
    def __init__(self, reach: Reach) -> None:
        self.reach = reach

    @cached_property
    def total(self) -> Figure:
        sums = self.reach.taught().aggregate(lessons=Count("pk"), pupils=Sum("class_size"))
        return figure(_("Total"), sums["lessons"], sums["pupils"])

    @cached_property
    def breakdowns(self) -> list[Breakdown]:
        stages = dict(Stage.choices)
        title = column("title", get_language() or "en")  # a related record's column is not chosen by itself
        return [
            self._by("month", _("By month"), "month", lambda month: MONTHS[month], month=ExtractMonth("taught_on")),
            self._by("region", _("By region"), f"region__{title}"),
            self._by("stage", _("By stage"), "stage", lambda stage: stages[stage]),
            self._by("grade", _("By grade"), "grade"),
            self._by("topic", _("By topic"), f"topics__{title}"),
        ]

    def _by(
        self, name: str, title: str, path: str, label: Callable[[Any], object] = str, **annotations: Any
    ) -> Breakdown:
        rows = self.reach.taught().annotate(**annotations).order_by().values_list(path)
        counted = rows.annotate(lessons=Count("pk"), pupils=Sum("class_size"))
        known = sorted((row for row in counted if row[0] not in (None, "")), key=lambda row: row[0])
        figures = [figure(label(value), lessons, pupils) for value, lessons, pupils in known]
        return Breakdown(name, title, figures)

    @cached_property
    def progress(self) -> list[Progress]:
        """The targets of the year, each with what was reached so far."""
        targets = PopularisationTarget.objects.filter(year=self.reach.year, region__in=self.reach.regions())
        if self.reach.region:
            targets = targets.filter(region=self.reach.region)
        rows = self.reach.taught().order_by().values_list("region")
        sums = {row[0]: row[1:] for row in rows.annotate(lessons=Count("pk"), pupils=Sum("class_size"))}
        found = []
        for target in targets.select_related("region"):
            reached = figure(target.region, *sums.get(target.region_id, (0, 0)))
            found.append(Progress(target, reached.lessons, reached.pupils))
        return found

    # --- as a table -----------------------------------------------------------------------------------
    def header(self) -> list[str]:
        return [_("Breakdown"), _("Value"), _("Lessons taught"), _("Pupils reached")]

    def rows(self) -> Iterator[list[object]]:
        yield ["", *self._cells([self.total])[0]]
        for breakdown in self.breakdowns:
            for cells in self._cells(breakdown.figures):
                yield [breakdown.title, *cells]

    def _cells(self, figures: Iterable[Figure]) -> list[list[object]]:
        few = _("fewer than %(count)d") % {"count": FEWEST_SHOWN}
        return [
            [entry.label, few if entry.is_hidden else entry.lessons, "" if entry.is_hidden else entry.pupils]
            for entry in figures
        ]
