"""A programme's map: its units over the weeks, each lesson in its week."""

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.apps import apps

from cms.languages.switcher import readable
from curriculum.plans.sequence import lessons_of

if TYPE_CHECKING:
    from curriculum.plans.models import ProgrammePage


@dataclass
class UnitRow:
    """One unit: its weeks, and its lessons by week."""

    unit: Any
    first_week: int
    lessons: list[Any] = field(default_factory=list)

    @property
    def last_week(self) -> int:
        return self.first_week + self.unit.weeks - 1

    @property
    def weeks(self) -> list[tuple[int, list[Any]]]:
        """Each week with its lessons, which are spread evenly over the unit."""
        weeks: dict[int, list[Any]] = {week: [] for week in range(self.first_week, self.last_week + 1)}
        for number, lesson in enumerate(self.lessons):
            weeks[self.first_week + number * self.unit.weeks // len(self.lessons)].append(lesson)
        return list(weeks.items())


@dataclass
class ProgrammeMap:
    rows: list[UnitRow]

    @property
    def weeks(self) -> int:
        return self.rows[-1].last_week if self.rows else 0

    @property
    def lessons(self) -> list[Any]:
        return [lesson for row in self.rows for lesson in row.lessons]

    @property
    def hours(self) -> float:
        """Hours of teaching, of 60 minutes each, to one decimal."""
        return round(sum(lesson.minutes for lesson in self.lessons) / 60, 1)


def programme_map(programme: "ProgrammePage") -> ProgrammeMap:
    """The readable units and lessons of a programme in their order: two queries."""
    units = readable(apps.get_model("plans", "UnitPage").objects.child_of(programme)).order_by("path")
    rows: list[UnitRow] = []
    for unit in units:
        rows.append(UnitRow(unit, rows[-1].last_week + 1 if rows else 1))
    by_path = {row.unit.path: row for row in rows}
    for lesson in lessons_of(programme):
        row = by_path.get(lesson.path[: -lesson.steplen])
        if row:
            row.lessons.append(lesson)
    return ProgrammeMap(rows)
