"""CSV that Excel opens as UTF-8, and XLSX; in neither does a cell ever become a formula."""

import csv
import io
import tempfile
from collections.abc import Iterable, Iterator
from itertools import chain

from django.http import FileResponse, HttpResponse, StreamingHttpResponse

from cms.tables.workbook import Row, plain_cells, write_workbook

BYTE_ORDER_MARK = "\ufeff"
# A spreadsheet takes a cell that begins with one of these for a formula (OWASP: CSV injection).
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
CSV = "text/csv; charset=utf-8"
ROWS_AT_ONCE = 5000
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


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
    """A workbook of anything that has a name: whatever is neither number nor day becomes text."""
    found = list(plain_cells(rows))
    return xlsx_stream(filename, title, header, found, count=len(found), right_to_left=right_to_left)


def xlsx_stream(
    filename: str, title: str, header: Row, rows: Iterable[Row], *, count: int, right_to_left: bool
) -> FileResponse:
    """For as many rows as there are, of text, numbers and days only; they go to the disk as they come."""
    file = tempfile.NamedTemporaryFile(suffix=".xlsx")  # noqa: SIM115  (the response closes it)
    try:
        write_workbook(file.name, title, header, rows, count=count, right_to_left=right_to_left)
    except BaseException:
        file.close()
        raise
    file.seek(0)
    return FileResponse(file, as_attachment=True, filename=filename, content_type=XLSX)
