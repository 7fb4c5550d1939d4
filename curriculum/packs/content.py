"""What stands in a lesson, ready to be set: the same sections for PDF, DOCX and EPUB.

Everything is in the lesson's own language, labels included. Items carry the keys of their blocks, so that a
translation can be set beside its source step by step.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext, ngettext, override

from cms.languages.freshness import freshness_of
from curriculum.plans.models import LessonPlanPage


@dataclass(frozen=True)
class Item:
    """One entry of a section: a line, a term with its meaning, a step with its cells."""

    key: str
    text: str = ""
    head: str = ""
    note: str = ""
    language: str = ""
    cells: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Section:
    """A part of the lesson with its heading. ``kind``: paragraph, list, coded, terms, laws or steps."""

    name: str
    title: str
    kind: str
    items: tuple[Item, ...]


@dataclass(frozen=True)
class SheetPart:
    """A part of a worksheet. ``kind``: text, task (with ``lines`` to write on) or grid (with ``rows``)."""

    key: str
    kind: str
    text: str = ""
    lines: int = 0
    rows: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True)
class Sheet:
    key: str
    title: str
    parts: tuple[SheetPart, ...]


@dataclass(frozen=True)
class LicenceNote:
    title: str
    url: str
    spdx: str
    terms: str


@dataclass(frozen=True)
class LessonContent:
    """A lesson plan in one language."""

    key: str
    slug: str
    language: str
    title: str
    summary: str
    notice: str
    version: str
    published_at: datetime | None
    facts: tuple[tuple[str, str], ...]
    sections: tuple[Section, ...]
    sheets: tuple[Sheet, ...]
    keywords: tuple[str, ...]
    licence: LicenceNote | None
    labels: dict[str, str] = field(default_factory=dict)

    def only(self, names: Iterable[str]) -> tuple[Section, ...]:
        wanted = set(names)
        return tuple(section for section in self.sections if section.name in wanted)


# What students get: nothing that is meant for the teacher alone.
STUDENT_SECTIONS = ("big_idea", "essential_questions", "home_task", "glossary")


def content_of(lesson: LessonPlanPage) -> LessonContent:
    """The lesson in its own language."""
    with override(lesson.locale.language_code):
        return LessonContent(
            key=str(lesson.translation_key),
            slug=lesson.slug,
            language=lesson.locale.language_code,
            title=lesson.title,
            summary=lesson.summary,
            notice=_notice(lesson),
            version=lesson.version,
            published_at=lesson.last_published_at or lesson.latest_revision_created_at,
            facts=_facts(lesson),
            sections=tuple(section for section in _sections(lesson) if section.items),
            sheets=tuple(_sheet(block) for block in lesson.worksheets),
            keywords=tuple(str(topic) for topic in lesson.topics.all()),
            licence=_licence(lesson),
            labels=labels(),
        )


# --- sections -----------------------------------------------------------------------------------------
def _sections(lesson: LessonPlanPage) -> list[Section]:
    """Everything about the lesson, in the order of the page."""
    return [
        _paragraph("big_idea", gettext("Big idea"), lesson.big_idea),
        _lines("essential_questions", gettext("Essential questions"), lesson.essential_questions),
        _lines("objectives", gettext("Learning objectives"), lesson.objectives),
        Section("competences", gettext("Competences"), "coded", _competences(lesson)),
        _paragraph("prior_knowledge", gettext("Prior knowledge"), lesson.prior_knowledge),
        _lines("preparation", gettext("Preparation"), lesson.preparation),
        _lines("materials", gettext("Materials"), lesson.materials),
        Section("steps", gettext("Steps"), "steps", tuple(_step(block) for block in lesson.steps)),
        _paragraph("differentiation", gettext("Learners’ needs"), lesson.differentiation),
        _paragraph("assessment", gettext("Assessment"), lesson.assessment),
        _paragraph("home_task", gettext("Home task"), lesson.home_task),
        _paragraph("answer_key", gettext("Answers and notes for the teacher"), lesson.answer_key),
        Section("glossary", gettext("Terms of art"), "terms", _glossary(lesson)),
        Section("laws", gettext("What the law says"), "laws", _laws(lesson)),
        Section("alignment", gettext("Curriculum standards"), "coded", _alignment(lesson)),
        _paragraph("change_note", _new_in(lesson), lesson.change_note),
    ]


def _new_in(lesson: LessonPlanPage) -> str:
    return gettext("New in version %(version)s") % {"version": lesson.version}


def _paragraph(name: str, title: str, text: str) -> Section:
    return Section(name, title, "paragraph", (Item(name, text.strip()),) if text.strip() else ())


def _lines(name: str, title: str, blocks: Any) -> Section:
    return Section(name, title, "list", tuple(Item(str(block.id), str(block.value)) for block in blocks))


def _step(block: Any) -> Item:
    step = block.value
    cells = [(gettext("Teacher"), step["teacher"]), (gettext("Students"), step["students"])]
    cells += [(gettext("Material"), step.get("material") or ""), (gettext("Tip"), step.get("tip") or "")]
    note = " · ".join(filter(None, (step.phase_label, minutes_in_words(step["minutes"]))))
    return Item(str(block.id), head=step["title"], note=note, cells=tuple(cell for cell in cells if cell[1]))


def _competences(lesson: LessonPlanPage) -> tuple[Item, ...]:
    return tuple(Item(item.slug, str(item), item.code) for item in lesson.competences.all())


def _glossary(lesson: LessonPlanPage) -> tuple[Item, ...]:
    return tuple(Item(term.slug, term.description, str(term)) for term in lesson.glossary.all())


def _laws(lesson: LessonPlanPage) -> tuple[Item, ...]:
    return tuple(_law(block) for block in lesson.laws if block.value.cited_law)


def _law(block: Any) -> Item:
    law, article = block.value.cited_law, block.value.cited_article
    name = law.short_title or law.title
    head = f"{name} {article.label}" if article else name
    return Item(str(block.id), article.text if article else "", head, language=law.locale.language_code)


def _alignment(lesson: LessonPlanPage) -> tuple[Item, ...]:
    return tuple(
        Item(str(block.id), f"{block.value['framework']}: {block.value['text']}", block.value["code"] or "")
        for block in lesson.alignment
    )


# --- worksheets ---------------------------------------------------------------------------------------
def _sheet(block: Any) -> Sheet:
    parts = tuple(_part(part) for part in block.value["content"])
    return Sheet(str(block.id), block.value["title"], parts)


def _part(block: Any) -> SheetPart:
    key = str(block.id)
    if block.block_type == "text":
        return SheetPart(key, "text", block.value)
    if block.block_type == "task":
        return SheetPart(key, "task", block.value["text"], block.value["lines"] or 0)
    return SheetPart(key, "grid", rows=grid_rows(block.value["rows"]))


def grid_rows(rows: Iterable[str]) -> tuple[tuple[str, ...], ...]:
    """A worksheet's rows as cells, every row as wide as the widest."""
    cells = [[cell.strip() for cell in row.split("|")] for row in rows]
    width = max((len(row) for row in cells), default=0)
    return tuple(tuple(row + [""] * (width - len(row))) for row in cells)


