"""CSV that Excel opens as UTF-8, and XLSX; in neither does a cell ever become a formula."""

import csv
import io
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from typing import Any

import xlsxwriter
from django.http import FileResponse, HttpResponse, StreamingHttpResponse

BYTE_ORDER_MARK = "\ufeff"
# A spreadsheet takes a cell that begins with one of these for a formula (OWASP: CSV injection).
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
CSV = "text/csv; charset=utf-8"
ROWS_AT_ONCE = 5000
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
Row = Sequence[object]


def safe_cell(value: object) -> str:
    """The value as text that a spreadsheet shows and never calculates."""
    text = str(value)
    return f"'{text}" if text.startswith(FORMULA_STARTS) or text.lstrip().startswith(FORMULA_STARTS[:4]) else text


def csv_lines(header: Row, rows: Iterable[Row], *, are_safe: bool = False) -> Iterator[str]:
    """CSV, some thousand rows at a time. ``are_safe``: whoever made them has asked ``safe_cell`` where it matters."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(header)
    for number, row in enumerate(rows, start=1):
        writer.writerow(row if are_safe else [safe_cell(cell) for cell in row])
        if number % ROWS_AT_ONCE == 0:
            yield text.getvalue()
            text.seek(0)
            text.truncate()
    yield text.getvalue()


def csv_response(filename: str, header: Row, rows: Iterable[Row]) -> HttpResponse:
    lines = "".join(csv_lines(header, rows))
    return HttpResponse(BYTE_ORDER_MARK + lines, content_type=CSV, headers=_as_file(filename))


def csv_stream(filename: str, header: Row, rows: Iterable[Row]) -> StreamingHttpResponse:
    """For as many rows as there are, which are safe already; they are sent as they come."""
    lines = chain([BYTE_ORDER_MARK], csv_lines(header, rows, are_safe=True))
    # Packing would cost more time than the wire saves, and holds rows back.
    headers = _as_file(filename) | {"Content-Encoding": "identity"}
    return StreamingHttpResponse(lines, content_type=CSV, headers=headers)


def _as_file(filename: str) -> dict[str, str]:
    return {"Content-Disposition": f'attachment; filename="{filename}"'}


def xlsx_response(filename: str, title: str, header: Row, rows: Iterable[Row], *, right_to_left: bool) -> FileResponse:
    """A workbook with one sheet; its rows go to disk as they come."""
    file = tempfile.TemporaryFile()  # noqa: SIM115  (the response closes it)
    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    workbook = xlsxwriter.Workbook(file, options)
    sheet = workbook.add_worksheet(_sheet_name(title))
    if right_to_left:
        sheet.right_to_left()
    sheet.freeze_panes(1, 0)
    sheet.set_column(0, len(header), 24)
    _write(sheet, 0, header, workbook.add_format({"bold": True}))
    for number, row in enumerate(rows, start=1):
        _write(sheet, number, row)
    workbook.close()
    file.seek(0)
    return FileResponse(file, as_attachment=True, filename=filename, content_type=XLSX)


def _write(sheet: Any, number: int, row: Row, form: Any = None) -> None:
    for column, cell in enumerate(row):
        if isinstance(cell, int | float):
            sheet.write_number(number, column, cell, form)
        else:
            sheet.write_string(number, column, str(cell), form)


def _sheet_name(title: str) -> str:
    """At most 31 characters, none of those Excel refuses."""
    return "".join(character for character in title if character not in "[]:*?/\\'")[:31] or "1"
