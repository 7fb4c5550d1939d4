"""Tables for spreadsheets: UTF-8 with a mark Excel understands, and no cell a program would run."""

import csv
from collections.abc import Iterable

from django.http import HttpResponse
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from courses.reports.api import Row

BYTE_ORDER_MARK = "\ufeff"
# A spreadsheet takes a cell that begins with one of these for a formula (OWASP: CSV injection).
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def safe_cell(value: object) -> str:
    """The value as text that a spreadsheet shows and never calculates."""
    text = str(value)
    return f"'{text}" if text.startswith(FORMULA_STARTS) or text.lstrip().startswith(FORMULA_STARTS[:4]) else text


def csv_response(filename: str, rows: Iterable[Row]) -> HttpResponse:
    response = HttpResponse(
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{filename}"'},
    )
    response.write(BYTE_ORDER_MARK)
    writer = csv.writer(response)
    writer.writerow([_("Name"), _("Email"), _("Organisation"), _("Status"), _("Progress in percent"), _("Completed")])
    labels = {"completed": _("Completed"), "in-progress": _("In progress"), "not-started": _("Not started")}
    for row in rows:
        completed = localtime(row.completed_at).strftime("%Y-%m-%d %H:%M") if row.completed_at else ""
        cells = [row.person.name, row.person.email, row.organisation, labels[row.status], row.percent, completed]
        writer.writerow([safe_cell(cell) for cell in cells])
    return response
