"""Exports that stream: rows go from the database to the reader's disk, a few thousand at a time in memory."""

from collections.abc import Callable, Iterator, Sequence
from typing import Any

from django.db import connections
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from cms.tables.api import ROWS_AT_ONCE, safe_cell
from courses.catalogue.models import Course
from courses.credentials.models import CreditEntry
from courses.reports.scope import Scope, in_scope
from courses.training.models import ObligationQuerySet, Status

Cells = Sequence[object]


def completions(scope: Scope) -> tuple[list[str], Iterator[Cells]]:
    """Every completed course of the scope, the oldest first: header and rows. What was revoked says so."""
    entries = (
        CreditEntry.objects.filter(in_scope(scope), source=CreditEntry.Source.COURSE)
        .order_by("earned_on", "pk")
        .values_list(
            *("learner__name", "learner__email", "organisation_id", "course_id", "earned_on", "hours", "score"),
            *("certificate__code", "certificate__expires_on", "certificate__revocation__revoked_at"),
        )
    )
    units = {unit.pk: str(unit) for unit in scope.units}
    courses = {course.pk: str(course) for course in Course.objects.all()}
    header = [
        *(_("Name"), _("Email"), pgettext("organisation", "Unit"), _("Course"), _("Date"), _("Hours")),
        *(_("Score in percent"), _("Certificate number"), _("Valid until"), _("Revoked")),
    ]

    def row(cells: Sequence[Any]) -> Cells:
        name, email, unit, course, day, hours, score, code, until, revoked = cells
        return (
            _safe(name),
            _safe(email),
            units[unit],
            courses[course],
            day,
            hours,
            score,
            code,
            until,
            str(revoked)[:10] if revoked else "",
        )

    return header, _rows(entries, row)


def people(rows: ObligationQuerySet, scope: Scope) -> tuple[list[str], Iterator[Cells]]:
    """Who stands where under a plan: header and rows."""
    units = {unit.pk: str(unit) for unit in scope.units}
    statuses = {status.value: str(status.label) for status in Status}
    found = rows.with_status().values_list(
        *("learner__name", "learner__email", "organisation_id", "grade", "status", "hours_required", "hours_earned"),
        *("hours_carried", "courses_required", "courses_done", "due_on"),
    )
    header = [
        *(_("Name"), _("Email"), pgettext("organisation", "Unit"), pgettext("post", "Grade"), _("Status")),
        *(_("Hours owed"), _("Hours earned"), _("Hours carried over"), _("Required courses"), _("Courses done")),
        _("Due"),
    ]

    def row(cells: Sequence[Any]) -> Cells:
        name, email, unit, grade, status, *others = cells
        return (_safe(name), _safe(email), units[unit], _safe(grade), statuses[status], *others)

    return header, _rows(found, row)


def _rows(found: QuerySet, row: Callable[[Sequence[Any]], Cells]) -> Iterator[Cells]:
    """As the database sends them, past the model layer: for a text file, days and numbers are good as they come."""
    sql, parameters = found.query.sql_with_params()
    with connections[found.db].chunked_cursor() as cursor:
        cursor.execute(sql, parameters)
        while cells := cursor.fetchmany(ROWS_AT_ONCE):
            yield from map(row, cells)


def _safe(text: str) -> str:
    """``safe_cell``, asked only where the first character gives reason to."""
    return text if text[:1].isalnum() else safe_cell(text)
