"""Starter lesson plans: what all languages share in item.yaml, the texts in a file per language."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from wagtail.models import Page

from cms.competences.starter import descriptors
from cms.languages.starter import publish, stream
from cms.vocabulary.data import Texts, read, read_languages
from cms.vocabulary.models import GlossaryTerm, Licence, Topic
from curriculum.plans.models import ActivityType, Competence, LessonPlanPage, Subject, TeachingStrategy

FOLDER = Path(__file__).parent / "lessons"
LINES = ("essential_questions", "objectives", "preparation", "materials")
PLAIN = (
    "title",
    "summary",
    "big_idea",
    "prior_knowledge",
    "differentiation",
    "assessment",
    "home_task",
    "answer_key",
)


def load_lesson(library: Page, unit: Page, slug: str) -> None:
    """Publishes a lesson in its unit; one that earlier versions put directly into the library is moved there."""
    earlier = LessonPlanPage.objects.child_of(library).filter(slug=slug).first()
    if earlier is not None:
        _move(earlier, unit)
        return
    item = read(FOLDER / slug / "item.yaml")
    publish(unit, LessonPlanPage, slug, read_languages(FOLDER / slug), _fields(slug, item), _related(item))


def _move(lesson: LessonPlanPage, unit: Page) -> None:
    for page in lesson.get_translations(inclusive=True):
        target = unit.get_translation_or_none(page.locale)
        if target is not None:
            page.move(target, pos="last-child")


def _fields(slug: str, item: Texts) -> Callable[[Texts], dict[str, Any]]:
    shared = {
        "stage": item["stage"],
        "grade_from": item.get("grade_from"),
        "grade_to": item.get("grade_to"),
        "minutes": sum(item["step_minutes"]),
        "bloom_level": item["bloom_level"],
        "licence": Licence.objects.get(slug="cc-by-4-0"),
    }

    def fields(texts: Texts) -> dict[str, Any]:
        lines = {name: stream(f"{slug}/{name}", *(("line", line) for line in texts[name])) for name in LINES}
        plain = {name: texts[name].strip() for name in PLAIN}
        steps = [
            ("step", step | {"minutes": minutes, "phase": phase})
            for step, minutes, phase in zip(texts["steps"], item["step_minutes"], item["step_phases"], strict=True)
        ]
        sheets = [_worksheet(f"{slug}/{number}", sheet) for number, sheet in enumerate(texts["worksheets"])]
        related = stream(f"{slug}/related", *(("lesson", pk) for pk in _related_lessons(item)))
        streams = {
            "related_lessons": related,
            "steps": stream(f"{slug}/steps", *steps),
            "worksheets": stream(f"{slug}/sheets", *sheets),
        }
        return shared | plain | lines | streams

    return fields


def _worksheet(place: str, sheet: Texts) -> tuple[str, Any]:
    """A worksheet from YAML: a string is a text, ``task`` a task with lines to write on, ``grid`` a table."""
    parts: list[tuple[str, Any]] = []
    for number, part in enumerate(sheet["content"]):
        if isinstance(part, str):
            parts.append(("text", part))
        elif "task" in part:
            parts.append(("task", {"text": part["task"], "lines": part.get("lines", 2)}))
        else:
            rows = stream(f"{place}/{number}", *(("item", row) for row in part["grid"]))
            parts.append(("grid", {"rows": rows}))
    return "worksheet", {"title": sheet["title"], "content": stream(place, *parts)}


def _related(item: Texts) -> dict[str, Any]:
    models = {
        "subjects": Subject,
        "topics": Topic,
        "glossary": GlossaryTerm,
        "competences": Competence,
        "activity_types": ActivityType,
        "teaching_strategies": TeachingStrategy,
    }
    terms = {name: list(model.objects.filter(slug__in=item[name])) for name, model in models.items()}
    return terms | {"develops": descriptors(item.get("develops", []))}


def _related_lessons(item: Texts) -> list[int]:
    """The lessons named in the item, as far as they are loaded already."""
    lessons = LessonPlanPage.objects.filter(slug__in=item.get("related", []), locale__language_code="en")
    return list(lessons.order_by("pk").values_list("pk", flat=True))
