"""The order of lessons in a programme, and what leads from one to another."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.db.models import OuterRef, Subquery
from wagtail.models import Page

from cms.languages.switcher import readable

if TYPE_CHECKING:
    from curriculum.plans.models import LessonPlanPage, ProgrammePage


@dataclass(frozen=True)
class Neighbours:
    """A lesson's place in its programme: number of count, between these two."""

    number: int
    count: int
    previous: Page | None
    following: Page | None


def neighbours_of(lesson: "LessonPlanPage") -> Neighbours | None:
    """The readable lessons before and after ``lesson`` in its programme: one query besides the page's ancestors."""
    kind = ContentType.objects.get_for_model(_model("ProgrammePage")).pk
    programme = next((page for page in lesson.above if page.content_type_id == kind), None)
    if programme is None or not programme.live:
        return None
    lessons = list(lessons_of(programme))
    place = next((place for place, other in enumerate(lessons) if other.pk == lesson.pk), None)
    if place is None:
        return None
    previous = lessons[place - 1] if place else None
    following = lessons[place + 1] if place + 1 < len(lessons) else None
    return Neighbours(place + 1, len(lessons), previous, following)


def lessons_of(parent: Page) -> Any:
    """The readable lesson plans below a page, in the order in which they are taught."""
    return readable(_model("LessonPlanPage").objects.descendant_of(parent)).order_by("path")


def related_in_language(lesson: "LessonPlanPage") -> list[Page]:
    """The related lessons, as far as they can be read in the lesson's language, in the editor's order: one query."""
    chosen = [child["value"] for child in lesson.related_lessons.raw_data if child["value"]]
    if not chosen:
        return []
    same = Page.objects.filter(pk__in=chosen, translation_key=OuterRef("translation_key")).values("pk")[:1]
    lessons = _model("LessonPlanPage").objects.filter(locale_id=lesson.locale_id).annotate(chosen_as=Subquery(same))
    found = readable(lessons.filter(chosen_as__isnull=False))
    return sorted(found, key=lambda page: chosen.index(page.chosen_as))


def in_language(pages: Iterable[Page], reference: Page) -> list[Any]:
    """The readable counterparts of ``pages`` in the language of ``reference``."""
    keys = [page.translation_key for page in pages]
    if not keys:
        return []
    found = readable(type(reference).objects.filter(translation_key__in=keys, locale_id=reference.locale_id))
    by_key = {page.translation_key: page for page in found}
    return [by_key[key] for key in keys if key in by_key]


def circle(programme: "ProgrammePage", required: Sequence["ProgrammePage"]) -> list[str]:
    """The titles of a circle that ``required`` as prerequisites would close, empty where there is none.

    A programme is the same in every language: what counts is its translation key.
    """
    needs = _prerequisites()
    titles = {page.translation_key: page.title for page in [programme, *required]}
    ways = [(page.translation_key, [programme.title, page.title]) for page in required]
    seen = set()
    while ways:
        key, way = ways.pop()
        if key == programme.translation_key:
            return way
        if key in seen:
            continue
        seen.add(key)
        for above, title in needs.get(key, []):
            titles.setdefault(above, title)
            ways.append((above, [*way, titles[above]]))
    return []


def _prerequisites() -> dict[Any, list[tuple[Any, str]]]:
    through = _model("ProgrammePage").prerequisites.through.objects
    rows = through.values_list(
        "from_programmepage__translation_key", "to_programmepage__translation_key", "to_programmepage__title"
    )
    needs: dict[Any, list[tuple[Any, str]]] = {}
    for key, above, title in rows:
        needs.setdefault(key, []).append((above, title))
    return needs


def _model(name: str) -> Any:
    return apps.get_model("plans", name)