# --- at a glance --------------------------------------------------------------------------------------
def _facts(lesson: LessonPlanPage) -> tuple[tuple[str, str], ...]:
    facts = [
        (gettext("Stage"), str(lesson.get_stage_display())),
        (gettext("Grades"), lesson.grades),
        (gettext("Time"), minutes_in_words(lesson.minutes)),
        (gettext("Subjects"), joined(lesson.subjects.all())),
        (gettext("Topics"), joined(lesson.topics.all())),
        (gettext("Kind of activity"), joined(lesson.activity_types.all())),
        (gettext("Teaching strategy"), joined(lesson.teaching_strategies.all())),
        (gettext("Level of Bloom’s taxonomy"), str(lesson.get_bloom_level_display())),
        (gettext("Version"), lesson.version),
    ]
    return tuple((label, value) for label, value in facts if value)


def minutes_in_words(count: int) -> str:
    return ngettext("%(count)d minute", "%(count)d minutes", count) % {"count": count}


def joined(terms: Iterable[Any]) -> str:
    """Terms as a list in the current language: Chinese and Arabic have commas of their own."""
    return gettext(", ").join(str(term) for term in terms)


def _notice(lesson: LessonPlanPage) -> str:
    freshness = freshness_of(lesson)
    if not (freshness and freshness.behind_since):
        return ""
    return gettext("The original page changed on %(date)s. This translation does not include that change yet.") % {
        "date": date_format(freshness.behind_since, "DATE_FORMAT")
    }


def _licence(lesson: LessonPlanPage) -> LicenceNote | None:
    licence = lesson.licence
    return LicenceNote(str(licence), licence.url, licence.spdx, licence.description) if licence else None


def labels() -> dict[str, str]:
    """The words a document needs besides its headings, in the active language."""
    return {
        "worksheet": gettext("Worksheet"),
        "name": gettext("Name"),
        "class": gettext("Class"),
        "date": gettext("Date"),
        "licence": gettext("Licence"),
        "step": gettext("Step"),
        "teacher": gettext("Teacher"),
        "students": gettext("Students"),
        "contents": gettext("Contents"),
        "missing": gettext("Not available in this language"),
        "at_a_glance": gettext("At a glance"),
    }
