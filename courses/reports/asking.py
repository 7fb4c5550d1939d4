"""What a report is asked: whose, about which plan or course, and how it is cut. The same for pages, files, letters."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from django.db.models import Exists, OuterRef, Q
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils import timezone

from cms.accounts.models import User
from courses.catalogue.models import Course
from courses.enrolment.models import Enrolment, TrainingPlan
from courses.reports import standing
from courses.reports.people import People
from courses.reports.scope import Scope, scope_of
from courses.training.models import Status

Query = Mapping[str, str]
GROUPS = ("unit", "grade", "month", "course")
NUDGE = "nudge"
NUDGED = (Status.OVERDUE, Status.BEHIND)


@dataclass(frozen=True)
class Asked:
    """A reader, what they see of it, and the words of the address."""

    reader: User
    scope: Scope
    query: Query


@dataclass(frozen=True)
class PlanAsked(Asked):
    """A plan in a year; ``years`` are those in which something is due."""

    plan: TrainingPlan
    years: list[int]
    year: int

    @property
    def group(self) -> str:
        return self.query.get("by") or "unit"

    @property
    def status(self) -> str:
        return self.query.get("status", "")

    @property
    def grade(self) -> str | None:
        """None where every grade is asked for; empty for those without one."""
        return self.query.get("grade")

    @property
    def statuses(self) -> tuple[str, ...]:
        if self.status == NUDGE:
            return NUDGED
        return (self.status,) if self.status else ()

    @cached_property
    def people(self) -> People:
        rows = standing.rows_of(self.plan, self.year, self.scope)
        return People(rows if self.grade is None else rows.filter(grade=self.grade), self.scope, self.statuses)


@dataclass(frozen=True)
class CourseAsked(Asked):
    course: Course


def ask(reader: User, query: Query) -> Asked:
    """404 for a unit that the reader may not see."""
    return Asked(reader, scope_of(reader, query.get("unit", "")), query)


def ask_plan(reader: User, slug: str, query: Query) -> PlanAsked:
    """404 for what the reader may not see, a year in which nothing is due, and words that mean nothing."""
    scope = scope_of(reader, query.get("unit", ""))
    plan = get_object_or_404(TrainingPlan.objects.visible_to(reader), slug=slug)
    years, this_year = standing.years_of(plan, scope), timezone.localdate().year
    text = query.get("year", "")
    if text and text not in map(str, {*years, this_year}):
        raise Http404
    newest = next((year for year in years if year <= this_year), (years or [this_year])[-1])
    asked = PlanAsked(reader, scope, query, plan, years, int(text) if text else newest)
    if asked.group not in GROUPS or asked.status not in {"", NUDGE, *Status.values}:
        raise Http404
    return asked


def ask_course(reader: User, slug: str, query: Query) -> CourseAsked:
    """A course that is offered, or was taken by somebody in the scope: history stays. 404 for any other."""
    asked = ask(reader, query)
    taken = Enrolment.objects.filter(course=OuterRef("pk"), organisation__in=asked.scope.pks)
    known = Course.objects.filter(Q(is_published=True, current__isnull=False) | Exists(taken))
    return CourseAsked(reader, asked.scope, query, get_object_or_404(known, slug=slug))
