"""Question banks as XLSX: a row a question, and on a second sheet a row an answer, a column a language."""

import io
import zipfile
from collections.abc import Iterator, Sequence
from decimal import Decimal, InvalidOperation
from typing import Any
from uuid import UUID

import xlsxwriter
from django.utils.translation import gettext as _
from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from courses.assessment.exchange.rows import CODES, BankRefused, OptionRow, QuestionRow

QUESTIONS, OPTIONS = "Questions", "Answers"
FIXED = ["key", "kind", "topic", "competence", "difficulty", "points", "number", "tolerance"]
MOST_BYTES = 5 * 1024 * 1024
MOST_UNPACKED = 60 * 1024 * 1024
MOST_ROWS, MOST_COLUMNS = 30_000, 40


def _columns(*fields: str) -> list[str]:
    return [f"{field} {code}" for field in fields for code in CODES]


def write(rows: Sequence[QuestionRow]) -> bytes:
    """The questions as a workbook. Every cell is text or a number: nothing in it is run."""
    buffer = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(buffer, options) as book:
        _write_sheet(book.add_worksheet(QUESTIONS), [*FIXED, *_columns("text", "feedback")], map(_question_cells, rows))
        head = ["key", "answer", "correct", *_columns("text", "match", "feedback")]
        _write_sheet(book.add_worksheet(OPTIONS), head, _option_cells(rows))
    return buffer.getvalue()


def _write_sheet(sheet: Any, head: Sequence[str], rows: Any) -> None:
    sheet.freeze_panes(1, 1)
    for line, cells in enumerate([head, *rows]):
        for column, cell in enumerate(cells):
            sheet.write_string(line, column, str(cell))


def _question_cells(row: QuestionRow) -> list[str]:
    fixed = [row.key, row.kind, row.topic, row.competence, row.difficulty, row.points]
    numbers = ["", ""] if row.number is None else [_plain(row.number), _plain(row.tolerance)]
    return [*map(str, fixed), *numbers, *_cells(row.text), *_cells(row.feedback)]


def _option_cells(rows: Sequence[QuestionRow]) -> Iterator[list[str]]:
    for row in rows:
        for place, option in enumerate(row.options, start=1):
            texts = [*_cells(option.text), *_cells(option.match), *_cells(option.feedback)]
            yield [str(row.key), str(place), "yes" if option.is_correct else "no", *texts]


def _cells(texts: dict[str, str]) -> list[str]:
    return [texts.get(code, "") for code in CODES]


def _plain(number: Decimal) -> str:
    return f"{number.normalize():f}"


def read(content: bytes) -> list[QuestionRow]:
    """The questions of a workbook. Raises ``BankRefused`` for anything that is none, or that holds formulas."""
    _check_archive(content)
    try:
        book = load_workbook(io.BytesIO(content), read_only=True)
        questions, options = (_table(book, name) for name in (QUESTIONS, OPTIONS))
    except BankRefused:
        raise
    except (InvalidFileException, KeyError, ValueError, TypeError, OSError, zipfile.BadZipFile, SyntaxError) as error:
        raise BankRefused([_("This is no workbook that can be read. Save it as XLSX and upload it again.")]) from error
    rows = [_question(line, cells) for line, cells in questions]
    by_key = {cells["key"]: row for (_line, cells), row in zip(questions, rows, strict=True)}
    problems = [_add_option(by_key, line, cells) for line, cells in options]
    if found := list(filter(None, problems)):
        raise BankRefused(found)
    return rows


def _check_archive(content: bytes) -> None:
    if len(content) > MOST_BYTES:
        raise BankRefused([_("The file is larger than 5 MB. Divide it.")])
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            size = sum(member.file_size for member in archive.infolist())
    except zipfile.BadZipFile as error:
        raise BankRefused([_("This is no workbook that can be read. Save it as XLSX and upload it again.")]) from error
    if size > MOST_UNPACKED:
        raise BankRefused([_("The file unpacks to more than is allowed. Divide it.")])


def _table(book: Any, name: str) -> list[tuple[int, dict[str, str]]]:
    """The rows of a sheet that are not empty, each with its line number, as text by column."""
    if name not in book.sheetnames:
        raise BankRefused([_("The sheet “%(name)s” is missing.") % {"name": name}])
    lines = book[name].iter_rows(max_row=MOST_ROWS + 2, max_col=MOST_COLUMNS)
    head = [str(cell.value or "").strip() for cell in next(lines, ())]
    found = []
    for line, cells in enumerate(lines, start=2):
        if line > MOST_ROWS + 1:
            raise BankRefused([_("There are more than %(most)s rows. Divide the file.") % {"most": MOST_ROWS}])
        values = {column: _value(name, line, column, cell) for column, cell in zip(head, cells, strict=False) if column}
        if any(values.values()):
            found.append((line, values))
    return found


def _value(sheet: str, line: int, column: str, cell: Any) -> str:
    if cell.data_type == "f":
        message = _("%(sheet)s, row %(line)s, column “%(column)s”: a formula. Write the value itself.")
        raise BankRefused([message % {"sheet": sheet, "line": line, "column": column}])
    value = cell.value
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return str(value).strip()


def _question(line: int, cells: dict[str, str]) -> QuestionRow:
    place = _("%(sheet)s, row %(line)s") % {"sheet": QUESTIONS, "line": line}
    try:
        number = Decimal(cells["number"]) if cells.get("number") else None
        return QuestionRow(
            kind=cells.get("kind", ""),
            place=place,
            key=UUID(cells["key"]) if cells.get("key") else None,
            points=int(cells.get("points") or 1),
            difficulty=cells.get("difficulty") or "medium",
            topic=cells.get("topic", ""),
            competence=cells.get("competence", ""),
            number=number,
            tolerance=Decimal(cells.get("tolerance") or 0),
            text=_texts(cells, "text"),
            feedback=_texts(cells, "feedback"),
        )
    except (ValueError, InvalidOperation) as error:
        raise BankRefused(
            [_("%(place)s: key, points, number or tolerance cannot be read.") % {"place": place}]
        ) from error


def _texts(cells: dict[str, str], field: str) -> dict[str, str]:
    return {code: cells[f"{field} {code}"] for code in CODES if cells.get(f"{field} {code}")}


def _add_option(by_key: dict[str, QuestionRow], line: int, cells: dict[str, str]) -> str:
    row = by_key.get(cells.get("key", ""))
    if row is None:
        return _("%(sheet)s, row %(line)s: no question has this key.") % {"sheet": OPTIONS, "line": line}
    is_correct = cells.get("correct", "").lower() in {"yes", "1", "true", "x"}
    row.options.append(OptionRow(_texts(cells, "text"), _texts(cells, "match"), _texts(cells, "feedback"), is_correct))
    return ""
