"""A report as a file: CSV and XLSX of any length, and PDF of what can be printed."""

import re
import tempfile
from datetime import date
from decimal import Decimal
from itertools import islice
from pathlib import Path
from typing import Any

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.utils.formats import date_format, number_format
from django.utils.text import slugify
from django.utils.translation import get_language, get_language_bidi, ngettext
from django.utils.translation import gettext as _

from cms.tables.api import BYTE_ORDER_MARK, CSV, XLSX, csv_lines, csv_stream, xlsx_stream
from cms.tables.workbook import write_workbook
from cms.typeset.api import render_pdf, typst_language
from courses.reports.tables import Table

TEMPLATE = Path(__file__).with_name("typst") / "report.typ"
MOST_PRINTED = 500  # rows; who needs more takes a table that a spreadsheet opens
FORMS = ("csv", "xlsx", "pdf")


def as_file(table: Table, form: str, name: str) -> HttpResponseBase:
    """``form`` is csv, xlsx or pdf. Raises ``TypesettingError``."""
    filename = _filename(name, form)
    if form == "csv":
        return csv_stream(filename, table.header, table.rows)
    if form == "xlsx":
        return xlsx_stream(
            filename, table.title, table.header, table.rows, count=table.count, right_to_left=get_language_bidi()
        )
    return HttpResponse(
        report_pdf(table),
        content_type="application/pdf",
        headers={"Content-Disposition": f'attachment; filename="{filename}"'},
    )


def content_of(table: Table, form: str, name: str) -> tuple[str, bytes, str]:
    """The same as an attachment: its name, its bytes, its media type. Raises ``TypesettingError``.

    Made without a response: closing one ends the request, and with it the connection to the database.
    """
    filename = _filename(name, form)
    if form == "csv":
        lines = csv_lines(table.header, table.rows, are_safe=True)
        return filename, "".join([BYTE_ORDER_MARK, *lines]).encode(), CSV
    if form == "pdf":
        return filename, report_pdf(table), "application/pdf"
    with tempfile.NamedTemporaryFile(suffix=".xlsx") as file:
        write_workbook(
            *(file.name, table.title, table.header, table.rows),
            count=table.count,
            right_to_left=get_language_bidi(),
        )
        return filename, file.read(), XLSX


def _filename(name: str, form: str) -> str:
    return f"{slugify(name)}-{timezone.localdate():%Y-%m-%d}.{form}"


def report_pdf(table: Table) -> bytes:
    """The chart and the first rows as a tagged PDF; it says how many rows are left out."""
    rows = [[_printed(cell) for cell in row] for row in islice(table.rows, MOST_PRINTED)]
    left_out = max(table.count - len(rows), 0)
    longest = max((value for _label, value, _text in table.bars), default=0) or 1
    now = timezone.localtime()
    data: dict[str, Any] = {
        "lang": typst_language(get_language() or "en"),
        "title": table.title,
        "author": "Imprint",
        "about": table.about,
        "as_of": _("As of %(time)s") % {"time": date_format(now, "DATETIME_FORMAT")},
        "header": [str(name) for name in table.header],
        "rows": rows,
        "bars": [[label, round(100 * value / longest, 1), text] for label, value, text in table.bars],
        "caption": table.caption,
        "empty": _("There is nothing to show."),
        "left_out": _left_out(left_out) if left_out else "",
    }
    return render_pdf(TEMPLATE, data, when=now, is_kept=False)


def _left_out(number: int) -> str:
    text = ngettext(
        "%(number)s more row is left out here. CSV and XLSX have all of them.",
        "%(number)s more rows are left out here. CSV and XLSX have all of them.",
        number,
    )
    return text % {"number": number_format(number, use_l10n=True, force_grouping=True)}


def _printed(cell: object) -> dict[str, Any]:
    """What stands in a cell; numbers stand at its end, and neither they nor codes turn around in Arabic."""
    is_number = isinstance(cell, int | float | Decimal)
    if isinstance(cell, date):
        text = date_format(cell, "SHORT_DATE_FORMAT")
    elif isinstance(cell, int | float | Decimal):
        text = number_format(cell, use_l10n=True)
    else:
        text = "" if cell is None else str(cell)
    is_latin = bool(text) and not re.search(r"[^\x00-\u024f]", text)
    return {"text": text, "number": is_number, "ltr": is_number or is_latin}
