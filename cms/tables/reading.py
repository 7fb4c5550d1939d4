"""From a file to rows of text: CSV in the encodings that spreadsheets write, and XLSX. The file is hostile."""

import csv
import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime

from python_calamine import CalamineError, CalamineWorkbook

MOST_BYTES = 50 * 1024 * 1024
MOST_UNPACKED = 400 * 1024 * 1024  # 100,000 rows of ten columns unpack to 60 MB
MOST_COLUMNS = 100
MOST_ROWS = 500_000
ENCODINGS = ("utf-8", "gb18030")
BYTE_ORDER_MARKS = {b"\xef\xbb\xbf": "utf-8-sig", b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16"}
CELL = re.compile(
    rb"""<(?:\w+:)?c\b[^>]*?\br\s*=\s*["']\s*([A-Za-z]{1,3})([0-9]{1,7})\s*["'][^>]*?(?:/>|>(\s*<(?:\w+:)?f\b)?)"""
)
OVERLAP = 4096  # a cell's tag that lies across two pieces is found in the second


class Unreadable(ValueError):
    """The file cannot be read as a table; ``code`` says why, ``values`` fill the sentence."""

    def __init__(self, code: str, **values: object) -> None:
        super().__init__(code)
        self.code, self.values = code, values


@dataclass
class Sheet:
    """Rows of text, the first of them the header. ``formulas`` are the cells that are worked out, by row and column;
    ``merged`` the ranges that look like one cell, by first and last row and column. Both count from one."""

    rows: Iterator[list[str]]
    formulas: set[tuple[int, int]] = field(default_factory=set)
    merged: list[tuple[tuple[int, int], tuple[int, int]]] = field(default_factory=list)


def read(content: bytes) -> Sheet:
    """Raises ``Unreadable``, at once or while the rows are read."""
    if len(content) > MOST_BYTES:
        raise Unreadable("too-large", megabytes=MOST_BYTES // 1024 // 1024)
    if not content.strip():
        raise Unreadable("empty")
    return _xlsx(content) if content.startswith(b"PK") else Sheet(_csv(content))


# --- CSV ----------------------------------------------------------------------------------------------
def _csv(content: bytes) -> Iterator[list[str]]:
    text = decode(content)
    if "\0" in text:
        raise Unreadable("no-text")
    first = text.partition("\n")[0]
    separator = max(",;\t", key=first.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    try:
        for number, row in enumerate(reader, start=1):
            _check_size(number, len(row))
            yield row
    except csv.Error:
        raise Unreadable("broken-line", line=reader.line_num) from None


def decode(content: bytes) -> str:
    """UTF-8 with or without a mark, UTF-16 with one, or GB18030, which Chinese spreadsheets write."""
    for mark, encoding in BYTE_ORDER_MARKS.items():
        if content.startswith(mark):
            try:
                return content.decode(encoding)
            except UnicodeDecodeError:
                raise Unreadable("no-text") from None
    for encoding in ENCODINGS:
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise Unreadable("no-text")


def _check_size(rows: int, columns: int) -> None:
    if columns > MOST_COLUMNS:
        raise Unreadable("too-many-columns", line=rows, columns=columns, most=MOST_COLUMNS)
    if rows > MOST_ROWS:
        raise Unreadable("too-many-rows", most=MOST_ROWS)


# --- XLSX ---------------------------------------------------------------------------------------------
def _xlsx(content: bytes) -> Sheet:
    formulas = _look_inside(content)
    try:
        workbook = CalamineWorkbook.from_filelike(io.BytesIO(content))
        sheet = workbook.get_sheet_by_index(0)
        rows = sheet.to_python(skip_empty_area=False)
        merged = [_from_one(*ends) for ends in sheet.merged_cell_ranges or []]
    except (CalamineError, IndexError, OSError, ValueError):
        raise Unreadable("no-workbook") from None
    return Sheet(([_text(cell) for cell in row] for row in rows), formulas, merged)


def _from_one(first: tuple[int, int], last: tuple[int, int]) -> tuple[tuple[int, int], tuple[int, int]]:
    return (first[0] + 1, first[1] + 1), (last[0] + 1, last[1] + 1)


def _look_inside(content: bytes) -> set[tuple[int, int]]:
    """The cells with formulas. Raises ``Unreadable`` for a bomb, and for cells so far out that reading them all,
    empty ones with them, would fill the memory."""
    formulas: set[tuple[int, int]] = set()
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            members = archive.infolist()
            if len(members) > 2000 or sum(member.file_size for member in members) > MOST_UNPACKED:
                raise Unreadable("bomb")
            for member in members:
                if member.filename.startswith("xl/worksheets/") and member.filename.endswith(".xml"):
                    _look_at(archive, member, formulas)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, OSError, EOFError):
        raise Unreadable("no-workbook") from None
    return formulas


def _look_at(archive: zipfile.ZipFile, member: zipfile.ZipInfo, formulas: set[tuple[int, int]]) -> None:
    read_bytes, tail = 0, b""
    with archive.open(member) as file:
        while piece := file.read(1024 * 1024):
            read_bytes += len(piece)
            if read_bytes > MOST_UNPACKED:  # the archive may lie about sizes
                raise Unreadable("bomb")
            text = tail + piece
            for column, row, formula in CELL.findall(text):
                number = _column_number(column)
                if number > MOST_COLUMNS or int(row) > MOST_ROWS:
                    _check_size(int(row), number)
                if formula:
                    formulas.add((int(row), number))
            tail = text[-OVERLAP:]


def _column_number(letters: bytes) -> int:
    number = 0
    for letter in letters.upper():
        number = number * 26 + letter - 64
    return number


def _text(cell: object) -> str:
    """A cell as its reader sees it: days as ISO dates, whole numbers without a point."""
    if isinstance(cell, datetime):
        return cell.date().isoformat()
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell)
