"""Two languages in a Word document: tables of two columns, a row for every part that belongs together."""

from typing import TYPE_CHECKING, Any

from cms.typeset.word import (
    Tongue,
    keep_rows_whole,
    mark_header_row,
    mark_paragraph,
    mark_table,
    number_paragraph,
    numbering_from_one,
)
from curriculum.packs.booklets import Pair, paired, paired_sections
from curriculum.packs.content import Item, Section, SheetPart

if TYPE_CHECKING:
    from curriculum.packs.docx.document import Writer

ABSENT = "—"


def write_pair(writer: "Writer", pair: Pair) -> None:
    """A lesson with its translation beside it; where there is none, the first language stands alone."""
    if pair.second is None:
        writer.lesson(pair)
        return
    tongues = Tongue(pair.first.language), Tongue(pair.second.language)
    Columns(writer, pair, tongues).write()


class Columns:
    """One lesson in two languages."""

    def __init__(self, writer: "Writer", pair: Pair, tongues: tuple[Tongue, Tongue]) -> None:
        assert pair.second is not None
        self.writer = writer
        self.contents = (pair.first, pair.second)
        self.is_first = writer.booklet.lessons[0] is pair
        self.tongues = tongues

    def write(self) -> None:
        first, second = self.contents
        heading = self.writer.paragraph(first.title, "Heading 1")
        heading.paragraph_format.page_break_before = not self.is_first
        table = self._table([first.title, second.title])
        self._row(table, [first.summary, second.summary])
        for one, other in zip(first.facts, second.facts, strict=False):
            self._row(table, [f"{one[0]}: {one[1]}", f"{other[0]}: {other[1]}"])
        self._finish(table)
        for sections in paired_sections(first.sections, second.sections):
            self._section(*sections)
        for content, tongue in zip(self.contents, self.tongues, strict=True):
            if content.licence:
                text = f"{content.licence.title}. {content.licence.terms}"
                self.writer.labelled(content.labels["licence"], text, tongue=tongue)
        for sheets in paired(first.sheets, second.sheets):
            self._sheet(*sheets)

    # --- sections -------------------------------------------------------------------------------------
    def _section(self, first: Section | None, second: Section | None) -> None:
        titles = [section.title if section else ABSENT for section in (first, second)]
        self.writer.paragraph(" / ".join(title for title in titles if title != ABSENT), "Heading 2")
        table = self._table(titles)
        for items in paired(first.items if first else (), second.items if second else ()):
            cells = table.add_row().cells
            for cell, item, tongue in zip(cells, items, self.tongues, strict=True):
                self._item(cell, item, tongue)
        self._finish(table)

    def _item(self, cell: Any, item: Item | None, tongue: Tongue) -> None:
        if item is None:
            self._fill(cell, ABSENT, tongue)
            return
        own = Tongue(item.language) if item.language else tongue
        head = " · ".join(filter(None, (item.head, item.note)))
        self._fill(cell, head or item.text, own, bold=bool(head))
        if head and item.text:
            self.writer.text(item.text, to=cell, tongue=own)
        for label, text in item.cells:
            self.writer.labelled(label, text, to=cell, tongue=own)

    # --- worksheets -----------------------------------------------------------------------------------
    def _sheet(self, first: Any, second: Any) -> None:
        titles = [sheet.title if sheet else ABSENT for sheet in (first, second)]
        heading = self.writer.paragraph(" / ".join(titles), "Heading 2")
        heading.paragraph_format.page_break_before = True
        number = numbering_from_one(self.writer.document, "List Number")
        for parts in paired(first.parts if first else (), second.parts if second else ()):
            self._part(parts, number)

    def _part(self, parts: tuple[SheetPart | None, SheetPart | None], number: int) -> None:
        some = parts[0] or parts[1]
        assert some is not None
        if some.kind == "grid":
            self._grid(parts)
            return
        for part, tongue in zip(parts, self.tongues, strict=True):
            if part is None:
                continue
            is_task = part.kind == "task" and part is parts[0]
            paragraph = self.writer.paragraph(part.text, "List Number" if is_task else "Normal", tongue=tongue)
            if is_task:
                number_paragraph(paragraph, number)
        self.writer.writing_lines(some.lines)

    def _grid(self, parts: tuple[SheetPart | None, SheetPart | None]) -> None:
        """One table for both: each cell has the text of the first language and below it that of the second."""
        some = parts[0] or parts[1]
        assert some is not None
        table = self.writer.document.add_table(len(some.rows), len(some.rows[0]), style="Table Grid")
        for part, tongue in zip(parts, self.tongues, strict=True):
            for row, texts in zip(table.rows, part.rows if part else (), strict=False):
                for cell, text in zip(row.cells, texts, strict=False):
                    self._add(cell, text, tongue)
        self._finish(table)
        self.writer.paragraph("")

    def _add(self, cell: Any, text: str, tongue: Tongue) -> None:
        if not text:
            return
        paragraph = cell.paragraphs[0] if not cell.text else cell.add_paragraph()
        paragraph.add_run(text)
        mark_paragraph(paragraph, tongue)

    # --- tables ---------------------------------------------------------------------------------------
    def _table(self, titles: list[str]) -> Any:
        table = self.writer.document.add_table(rows=1, cols=2, style="Table Grid")
        for cell, title, tongue in zip(table.rows[0].cells, titles, self.tongues, strict=True):
            self._fill(cell, title, tongue, bold=True)
        return table

    def _row(self, table: Any, texts: list[str]) -> None:
        for cell, text, tongue in zip(table.add_row().cells, texts, self.tongues, strict=True):
            self._fill(cell, text, tongue)

    def _fill(self, cell: Any, text: str, tongue: Tongue, *, bold: bool = False) -> None:
        lines = [line.strip() for line in text.splitlines() if line.strip()] or [""]
        for number, line in enumerate(lines):
            paragraph = cell.paragraphs[0] if number == 0 else cell.add_paragraph()
            paragraph.add_run(line).bold = bold or None
            mark_paragraph(paragraph, tongue)

    def _finish(self, table: Any) -> None:
        mark_header_row(table.rows[0])
        mark_table(table, self.tongues[0])
        keep_rows_whole(table)
