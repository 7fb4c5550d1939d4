"""From the paragraphs of a filled-in template to a lesson plan, with a note for every line not understood."""

import re
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from curriculum.drafting.words import LINES, TEXTS, meanings, plain, values

GRADES = re.compile(r"^(\d{1,2})(?:\s*[–—-]\s*(\d{1,2}))?$")
NUMBER = re.compile(r"\d+")
LONGEST_LINE = 300
LONGEST_TITLE = 120


@dataclass(frozen=True)
class Note:
    """A line that was not understood, or was changed: where it stands, what it says, what became of it."""

    line: int
    text: str
    message: str


@dataclass
class Draft:
    """What was understood."""

    title: str = ""
    summary: str = ""
    facts: dict[str, str] = field(default_factory=dict)
    lines: dict[str, list[str]] = field(default_factory=dict)
    texts: dict[str, list[str]] = field(default_factory=dict)
    steps: list[dict[str, Any]] = field(default_factory=list)
    worksheets: list[dict[str, Any]] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)


def read(elements: list[dict[str, Any]]) -> Draft:
    """Goes through the document from the top. Nothing is dropped silently: what has no place gets a note."""
    return _Reader().read(elements)


class _Reader:
    def __init__(self) -> None:
        self.draft = Draft()
        self.part = ""  # the field the paragraphs belong to
        self.line = 0

    def read(self, elements: list[dict[str, Any]]) -> Draft:
        for self.line, element in enumerate(elements, start=1):
            if "rows" in element:
                self._table(element["rows"])
            elif element["text"]:
                self._paragraph(element["style"], element["text"])
        return self.draft

    def note(self, text: str, message: str) -> None:
        self.draft.notes.append(Note(self.line, text[:200], message))

    # --- paragraphs -----------------------------------------------------------------------------------
    def _paragraph(self, style: str, text: str) -> None:
        if style in ("Title", "Heading1") and not self.draft.title:
            self.draft.title, self.part = text[:255], "summary"
        elif style.startswith("Heading"):
            self._heading(text)
        elif self.part == "summary":
            self._summary(text)
        elif self.part == "worksheet":
            self._sheet_paragraph(style, text)
        elif self.part in LINES:
            self._line(text)
        elif self.part in TEXTS:
            self.draft.texts.setdefault(self.part, []).append(text)
        else:
            self.note(text, _("This text stands under no heading we know. It was left out."))

    def _heading(self, text: str) -> None:
        name, _colon, rest = re.sub("：", ":", text).partition(":")
        known = meanings("headings").get(plain(name)) or meanings("headings").get(plain(text))
        self.part = known or "unknown"
        if known is None:
            self.note(text, _("We do not know this heading. What stands below it was left out."))
        elif known == "worksheet":
            self.draft.worksheets.append({"title": (rest.strip() or _("Worksheet"))[:LONGEST_TITLE], "content": []})

    def _summary(self, text: str) -> None:
        joined = f"{self.draft.summary} {text}".strip()
        if len(joined) > LONGEST_LINE:
            self.note(text, _("The summary is longer than 300 characters. The rest was left out."))
        self.draft.summary = joined[:LONGEST_LINE]

    def _line(self, text: str) -> None:
        if len(text) > LONGEST_LINE:
            self.note(text, _("This line is longer than 300 characters and was cut."))
        self.draft.lines.setdefault(self.part, []).append(text[:LONGEST_LINE])

    def _sheet_paragraph(self, style: str, text: str) -> None:
        content = self.draft.worksheets[-1]["content"]
        if set(text) <= set("_ ….–-"):  # lines to write on
            if content and content[-1][0] == "task":
                content[-1][1]["lines"] = min(content[-1][1]["lines"] + 1, 20)
        elif style.startswith("ListNumber") or style == "ListParagraph":
            content.append(("task", {"text": text, "lines": 2}))
        else:
            content.append(("text", text))

    # --- tables ---------------------------------------------------------------------------------------
    def _table(self, rows: list[list[str]]) -> None:
        if self.part == "worksheet":
            self.draft.worksheets[-1]["content"].append(("grid", [self._grid_row(row) for row in rows]))
        elif self.part == "steps" or self._columns(rows[0] if rows else []):
            self._steps(rows)
        elif any(plain(row[0]) in meanings("facts") for row in rows if row):
            self._facts(rows)
        else:
            self.note(" | ".join(rows[0]) if rows else "", _("We do not know this table. It was left out."))

    def _grid_row(self, row: list[str]) -> str:
        return "|".join(cell.replace("|", "/").replace("\n", " ") for cell in row)

    def _facts(self, rows: list[list[str]]) -> None:
        for row in rows:
            label, value = row[0], " ".join(dict.fromkeys(row[1:])).strip()
            name = meanings("facts").get(plain(label))
            if name and value:
                self.draft.facts[name] = value
            elif value and value != label:
                self.note(f"{label} | {value}", _("We do not know this line of the table. It was left out."))

    def _columns(self, header: list[str]) -> dict[str, int]:
        known = {meanings("columns").get(plain(cell)): place for place, cell in enumerate(header)}
        found = {name: place for name, place in known.items() if name}
        return found if {"title", "teacher", "students"} <= found.keys() else {}

    def _steps(self, rows: list[list[str]]) -> None:
        columns = self._columns(rows[0] if rows else [])
        if not columns:
            self.note(
                " | ".join(rows[0]) if rows else "",
                _("The table of steps needs a first row with “Step”, “Minutes”, “Teacher” and “Students”."),
            )
            return
        for row in rows[1:]:
            cells = {name: row[place] for name, place in columns.items() if place < len(row)}
            if any(cells.values()):
                self._step(cells)

    def _step(self, cells: dict[str, str]) -> None:
        shown = cells.get("title") or cells.get("teacher", "")
        minutes = NUMBER.search(cells.get("minutes", ""))
        if minutes is None or not 1 <= int(minutes[0]) <= 240:
            self.note(shown, _("This step has no number of minutes from 1 to 240. We wrote 5: please look."))
        phase = values("phase").get(plain(cells.get("phase", "")), "")
        if cells.get("phase") and not phase:
            self.note(cells["phase"], _("We do not know this phase. It was left out."))
        if not cells.get("teacher") or not cells.get("students"):
            self.note(shown, _("This step does not say what the teacher or the students do."))
        number = int(minutes[0]) if minutes and 1 <= int(minutes[0]) <= 240 else 5
        self.draft.steps.append(
            {
                "phase": phase,
                "title": shown[:LONGEST_TITLE],
                "minutes": number,
                "teacher": cells.get("teacher", ""),
                "students": cells.get("students", ""),
                "material": cells.get("material", "")[:200],
                "tip": cells.get("tip", ""),
            }
        )


def grades_in(text: str) -> tuple[int | None, int | None] | None:
    """The first and last grade of “3”, “3–4” or “3-4”; none where it is something else."""
    match = GRADES.match(text.strip())
    if match is None:
        return None
    first = int(match[1])
    return first, int(match[2]) if match[2] else first
