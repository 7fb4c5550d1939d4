"""Plans by status: how many people are done, on track, behind and overdue, by unit, grade, audience or month.

Each person is counted once: where they have a plan in several units of the scope, in the first of them.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime

from django.db.models import Count, Exists, OuterRef, Q
from django.db.models.functions import TruncMonth
from django.utils import timezone

from cms.directory.models import Organisation
from courses.enrolment.models import TrainingPlan
from courses.reports.scope import Scope, in_scope
from courses.training.models import COUNTED, Obligation, ObligationQuerySet, Status, status_at


@dataclass
class Tally:
    """People by status."""

    label: str
    counts: Counter[str] = field(default_factory=Counter)
    unit: Organisation | None = None
    key: str = ""

    @property
    def people(self) -> int:
        """Those who owe or owed something: without the exempt, those who left, and those not yet bound."""
        return sum(self.counts[status] for status in COUNTED)

    @property
    def percent(self) -> int:
        return round(100 * self.counts[Status.DONE] / self.people) if self.people else 0

    @property
    def cells(self) -> list[tuple[str, int]]:
        return [(status, self.counts[status]) for status in COUNTED]


def rows_of(plan: TrainingPlan, year: int, scope: Scope) -> ObligationQuerySet:
    """The plan's rows that are due in a year, each person once."""
    rows = Obligation.objects.filter(
        in_scope(scope), plan=plan, due_on__range=(date(year, 1, 1), date(year, 12, 31)), learner__is_active=True
    )
    earlier = Obligation.objects.filter(
        in_scope(scope),
        plan=OuterRef("plan"),
        learner=OuterRef("learner"),
        starts_on=OuterRef("starts_on"),
        is_shared=True,
        left_on__isnull=True,
        pk__lt=OuterRef("pk"),
    )
    return rows.filter(Q(is_shared=False) | ~Exists(earlier))


def total(plan: TrainingPlan, year: int, scope: Scope, now: datetime | None = None) -> Tally:
    """All of the scope. One query."""
    status = status_at(now or timezone.now())
    rows = rows_of(plan, year, scope).order_by().values(status=status).annotate(people=Count("pk"))
    return Tally("", Counter({row["status"]: row["people"] for row in rows}))


def sum_of(parts: Iterable[Tally]) -> Tally:
    """Parts that have nobody in common, together: what ``total`` says, without asking again."""
    return Tally("", sum((part.counts for part in parts), Counter()))


def by_unit(plan: TrainingPlan, year: int, scope: Scope, now: datetime | None = None) -> list[Tally]:
    """The parts of the scope side by side, each with all below it. One query."""
    found = {unit.pk: Tally(str(unit), unit=unit, key=unit.slug) for unit in scope.parts}
    rows = (
        rows_of(plan, year, scope)
        .order_by()
        .values("organisation_id", status=status_at(now or timezone.now()))
        .annotate(people=Count("pk"))
    )
    for row in rows:
        part = scope.part_of[row["organisation_id"]]
        tally = found.setdefault(part.pk, Tally(str(part), unit=part, key=part.slug))
        tally.counts[row["status"]] += row["people"]
    return [tally for tally in found.values() if tally.counts]


def by_field(plan: TrainingPlan, year: int, scope: Scope, name: str, now: datetime | None = None) -> list[Tally]:
    """By grade, or by another column of the row. One query."""
    found: dict[str, Tally] = {}
    rows = (
        rows_of(plan, year, scope)
        .order_by()
        .values(name, status=status_at(now or timezone.now()))
        .annotate(people=Count("pk"))
    )
    for row in rows:
        value = str(row[name] or "")
        found.setdefault(value, Tally(value, key=value)).counts[row["status"]] += row["people"]
    return [found[value] for value in sorted(found)]


def by_month(plan: TrainingPlan, year: int, scope: Scope) -> list[tuple[date, int]]:
    """How many became done in each month, from the first to the last. One query."""
    done = rows_of(plan, year, scope).filter(done_at__isnull=False).order_by()
    months = done.values(month=TruncMonth("done_at")).annotate(people=Count("pk"))
    counts: dict[date, int] = defaultdict(int)
    for row in months:
        counts[row["month"].date()] += row["people"]
    return sorted(counts.items())


def years_of(plan: TrainingPlan, scope: Scope) -> list[int]:
    """The years in which something was or is due, the newest first. One query."""
    rows = Obligation.objects.filter(in_scope(scope), plan=plan)
    return sorted({day.year for day in rows.dates("due_on", "year")}, reverse=True)
