"""Every report as a table: what a file, a letter and a screen have in common."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db import connections
from django.db.models import QuerySet
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from cms.tables.api import ROWS_AT_ONCE, safe_cell
from courses.catalogue.api import published_courses
from courses.catalogue.models import Course
from courses.credentials.models import CreditEntry
from courses.reports import learners, standing
from courses.reports.asking import NUDGE, Asked, CourseAsked, PlanAsked
from courses.reports.completions import completions_by_course
from courses.reports.people import memberships_of
from courses.reports.scope import in_scope
from courses.training.models import COUNTED, Status

Cells = Sequence[object]
Clean = Callable[[str], str]  # what text goes through on its way into a cell
MOST_PLANS = 20
MOST_BARS = 20


@dataclass(frozen=True)
class Table:
    """``rows`` come once, as the database sends them; ``count`` says how many to expect."""

    title: str
    about: list[str]
    header: list[str]
    rows: Iterable[Cells]
    count: int
    bars: list[tuple[str, int, str]] = field(default_factory=list)
    caption: str = ""


def plans(asked: Asked, clean: Clean) -> Table:
    """Every plan with its statuses."""
    found = standing.plans_of(asked.scope, MOST_PLANS)
    rows = [
        (clean(str(plan)), year, tally.people, *(count for _status, count in tally.cells), tally.percent)
        for plan, year, tally in found
    ]
    header = [_("Plan"), _("Year"), *_status_header()]
    return Table(
        *(_("Training plans"), [asked.scope.label], header, rows, len(rows)),
        bars=bars_of([tally for _plan, _year, tally in found]),
        caption=_("Done, in percent of those who owe it"),
    )


def courses(asked: Asked, clean: Clean) -> Table:
    """Every course with its completions in each part of the scope."""
    parts = asked.scope.parts
    lines = completions_by_course(asked.scope)
    seen = {line.course.pk for line in lines}
    rows: list[Cells] = []
    for line in lines:
        numbers = dict(line.parts)
        rows.append((clean(str(line.course)), line.completions, *(numbers.get(part, 0) for part in parts)))
    rows += [
        (clean(str(course)), 0, *(0 for _part in parts)) for course in published_courses() if course.pk not in seen
    ]
    header = [_("Course"), _("Completions"), *(clean(str(part)) for part in parts)]
    return Table(
        *(_("Who has completed what"), [asked.scope.label], header, rows, len(rows)),
        bars=[(str(line.course), line.completions, str(line.completions)) for line in lines[:MOST_BARS]],
        caption=_("Completions"),
    )


def completions(asked: Asked, clean: Clean) -> Table:
    """Every completed course of the scope, the oldest first. What was revoked says so."""
    found = CreditEntry.objects.filter(in_scope(asked.scope), source=CreditEntry.Source.COURSE)
    entries = found.order_by("earned_on", "pk").values_list(
        *("learner__name", "learner__email", "organisation_id", "course_id", "earned_on", "hours", "score"),
        *("certificate__code", "certificate__expires_on", "certificate__revocation__revoked_at"),
    )
    units = {unit.pk: clean(str(unit)) for unit in asked.scope.units}
    names = {course.pk: clean(str(course)) for course in Course.objects.all()}
    header = [
        *(_("Name"), _("Email"), pgettext("organisation", "Unit"), _("Course"), _("Date"), _("Hours")),
        *(_("Score in percent"), _("Certificate number"), _("Valid until"), _("Revoked")),
    ]

    def row(cells: Sequence[Any]) -> Cells:
        name, email, unit, course, day, hours, score, code, until, revoked = cells
        revoked = _day(str(revoked)[:10]) if revoked else None
        day, until = _day(day), _day(until)
        return (clean(name), clean(email), units[unit], names[course], day, hours, score, code, until, revoked)

    return Table(_("All completions"), [asked.scope.label], header, _streamed(entries, row), found.count())


def plan(asked: PlanAsked, clean: Clean) -> Table:
    """People by status: by unit, grade, month or course."""
    if asked.group == "month":
        return _months(asked, clean)
    if asked.group == "course":
        return _courses(asked, clean)
    parts = parts_of(asked)
    first = pgettext("organisation", "Unit") if asked.group == "unit" else pgettext("post", "Grade")
    rows = [(clean(part.label), part.people, *(count for _s, count in part.cells), part.percent) for part in parts]
    return Table(
        *(str(asked.plan), _about(asked), [first, *_status_header()], rows, len(rows)),
        bars=bars_of(parts),
        caption=_("Done, in percent of those who owe it"),
    )


def _months(asked: PlanAsked, clean: Clean) -> Table:
    trend = standing.by_month(asked.plan, asked.year, asked.scope)
    header = [_("Month"), _("Became done"), _("Done so far")]
    rows = [(f"{month:%Y-%m}", people, so_far) for month, people, so_far in trend.so_far]
    return Table(
        *(str(asked.plan), _about(asked), header, rows, len(rows)),
        bars=bars_of_months(trend),
        caption=_("People who became done in each month"),
    )


def _courses(asked: PlanAsked, clean: Clean) -> Table:
    people = standing.total(asked.plan, asked.year, asked.scope).people
    tallies = standing.by_course(asked.plan, asked.year, asked.scope, people)
    header = [_("Course"), _("Required"), _("Completed"), _("People"), _("In percent")]
    rows = [
        (clean(str(tally.course)), _("yes") if tally.is_required else _("no"), tally.completed, people, tally.percent)
        for tally in tallies
    ]
    return Table(
        *(str(asked.plan), _about(asked), header, rows, len(rows)),
        bars=bars_of_courses(tallies),
        caption=_("Completed, in percent of those who owe something"),
    )


def parts_of(asked: PlanAsked) -> list[standing.Tally]:
    """By unit or by grade; whoever has no grade is said so."""
    if asked.group == "unit":
        return standing.by_unit(asked.plan, asked.year, asked.scope)
    tallies = standing.by_grade(asked.plan, asked.year, asked.scope)
    for tally in tallies:
        tally.label = tally.label or _("without a grade")
    return tallies


def bars_of(parts: list[standing.Tally]) -> list[tuple[str, int, str]]:
    return [(part.label, part.percent, f"{part.percent} %") for part in parts if part.people][:MOST_BARS]


def bars_of_months(trend: standing.Trend) -> list[tuple[str, int, str]]:
    return [(date_format(month, "F Y"), people, str(people)) for month, people in trend.months]


def bars_of_courses(tallies: list[standing.CourseTally]) -> list[tuple[str, int, str]]:
    return [(str(tally.course), tally.percent, f"{tally.percent} %") for tally in tallies][:MOST_BARS]


def people(asked: PlanAsked, clean: Clean) -> Table:
    """Who stands where under a plan."""
    units = {unit.pk: clean(str(unit)) for unit in asked.scope.units}
    statuses = {status.value: str(status.label) for status in Status}
    found = asked.people.rows.select_related(None).values_list(
        *("learner__name", "learner__email", "organisation_id", "grade", "status", "hours_required", "hours_earned"),
        *("hours_carried", "courses_required", "courses_done", "due_on"),
    )
    header = [
        *(_("Name"), _("Email"), pgettext("organisation", "Unit"), pgettext("post", "Grade"), _("Status")),
        *(_("Hours owed"), _("Hours earned"), _("Hours carried over"), _("Required courses"), _("Courses done")),
        _("Due"),
    ]

    def row(cells: Sequence[Any]) -> Cells:
        name, email, unit, grade, status, *numbers, due_on = cells
        return (clean(name), clean(email), units[unit], clean(grade), statuses[status], *numbers, _day(due_on))

    about = _about(asked)
    if asked.status:
        about.append(_("Needs a nudge") if asked.status == NUDGE else statuses[asked.status])
    if asked.grade is not None:
        about.append(asked.grade or _("without a grade"))
    return Table(str(asked.plan), about, header, _streamed(found, row), len(asked.people))


def course(asked: CourseAsked, clean: Clean) -> Table:
    """Person by person: who has not started, who is learning, who has completed."""
    labels = {"completed": _("Completed"), "in-progress": _("In progress"), "not-started": _("Not started")}
    header = [
        *(_("Name"), _("Email"), _("Organisation"), _("Status"), _("Progress in percent"), _("Active minutes")),
        *(_("Claims cut"), _("Completed")),
    ]
    rows = (
        (
            *(clean(row.person.name), clean(row.person.email), clean(str(row.organisation)), labels[row.status]),
            *(row.percent, row.minutes, row.flags),
            localtime(row.completed_at).date() if row.completed_at else None,
        )
        for row in learners.rows_in_batches(asked.course, asked.scope)
    )
    return Table(str(asked.course), [asked.scope.label], header, rows, memberships_of(asked.scope).count())


def _about(asked: PlanAsked) -> list[str]:
    return [str(asked.year), *([str(asked.scope.chosen)] if asked.scope.chosen else [])]


def _status_header() -> list[str]:
    return [_("People"), *(str(Status(status).label) for status in COUNTED), _("Done in percent")]


def _streamed(found: QuerySet, row: Callable[[Sequence[Any]], Cells]) -> Iterator[Cells]:
    """As the database sends them, past the model layer."""
    sql, parameters = found.query.sql_with_params()
    with connections[found.db].chunked_cursor() as cursor:
        cursor.execute(sql, parameters)
        while cells := cursor.fetchmany(ROWS_AT_ONCE):
            yield from map(row, cells)


def _day(value: date | str | None) -> date | None:
    """SQLite sends days as text."""
    return date.fromisoformat(value) if isinstance(value, str) else value


def safe(text: str) -> str:
    """For CSV: ``safe_cell``, asked only where the first character gives reason to."""
    return text if text[:1].isalnum() else safe_cell(text)
