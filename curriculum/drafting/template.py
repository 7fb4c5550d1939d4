"""The Word template editors and teachers fill in, in any language."""

from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _
from docx import Document

from cms.typeset.word import (
    Tongue,
    keep_rows_whole,
    mark_document,
    mark_header_row,
    mark_paragraph,
    mark_table,
)
from curriculum.drafting.words import COLUMNS, FACTS, HEADINGS, LINES
from curriculum.plans.blocks import PHASES
from curriculum.plans.models import BloomLevel, Stage

STEPS = 5


def write_template(path: Path, language: str) -> None:
    """Writes the empty template; call it with the language active."""
    document, tongue = Document(), Tongue(language)
    mark_document(document, tongue)
    document.core_properties.title = _("Template for a lesson plan")
    document.core_properties.author = "Imprint"
    document.core_properties.language = tongue.tag
    document.add_paragraph("", style="Heading 1")
    document.add_paragraph("")
    _facts(document, tongue)
    for name, heading in HEADINGS.items():
        document.add_paragraph(f"{heading()}: 1" if name == "worksheet" else heading(), style="Heading 2")
        if name == "steps":
            _steps(document, tongue)
        elif name == "worksheet":
            document.add_paragraph("", style="List Number")
        else:
            document.add_paragraph("", style="List Bullet" if name in LINES else "Normal")
    for paragraph in document.paragraphs:
        mark_paragraph(paragraph, tongue)
    document.save(str(path))


def _facts(document: Any, tongue: Tongue) -> None:
    """The lines of the table; what may be written into them stands in the document’s comments."""
    table = document.add_table(rows=1, cols=2, style="Table Grid")
    table.rows[0].cells[0].text = _("At a glance")
    table.rows[0].cells[1].text = ""
    for label in FACTS.values():
        cells = table.add_row().cells
        cells[0].text = label()
    _finish(table, tongue)
    hints = [
        f"{FACTS['stage']()}: {', '.join(str(label) for label in Stage.labels)}",
        f"{FACTS['bloom_level']()}: {', '.join(str(label) for label in BloomLevel.labels)}",
        f"{COLUMNS['phase']()}: {', '.join(str(label) for _value, label in PHASES)}",
    ]
    document.core_properties.comments = "\n".join(hints)


def _steps(document: Any, tongue: Tongue) -> None:
    table = document.add_table(rows=1, cols=len(COLUMNS), style="Table Grid")
    for cell, label in zip(table.rows[0].cells, COLUMNS.values(), strict=True):
        cell.text = label()
    for _row in range(STEPS):
        table.add_row()
    _finish(table, tongue)


def _finish(table: Any, tongue: Tongue) -> None:
    mark_header_row(table.rows[0])
    mark_table(table, tongue)
    keep_rows_whole(table)
    for row in table.rows:
        for cell in row.cells:
            for paragraph in cell.paragraphs:
                mark_paragraph(paragraph, tongue)
