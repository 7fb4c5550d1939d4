"""The table of lessons and languages."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings

from cms.languages.models import PublishedContent
from curriculum.plans.checks import check_lesson
from curriculum.plans.models import LessonPlanPage


@dataclass(frozen=True)
class Cell:
    """A lesson in one language. ``state``: missing, draft, behind, partial or current."""

    state: str
    page: LessonPlanPage | None = None
    since: datetime | None = None


@dataclass(frozen=True)
class Row:
    lesson: LessonPlanPage
    cells: list[Cell]
    findings: int  # of the content checks


def table_of(lessons: Iterable[LessonPlanPage]) -> list[Row]:
    """A row for each lesson, a cell for each language: three queries and those of the checks."""
    sources = list(lessons)
    keys = [lesson.translation_key for lesson in sources]
    found = LessonPlanPage.objects.filter(translation_key__in=keys).select_related("locale", "licence")
    pages = {(page.translation_key, page.locale.language_code): page for page in found.prefetch_related("topics")}
    notes = PublishedContent.objects.filter(translation_key__in=keys).select_related("locale")
    published = {(note.translation_key, note.locale.language_code): note for note in notes}
    sources_of = {note.translation_key: note for note in published.values() if note.is_source}
    return [
        Row(
            lesson,
            [_cell(lesson.translation_key, code, pages, published, sources_of) for code, _name in settings.LANGUAGES],
            len(check_lesson(pages.get((lesson.translation_key, lesson.locale.language_code), lesson))),
        )
        for lesson in sources
    ]


def _cell(key: Any, code: str, pages: Any, published: Any, sources: Any) -> Cell:
    page, note, source = pages.get((key, code)), published.get((key, code)), sources.get(key)
    if page is None:
        return Cell("missing")
    if not page.live:
        return Cell("draft", page)
    if note is None or source is None or note.is_source:
        return Cell("current", page)
    if note.source_digest != source.source_digest:
        return Cell("behind", page, source.changed_at)
    return Cell("partial" if note.untranslated else "current", page)
