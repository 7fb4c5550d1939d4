"""Plans by status: how many people are done, on track, behind and overdue, by unit, grade, month or course.

Each person is counted once: where they have a plan in several units of the scope, in the first of them. Every
comparison is one GROUP BY; the whole is the sum of its parts.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, time
from functools import reduce
from operator import or_

from django.db.models import Case, Count, DateField, Exists, OuterRef, Q, Subquery, Value, When
from django.utils import timezone

from cms.accounts.models import User
from cms.directory.models import Organisation
from courses.catalogue.models import Course
from courses.credentials.models import CreditEntry, CreditEntryQuerySet, Revocation
from courses.enrolment.models import TrainingPlan
from courses.reports.scope import Scope, in_scope
from courses.training.models import COUNTED, Obligation, ObligationQuerySet, Status, status_at

AT_ONCE = 500  # learners named in one query


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


def _present(rows: ObligationQuerySet, scope: Scope) -> ObligationQuerySet:
    """Rows of the scope whose people still have an account."""
    gone = User.objects.filter(is_active=False).order_by().values("pk")
    return rows.filter(in_scope(scope)).exclude(learner__in=gone)


def _each_once(rows: ObligationQuerySet, scope: Scope) -> ObligationQuerySet:
    """The same, each person once in a plan and period. The few who stand there twice are asked first, in a query of
    their own: a condition on each of a million rows would be slow."""
    earlier = Obligation.objects.filter(
        in_scope(scope),
        plan=OuterRef("plan"),
        learner=OuterRef("learner"),
        starts_on=OuterRef("starts_on"),
        is_shared=True,
        left_on__isnull=True,
        pk__lt=OuterRef("pk"),
    )
    doubles = rows.filter(in_scope(scope), Exists(earlier), is_shared=True).order_by().values_list("pk", flat=True)
    present, twice = _present(rows, scope), list(doubles)
    return present.exclude(pk__in=twice) if twice else present


def _due_in(year: int) -> tuple[date, date]:
    return date(year, 1, 1), date(year, 12, 31)


def rows_of(plan: TrainingPlan, year: int, scope: Scope) -> ObligationQuerySet:
    """The plan's rows that are due in a year, each person once. Asks one small query."""
    return _each_once(Obligation.objects.filter(plan=plan, due_on__range=_due_in(year)), scope)


def total(plan: TrainingPlan, year: int, scope: Scope, now: datetime | None = None) -> Tally:
    """All of the scope."""
    return sum_of(by_unit(plan, year, scope, now))


def sum_of(parts: Iterable[Tally]) -> Tally:
    """Parts that have nobody in common, together."""
    return Tally("", sum((part.counts for part in parts), Counter()))


def counts_by_unit(rows: ObligationQuerySet, now: datetime | None = None) -> Counter[tuple[int, str]]:
    """People by the unit's primary key and status."""
    found = (
        rows.order_by().values("organisation_id", status=status_at(now or timezone.now())).annotate(people=Count("pk"))
    )
    return Counter({(row["organisation_id"], row["status"]): row["people"] for row in found})


def by_unit(plan: TrainingPlan, year: int, scope: Scope, now: datetime | None = None) -> list[Tally]:
    """The parts of the scope side by side, each with all below it."""
    found = {unit.pk: Tally(str(unit), unit=unit, key=unit.slug) for unit in scope.parts}
    for (unit, status), people in counts_by_unit(rows_of(plan, year, scope), now).items():
        part = scope.part_of[unit]
        found.setdefault(part.pk, Tally(str(part), unit=part, key=part.slug)).counts[status] += people
    return [tally for tally in found.values() if tally.counts]


def by_grade(plan: TrainingPlan, year: int, scope: Scope, now: datetime | None = None) -> list[Tally]:
    """By the grade that people had."""
    found: dict[str, Tally] = {}
    rows = (
        rows_of(plan, year, scope)
        .order_by()
        .values("grade", status=status_at(now or timezone.now()))
        .annotate(people=Count("pk"))
    )
    for row in rows:
        grade = row["grade"]
        found.setdefault(grade, Tally(grade, key=grade)).counts[row["status"]] += row["people"]
    return [found[grade] for grade in sorted(found)]


@dataclass(frozen=True)
class Trend:
    """All people by status, and how many became done in each month, from the first to the last."""

    whole: Tally
    months: list[tuple[date, int]]

    @property
    def so_far(self) -> list[tuple[date, int, int]]:
        """Each month with how many were done by its end."""
        found, done = [], 0
        for month, people in self.months:
            done += people
            found.append((month, people, done))
        return found


def by_month(plan: TrainingPlan, year: int, scope: Scope, now: datetime | None = None) -> Trend:
    """By the month in which people became done, where the reader is."""
    now = now or timezone.now()
    rows = (
        rows_of(plan, year, scope)
        .order_by()
        .values(month=_month_done(year, now), status=status_at(now))
        .annotate(people=Count("pk"))
    )
    whole, months = Tally(""), Counter[date]()
    for row in rows:
        whole.counts[row["status"]] += row["people"]
        if row["month"]:
            months[row["month"]] += row["people"]
    return Trend(whole, sorted(months.items()))


