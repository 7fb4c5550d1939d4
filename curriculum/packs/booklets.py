"""A booklet: the lessons of a pack in one language or in two side by side, and what is missing in it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import zip_longest
from typing import Any, TypeVar

from curriculum.packs.content import Item, LessonContent, Section, Sheet, SheetPart, content_of
from curriculum.packs.sources import Source

Keyed = TypeVar("Keyed", Item, Sheet, SheetPart)


@dataclass(frozen=True)
class Missing:
    """A lesson that does not exist in a language of the pack; ``title`` is in the language it does exist in."""

    title: str
    title_language: str
    language: str


@dataclass(frozen=True)
class Pair:
    """A lesson, and the same lesson in the second language where there is one."""

    first: LessonContent
    second: LessonContent | None = None


@dataclass(frozen=True)
class Booklet:
    """What is set: one document for every format."""

    title: str
    languages: tuple[str, ...]
    lessons: tuple[Pair, ...]
    missing: tuple[Missing, ...]
    notices: tuple[str, ...] = ()
    labels: dict[str, str] = field(default_factory=dict)

    @property
    def is_bilingual(self) -> bool:
        return len(self.languages) == 2

    @property
    def is_single(self) -> bool:
        return len(self.lessons) == 1 and not self.missing


def booklet_of(source: Source, languages: Sequence[str]) -> Booklet:
    """The lessons of a source. One that is missing in the first language is named and left out; one missing
    in the second is named and stands in the first alone."""
    first = {str(lesson.translation_key): lesson for lesson in source.lessons_in(languages[0])}
    second = (
        {str(lesson.translation_key): lesson for lesson in source.lessons_in(languages[1])} if languages[1:] else {}
    )
    pairs = [
        Pair(content_of(lesson), content_of(second[key]) if key in second else None) for key, lesson in first.items()
    ]
    return Booklet(
        source.title_in(languages[0]),
        tuple(languages),
        tuple(pairs),
        tuple(missing_in(source, languages)),
        tuple(source.notices()),
        labels=pairs[0].first.labels if pairs else {},
    )


def single(pair: Pair) -> Booklet:
    """One lesson by itself, in its one or two languages."""
    contents = [content for content in (pair.first, pair.second) if content]
    languages = tuple(content.language for content in contents)
    return Booklet(pair.first.title, languages, (pair,), (), labels=pair.first.labels)


def missing_in(source: Source, languages: Sequence[str]) -> list[Missing]:
    """Which lessons of the source do not exist in which of the languages."""
    return [
        Missing(title, title_language, language)
        for language in languages
        for title, title_language in source.missing_in(language)
    ]


# --- side by side -------------------------------------------------------------------------------------
def paired_sections(first: Sequence[Section], second: Sequence[Section]) -> list[tuple[Section | None, Section | None]]:
    """Sections of both languages beside each other, in the order of the first."""
    others = {section.name: section for section in second}
    pairs: list[tuple[Section | None, Section | None]] = [(one, others.pop(one.name, None)) for one in first]
    return pairs + [(None, left) for left in others.values()]


def paired(first: Sequence[Keyed], second: Sequence[Keyed]) -> list[tuple[Keyed | None, Keyed | None]]:
    """What has the same key beside each other; where no key is shared, in their order."""
    others = {item.key: item for item in second}
    if not others.keys() & {item.key for item in first}:
        return list(zip_longest(first, second))
    pairs: list[tuple[Keyed | None, Keyed | None]] = [(item, others.pop(item.key, None)) for item in first]
    return pairs + [(None, left) for left in others.values()]


def licences_of(lessons: Iterable[Any]) -> list[Any]:
    """Every licence in the lessons and their attachments, each once."""
    return list(dict.fromkeys(licence for lesson in lessons for licence in lesson.licences))
