"""Why somebody owes what they owe, in their own language."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from cms.accounts.models import User
from courses.catalogue.api import credit_hours_text
from courses.catalogue.models import Course
from courses.credentials.models import CreditEntry
from courses.enrolment.models import Enrolment, TrainingPlan
from courses.training.models import Obligation, Status


@dataclass(frozen=True)
class RequiredCourse:
    """A course that a plan asks for, and how far the person is with it."""

    course: Course
    is_done: bool
    enrolment: Enrolment | None


@dataclass(frozen=True)
class Owed:
    """One plan in one period, as a page tells a person about it."""

    obligation: Obligation
    units: tuple[str, ...]
    courses: tuple[RequiredCourse, ...]

    @property
    def plan(self) -> TrainingPlan:
        return self.obligation.plan

    @property
    def status(self) -> Status:
        return Status(self.obligation.status)

    @property
    def percent(self) -> int:
        """Of the hours, or of the courses where no hours are owed."""
        row = self.obligation
        if row.hours_required:
            return min(100, int(100 * row.hours_counted / row.hours_required))
        return int(100 * row.courses_done / row.courses_required) if row.courses_required else 100

    @property
    def because(self) -> str:
        return because(self.obligation)

    @property
    def notes(self) -> list[str]:
        return notes(self.obligation)


def owed_by(person: User, rows: Iterable[Obligation]) -> list[Owed]:
    """The plans of a person, each once though they may have it in several units; the rows have their status.
    Two queries."""
    grouped: dict[tuple[int, date], list[Obligation]] = {}
    for row in rows:
        grouped.setdefault((row.plan_id, row.starts_on), []).append(row)
    enrolments = {one.course_id: one for one in Enrolment.objects.of(person).order_by("round")}
    done = set(
        CreditEntry.objects.of(person)
        .filter(source=CreditEntry.Source.COURSE, certificate__revocation__isnull=True)
        .values_list("course_id", flat=True)
    )
    return [
        Owed(
            same[0],
            tuple(str(row.organisation) for row in same),
            tuple(
                RequiredCourse(course, course.pk in done, enrolments.get(course.pk))
                for course in same[0].plan.courses.all()
            ),
        )
        for same in grouped.values()
    ]


def because(row: Obligation) -> str:
    """The sentence that says what is owed, by when and why."""
    hours = credit_hours_text(row.hours_required)
    values = {
        "hours": hours,
        "day": date_format(row.due_on, "DATE_FORMAT"),
        "unit": str(row.organisation),
        "audience": str(row.audience or ""),
        "grade": row.grade,
        "cohort": str(row.cohort or ""),
        "joined": date_format(row.joined_on, "DATE_FORMAT"),
        "days": row.plan.days or 0,
    }
    reasons = {
        "person": _("because the plan was assigned to you by name."),
        "cohort": _("because you belong to the cohort %(cohort)s."),
        "grade": _("because your grade in %(unit)s is %(grade)s."),
        "unit": _("because you belong to %(unit)s, to which the plan was assigned."),
        "audience": _("because you belong to %(unit)s, and the plan is for this audience: %(audience)s."),
        "everybody": _("because you belong to %(unit)s, and the plan is for everybody there."),
    }
    if row.plan.period == TrainingPlan.Period.JOINING:
        what = _("You owe %(hours)s by %(day)s, %(days)s days after you joined on %(joined)s,")
    else:
        what = _("You owe %(hours)s by %(day)s,")
    # Chinese puts no space between the two.
    return _("%(what)s %(why)s") % {"what": what % values, "why": reasons[row.because] % values}


def notes(row: Obligation) -> list[str]:
    """What makes the hours fewer than the plan says, and what was carried over."""
    labels = {
        "joined": _("%(hours)s fewer, since you joined during the period."),
        "leave": _("%(hours)s fewer for leave."),
        "part-time": _("%(hours)s fewer for part-time work."),
        "exemption": _("%(hours)s fewer: you are exempt."),
    }
    found = [labels[kind] % {"hours": credit_hours_text(Decimal(hours))} for kind, hours in row.reductions]
    if row.hours_carried:
        hours = credit_hours_text(row.hours_carried)
        found.append(_("%(hours)s carried over from the period before.") % {"hours": hours})
    if row.plan.minimum_score:
        found.append(_("Courses with a test count from %(score)d %% on.") % {"score": row.plan.minimum_score})
    return found
