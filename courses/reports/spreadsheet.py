"""A course's learners as a table for a spreadsheet."""

from collections.abc import Iterable

from django.http import HttpResponse
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from cms.tables.api import csv_response
from courses.reports.api import Row


def learners_csv(filename: str, rows: Iterable[Row]) -> HttpResponse:
    header = [
        _("Name"),
        _("Email"),
        _("Organisation"),
        _("Status"),
        _("Progress in percent"),
        _("Active minutes"),
        _("Claims cut"),
        _("Completed"),
    ]
    labels = {"completed": _("Completed"), "in-progress": _("In progress"), "not-started": _("Not started")}
    cells = (
        [
            row.person.name,
            row.person.email,
            row.organisation,
            labels[row.status],
            row.percent,
            row.minutes,
            row.flags,
            _moment(row),
        ]
        for row in rows
    )
    return csv_response(filename, header, cells)


def _moment(row: Row) -> str:
    return localtime(row.completed_at).strftime("%Y-%m-%d %H:%M") if row.completed_at else ""
