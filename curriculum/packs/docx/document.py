"""Writes a booklet with python-docx."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from docx import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor

from cms.typeset.word import (
    Tongue,
    keep_rows_whole,
    mark_document,
    mark_header_row,
    mark_paragraph,
    mark_table,
    number_paragraph,
    numbering_from_one,
)
from curriculum.packs.booklets import Booklet, Pair
from curriculum.packs.content import Item, LessonContent, Section, Sheet, SheetPart
from curriculum.packs.docx import bilingual

WRITING_LINE = "Writing Line"
SEAL = RGBColor(0xB3, 0x32, 0x1E)
SOFT = RGBColor(0x56, 0x58, 0x5C)
ADDRESSES = Tongue("en")  # run from left to right in every language


def write_docx(booklet: Booklet, path: Path) -> None:
    """Writes the booklet, in two columns where it has two languages."""
    document = Document()
    writer = Writer(document, booklet)
    writer.prepare()
    if not booklet.is_single or booklet.notices:
        writer.front()
    for pair in booklet.lessons:
        if booklet.is_bilingual:
            bilingual.write_pair(writer, pair)
        else:
            writer.lesson(pair)
    document.save(str(path))


class Writer:
    """Puts text into the document in one language, always by style and with its marks."""

    def __init__(self, document: Any, booklet: Booklet) -> None:
        self.document = document
        self.booklet = booklet
        self.tongue = Tongue(booklet.languages[0])
        self.labels = booklet.labels

    # --- the document ---------------------------------------------------------------------------------
    def prepare(self) -> None:
        mark_document(self.document, self.tongue)
        self._add_writing_line()
        self._look()
        properties = self.document.core_properties
        properties.title = self.booklet.title
        properties.author = "Imprint"
        properties.language = self.tongue.tag
        properties.comments = ""
        first = self.booklet.lessons[0].first if self.booklet.lessons else None
        if first:
            properties.keywords = ", ".join(first.keywords)[:255]
            properties.version = first.version if self.booklet.is_single else ""
            properties.created = properties.modified = (first.published_at or datetime.now(UTC)).replace(tzinfo=None)

    def _look(self) -> None:
        """A4, and a subtitle that is neither slanted nor spaced: Chinese and Arabic have no such thing."""
        for section in self.document.sections:
            section.page_width, section.page_height = Mm(210), Mm(297)
            section.left_margin = section.right_margin = Mm(20)
            section.top_margin = section.bottom_margin = Mm(20)
        for level in (1, 2, 3):
            self.document.styles[f"Heading {level}"].font.color.rgb = SEAL if level == 2 else None
        subtitle = self.document.styles["Subtitle"]
        subtitle.font.italic, subtitle.font.color.rgb = False, SOFT
        for spacing in subtitle.element.rPr.findall(qn("w:spacing")):
            subtitle.element.rPr.remove(spacing)

    def _add_writing_line(self) -> None:
        """A style of its own: an empty paragraph with a line below, to write on."""
        style = self.document.styles.add_style(WRITING_LINE, WD_STYLE_TYPE.PARAGRAPH)
        style.base_style = self.document.styles["Normal"]
        style.paragraph_format.space_before = Pt(14)
        style.paragraph_format.space_after = Pt(0)
        borders = OxmlElement("w:pBdr")
        bottom = OxmlElement("w:bottom")
        for name, value in (("val", "single"), ("sz", "4"), ("space", "1"), ("color", "808080")):
            bottom.set(qn(f"w:{name}"), value)
        borders.append(bottom)
        style.element.get_or_add_pPr().insert(0, borders)

    def front(self) -> None:
        """The title, what must be known about the licences, and which lessons are missing in which language."""
        self.paragraph(self.booklet.title, "Title")
        for note in self.booklet.notices:
            self.paragraph(note, "Intense Quote")
        if self.booklet.missing:
            self.paragraph(self.labels.get("missing", ""), "Heading 2")
            names = dict(settings.LANGUAGES)
            for entry in self.booklet.missing:
                text = f"{entry.title} ({names[entry.language]})"
                self.paragraph(text, "List Bullet", tongue=Tongue(entry.title_language))

    # --- paragraphs -----------------------------------------------------------------------------------
    def paragraph(self, text: str, style: str = "Normal", *, to: Any = None, tongue: Tongue | None = None) -> Any:
        paragraph = (to or self.document).add_paragraph(text, style=style)
        mark_paragraph(paragraph, tongue or self.tongue)
        return paragraph

    def text(self, text: str, *, to: Any = None, tongue: Tongue | None = None) -> None:
        """A text of several lines as paragraphs."""
        for line in filter(None, (line.strip() for line in text.splitlines())):
            self.paragraph(line, to=to, tongue=tongue)

    def labelled(self, label: str, text: str, *, to: Any = None, tongue: Tongue | None = None) -> None:
        """A paragraph that begins with a bold label."""
        paragraph = (to or self.document).add_paragraph()
        if label:
            paragraph.add_run(label).bold = True
            paragraph.add_run(" ")
        lines = [line.strip() for line in text.splitlines() if line.strip()]
        for number, line in enumerate(lines):
            run = paragraph.add_run(line)
            if number < len(lines) - 1:
                run.add_break()
        mark_paragraph(paragraph, tongue or self.tongue)

    # --- a lesson in one language ---------------------------------------------------------------------
    def lesson(self, pair: Pair) -> None:
        content = pair.first
        heading = self.paragraph(content.title, "Heading 1")
        if self.booklet.lessons[0] is not pair or not self.booklet.is_single:
            heading.paragraph_format.page_break_before = self.booklet.lessons[0] is not pair
        self.paragraph(content.summary, "Subtitle")
        if content.notice:
            self.paragraph(content.notice, "Intense Quote")
        self.facts(content)
        for section in content.sections:
            self.paragraph(section.title, "Heading 2")
            self.section(section)
        self.licence(content)
        for sheet in content.sheets:
            self.sheet(sheet)

    def facts(self, content: LessonContent) -> None:
        if not content.facts:
            return
        table = self.table([(self.labels["at_a_glance"], ""), *content.facts])
        first, second = table.rows[0].cells
        first.merge(second)

    def section(self, section: Section) -> None:
        if section.kind == "steps":
            self.steps(section.items)
            return
        for item in section.items:
            if section.kind == "paragraph":
                self.text(item.text)
            elif section.kind == "list":
                self.paragraph(item.text, "List Bullet")
            elif section.kind == "laws":
                self.labelled(item.head, item.text, tongue=Tongue(item.language))
            else:
                self.labelled(item.head, item.text)

    def steps(self, items: tuple[Item, ...]) -> None:
        """A table with a row for each step: what is done in it, by the teacher and by the students."""
        table = self.document.add_table(rows=1, cols=3, style="Table Grid")
        header = table.rows[0]
        for cell, name in zip(header.cells, ("step", "teacher", "students"), strict=True):
            self._fill(cell, self.labels[name], bold=True)
        for number, item in enumerate(items, start=1):
            cells = table.add_row().cells
            self._fill(cells[0], f"{number}. {item.head}", bold=True)
            self.paragraph(item.note, to=cells[0])
            texts = dict(item.cells)
            self._fill(cells[1], texts.pop(self.labels["teacher"], ""))
            self._fill(cells[2], texts.pop(self.labels["students"], ""))
            for label, text in texts.items():
                self.labelled(label, text, to=cells[1])
        mark_header_row(header)
        mark_table(table, self.tongue)
        keep_rows_whole(table)

    def table(self, rows: list[tuple[str, ...]]) -> Any:
        """A table whose first row is its header."""
        table = self.document.add_table(rows=0, cols=len(rows[0]), style="Table Grid")
        for number, row in enumerate(rows):
            for cell, text in zip(table.add_row().cells, row, strict=True):
                self._fill(cell, text, bold=number == 0)
        mark_header_row(table.rows[0])
        mark_table(table, self.tongue)
        keep_rows_whole(table)
        return table

    def _fill(self, cell: Any, text: str, *, bold: bool = False) -> None:
        lines = [line for line in text.splitlines() if line.strip()] or [""]
        for number, line in enumerate(lines):
            paragraph = cell.paragraphs[0] if number == 0 else cell.add_paragraph()
            paragraph.add_run(line.strip()).bold = bold or None
            mark_paragraph(paragraph, self.tongue)

    def licence(self, content: LessonContent) -> None:
        if content.licence is None:
            return
        self.paragraph(content.labels["licence"], "Heading 2")
        self.text(f"{content.licence.title}. {content.licence.terms}")
        if content.licence.url:
            self.paragraph(content.licence.url, tongue=ADDRESSES)

    # --- worksheets -----------------------------------------------------------------------------------
    def sheet(self, sheet: Sheet) -> None:
        heading = self.paragraph(f"{self.labels['worksheet']}: {sheet.title}", "Heading 2")
        heading.paragraph_format.page_break_before = True
        names = "name", "class", "date"
        self.paragraph("   ".join(f"{self.labels[name]}: ____________" for name in names))
        number = numbering_from_one(self.document, "List Number")
        for part in sheet.parts:
            self.part(part, number)

    def part(self, part: SheetPart, number: int) -> None:
        if part.kind == "text":
            self.text(part.text)
        elif part.kind == "grid":
            self.table(list(part.rows))
            self.paragraph("")
        else:
            number_paragraph(self.paragraph(part.text, "List Number"), number)
            self.writing_lines(part.lines)

    def writing_lines(self, count: int) -> None:
        for _ in range(count):
            self.paragraph("", WRITING_LINE)
