"""XLSX of any length: sheet after sheet, row after row to the disk, a few megabytes in memory."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from decimal import Decimal
from itertools import chain, islice
from os import PathLike
from typing import Any

from rustpy_xlsxwriter import write_worksheets

ROWS_A_SHEET = 1_048_575  # Excel's limit is 2 to the power of 20, of which the header takes one
LONGEST_CELL = 32_767
MEANWHILE = 1000  # rows that may have come between counting and writing
WIDTH = 24.0
AS_THEY_ARE = (str, int, float, Decimal, date, datetime, type(None))
Row = Sequence[object]


def write_workbook(
    path: str | PathLike[str], title: str, header: Row, rows: Iterable[Row], *, count: int, right_to_left: bool
) -> None:
    """Numbers and days stay numbers and days; text is text, also where it begins like a formula.

    ``count`` rows are expected: there is a sheet for each million of them. Column names that are there twice get a
    number: the writer knows columns by their names.
    """
    names = _once(str(name) for name in header)
    records: Iterator[dict[str, Any]] = (dict(zip(names, row, strict=True)) for row in rows)
    # Without a row the writer would know no column: then one row of empty cells stands below the header.
    records = chain([next(records, dict.fromkeys(names))], records)
    last = (count + MEANWHILE) // ROWS_A_SHEET + 1
    full = [(sheet_name(title, number), islice(records, ROWS_A_SHEET)) for number in range(1, last)]
    write_worksheets(
        # The last takes all that is left: if that is more than it holds, the writer says so, and nothing is dropped.
        [*full, (sheet_name(title, last), records)],
        str(path),
        freeze_panes={"general": {"row": 1, "col": 0}},
        bold_headers=True,
        column_width={"general": WIDTH},
        datetime_format="yyyy-mm-dd",
        sheet_view={"general": {"right_to_left": right_to_left}},
    )


def plain_cells(rows: Iterable[Row]) -> Iterator[Row]:
    """Rows of anything as rows that a workbook takes."""
    return ([_plain(cell) for cell in row] for row in rows)


def _plain(cell: object) -> object:
    if isinstance(cell, str):
        return cell[:LONGEST_CELL]
    return cell if isinstance(cell, AS_THEY_ARE) and not isinstance(cell, bool) else str(cell)[:LONGEST_CELL]


def _once(names: Iterable[str]) -> list[str]:
    found: list[str] = []
    for name in names:
        number = sum(other == name or other.startswith(f"{name} (") for other in found)
        found.append(f"{name} ({number + 1})" if number else name)
    return found


def sheet_name(title: str, number: int = 1) -> str:
    """At most 31 characters, none of those Excel refuses."""
    plain = "".join(character for character in title if character not in "[]:*?/\\'").strip() or "1"
    return plain[:31] if number == 1 else f"{plain[:27]} {number}"