def _month_done(year: int, now: datetime) -> Case:
    """The first day of the month, worked out by comparing: SQLite would call Python for each row otherwise.

    From two years before the year of the plan: whoever joined a rolling plan may have been done by then.
    """
    last = timezone.localdate(now)
    months = [date(y, m, 1) for y in range(year - 2, last.year + 1) for m in range(1, 13) if date(y, m, 1) <= last]
    begins = [timezone.make_aware(datetime.combine(month, time())) for month in months]
    whens = [
        When(done_at__gte=begin, then=Value(month)) for month, begin in reversed(list(zip(months, begins, strict=True)))
    ]
    return Case(*whens, default=None, output_field=DateField(null=True))


@dataclass(frozen=True)
class CourseTally:
    """One course under a plan: how many of its people have completed it."""

    course: Course
    is_required: bool
    completed: int
    people: int

    @property
    def percent(self) -> int:
        return round(100 * self.completed / self.people) if self.people else 0


def by_course(plan: TrainingPlan, year: int, scope: Scope, people: int) -> list[CourseTally]:
    """Each course that the plan requires, and each other that its people completed in the year. Four queries.

    A required course counts however long ago it was completed; what was revoked does not. ``people`` are all.
    """
    required = set(plan.courses.values_list("pk", flat=True))
    bound = Obligation.objects.filter(plan=plan, due_on__range=_due_in(year), left_on__isnull=True, is_exempt=False)
    completed = _completed(_present(bound, scope), required, year)
    courses = Course.objects.in_bulk({*completed, *required})
    tallies = [CourseTally(course, pk in required, completed[pk], people) for pk, course in courses.items()]
    return sorted(tallies, key=lambda tally: (not tally.is_required, -tally.completed, tally.course.slug))


def _completed(bound: ObligationQuerySet, required: set[int], year: int) -> Counter[int]:
    """How many of the bound completed each course; those whose only certificate was revoked are taken off."""
    starts_on, ends_on = _due_in(year)
    in_time = Q(course__in=required) | Q(earned_on__gte=starts_on) if required else Q(earned_on__gte=starts_on)
    lines = CreditEntry.objects.filter(
        in_time,
        source=CreditEntry.Source.COURSE,
        course__isnull=False,
        earned_on__lte=ends_on,
        learner__in=bound.order_by().values("learner_id"),
    ).order_by()
    people = lines.values("course_id").annotate(people=Count("learner_id", distinct=True))
    found = Counter({row["course_id"]: row["people"] for row in people})
    found.subtract(_lost(lines))
    return +found


def _lost(lines: CreditEntryQuerySet) -> Counter[int]:
    """People by course, all of whose lines were revoked. Revocations are few: only their learners are looked at,
    which is quicker than asking each of a million lines."""
    revoked = dict(Revocation.objects.values_list("certificate_id", "certificate__enrolment__learner_id"))
    learners = sorted(set(revoked.values()))
    holds: dict[tuple[int, int], bool] = {}
    for start in range(0, len(learners), AT_ONCE):
        of_them = lines.filter(learner__in=learners[start : start + AT_ONCE])
        for learner, course, certificate in of_them.values_list("learner_id", "course_id", "certificate_id"):
            holds[learner, course] = holds.get((learner, course), False) or certificate not in revoked
    return Counter(course for (_learner, course), is_held in holds.items() if not is_held)


def years_of(plan: TrainingPlan, scope: Scope) -> list[int]:
    """The years in which something was or is due, the newest first: one step through the index for each."""
    rows = Obligation.objects.filter(in_scope(scope), plan=plan)
    found: list[int] = []
    day = rows.order_by("due_on").values_list("due_on", flat=True).first()
    while day:
        found.insert(0, day.year)
        later = rows.filter(due_on__gt=date(day.year, 12, 31))
        day = later.order_by("due_on").values_list("due_on", flat=True).first()
    return found


def plans_of(scope: Scope, most: int, now: datetime | None = None) -> list[tuple[TrainingPlan, int, Tally]]:
    """The plans under which somebody in the scope owes or owed something: the newest year that has begun, or else
    the first to come, and how people stand in it. Three queries."""
    this_year = timezone.localdate(now).year
    days = Obligation.objects.filter(in_scope(scope), plan=OuterRef("pk"))
    begun = days.filter(due_on__lte=date(this_year, 12, 31)).order_by("-due_on").values("due_on")[:1]
    to_come = days.filter(due_on__gt=date(this_year, 12, 31)).order_by("due_on").values("due_on")[:1]
    plans = TrainingPlan.objects.annotate(begun_on=Subquery(begun), to_come_on=Subquery(to_come))
    years = {plan: (plan.begun_on or plan.to_come_on) for plan in plans}
    newest = sorted(((plan, day.year) for plan, day in years.items() if day), key=lambda pair: (-pair[1], pair[0].slug))
    return _with_tallies(newest[:most], scope, now)


def _with_tallies(
    plans: list[tuple[TrainingPlan, int]], scope: Scope, now: datetime | None
) -> list[tuple[TrainingPlan, int, Tally]]:
    if not plans:
        return []
    asked = reduce(or_, (Q(plan=plan, due_on__range=_due_in(year)) for plan, year in plans))
    rows = (
        _each_once(Obligation.objects.filter(asked), scope)
        .order_by()
        .values("plan_id", status=status_at(now or timezone.now()))
        .annotate(people=Count("pk"))
    )
    tallies = {plan.pk: Tally(str(plan)) for plan, _year in plans}
    for row in rows:
        tallies[row["plan_id"]].counts[row["status"]] += row["people"]
    return [(plan, year, tallies[plan.pk]) for plan, year in plans]
