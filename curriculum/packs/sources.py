"""Where the lessons of a pack come from: one lesson, a unit, a programme or a teacher's collection."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db.models import CharField, Exists, ExpressionWrapper, F, OuterRef
from django.utils.translation import gettext as _
from wagtail.models import CollectionViewRestriction, Page

from cms.languages.switcher import readable
from cms.vocabulary.licences import conflicts, not_for_sharing
from curriculum.library.collections.models import Collection
from curriculum.plans.models import LessonPlanPage, ProgrammePage, UnitPage
from curriculum.plans.models.lessons import TERMS

PAGES: dict[str, type[Page]] = {"lesson": LessonPlanPage, "unit": UnitPage, "programme": ProgrammePage}
ATTACHED = ("attachments__document", "attachments__licence")
COLLECTION = "collection"
KINDS = [*PAGES, COLLECTION]


class NoSuchSource(Exception):
    """There is nothing anyone may read under this name."""


@dataclass
class Source:
    """What a pack is made from. ``keys`` are the lessons in their order, whatever the language."""

    kind: str
    key: str
    titles: dict[str, str]
    keys: list[UUID]
    fallback_titles: dict[UUID, str] = field(default_factory=dict)
    _lessons: dict[str, list[LessonPlanPage]] = field(default_factory=dict)

    def title_in(self, language: str) -> str:
        """The title in the language, or in the first language it has one in."""
        return self.titles.get(language) or next(iter(self.titles.values()), "")

    def lessons_in(self, language: str) -> list[LessonPlanPage]:
        """The readable lessons of one language in the order of the source."""
        if language not in self._lessons:
            lessons = LessonPlanPage.objects.filter(translation_key__in=self.keys, locale__language_code=language)
            rows = readable(lessons).select_related("locale", "licence").prefetch_related(*TERMS, *ATTACHED)
            by_key = {lesson.translation_key: lesson for lesson in rows}
            self._lessons[language] = [by_key[key] for key in self.keys if key in by_key]
        return self._lessons[language]

    def missing_in(self, language: str) -> Iterator[tuple[str, str]]:
        """Title, and its language, of each lesson that does not exist in ``language``."""
        present = {lesson.translation_key for lesson in self.lessons_in(language)}
        absent = [key for key in self.keys if key not in present]
        titles = _titles(absent) if absent else {}
        for key in absent:
            known = titles.get(key, {})
            code = next((code for code, _name in settings.LANGUAGES if code in known), language)
            yield known.get(code) or self.fallback_titles.get(key, str(key)), code

    def notices(self) -> list[str]:
        """What whoever takes the pack must know about its licences, in the active language."""
        lessons = [lesson for found in self._lessons.values() for lesson in found]
        licences = list(dict.fromkeys(licence for lesson in lessons for licence in lesson.licences))
        notes = [
            _(
                "“%(first)s” and “%(second)s” do not go together: use these materials side by side, but do not merge "
                "them into one work."
            )
            % {"first": pair.first, "second": pair.second}
            for pair in conflicts(licences)
        ]
        notes += [
            _("Something in this pack is under “%(licence)s”: you may not pass the pack on without asking.")
            % {"licence": licence}
            for licence in not_for_sharing(licences)
        ]
        if any(lesson.licence is None for lesson in lessons):
            notes.append(_("A lesson in this pack names no licence: ask the publisher before you pass it on."))
        return notes


def find_source(kind: str, key: str) -> Source:
    """The source under a kind and key.

    :raises NoSuchSource: nothing readable is there
    """
    if kind == COLLECTION:
        return _collection(key)
    if kind not in PAGES:
        raise NoSuchSource
    return _pages(kind, key)


def _pages(kind: str, key: str) -> Source:
    try:
        pages = readable(PAGES[kind].objects.filter(translation_key=UUID(key))).select_related("locale")
    except ValueError as error:
        raise NoSuchSource from error
    found = sorted(pages, key=lambda page: _language_order(page.locale.language_code))
    if not found:
        raise NoSuchSource
    titles = {page.locale.language_code: page.title for page in found}
    if kind == "lesson":
        return Source(kind, key, titles, [found[0].translation_key])
    return Source(kind, key, titles, list(_keys_below(found)))


def _keys_below(pages: Sequence[Page]) -> Iterator[UUID]:
    """The lessons below a page in any of its languages; those of the first language come first, in its order."""
    seen = set()
    for page in pages:
        for key in (
            readable(LessonPlanPage.objects.descendant_of(page))
            .order_by("path")
            .values_list("translation_key", flat=True)
        ):
            if key not in seen:
                seen.add(key)
                yield key


def _collection(key: str) -> Source:
    collection = Collection.objects.shared_as(key)
    if collection is None:
        raise NoSuchSource
    items = list(collection.items.all())
    language = collection.language
    return Source(
        COLLECTION,
        key,
        {language: str(collection)},
        [item.lesson_key for item in items],
        {item.lesson_key: item.title for item in items},
    )


def _titles(keys: list[UUID]) -> dict[UUID, dict[str, str]]:
    pages = readable(LessonPlanPage.objects.filter(translation_key__in=keys)).select_related("locale")
    titles: dict[UUID, dict[str, str]] = {}
    for page in pages:
        titles.setdefault(page.translation_key, {})[page.locale.language_code] = page.title
    return titles


def _language_order(code: str) -> int:
    return [known for known, _name in settings.LANGUAGES].index(code)


def public_attachments(lesson: LessonPlanPage) -> list[Any]:
    """The lesson's attachments that lie in no private collection: one query."""
    private = CollectionViewRestriction.objects.annotate(
        document_path=ExpressionWrapper(OuterRef("document__collection__path"), output_field=CharField())
    ).filter(document_path__startswith=F("collection__path"))
    return list(lesson.attachments.select_related("document", "licence").filter(~Exists(private)))
