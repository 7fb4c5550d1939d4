"""Two lesson plans for each stage, with their worksheets."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from cms.languages.starter import publish, stream
from cms.pages.models import HomePage
from cms.vocabulary.data import Texts, load_terms, read, read_languages
from cms.vocabulary.models import GlossaryTerm, Licence, Topic
from curriculum.library.models import LessonLibraryPage
from curriculum.plans.models import LessonPlanPage, Subject

FOLDER = Path(__file__).parent
SLUGS = [
    "pencil-with-an-inventor",
    "whose-song-is-it",
    "may-i-use-this-picture",
    "a-name-worth-protecting",
    "search-before-you-research",
    "keep-it-or-patent-it",
]


def load() -> None:
    load_terms(Subject, FOLDER / "subjects.yaml")
    home = HomePage.objects.get(locale__language_code="en", depth=2)
    library = publish(home, LessonLibraryPage, "lessons", read_languages(FOLDER / "index"), _index_fields)
    for slug in SLUGS:
        item = read(FOLDER / slug / "item.yaml")
        publish(
            library, LessonPlanPage, slug, read_languages(FOLDER / slug), _lesson_fields(slug, item), _related(item)
        )


def _index_fields(texts: Texts) -> dict[str, Any]:
    return {"title": texts["title"], "summary": texts["summary"], "show_in_menus": True}


def _lesson_fields(slug: str, item: Texts) -> Callable[[Texts], dict[str, Any]]:
    shared = {
        "stage": item["stage"],
        "grade_from": item.get("grade_from"),
        "grade_to": item.get("grade_to"),
        "minutes": sum(item["step_minutes"]),
        "licence": Licence.objects.get(slug="cc-by-4-0"),
    }

    def fields(texts: Texts) -> dict[str, Any]:
        lines = {
            name: stream(f"{slug}/{name}", *(("line", line) for line in texts[name]))
            for name in ("objectives", "preparation", "materials")
        }
        plain = {name: texts[name].strip() for name in ("title", "summary", "assessment", "answer_key")}
        steps = [
            ("step", step | {"minutes": minutes})
            for step, minutes in zip(texts["steps"], item["step_minutes"], strict=True)
        ]
        sheets = [_worksheet(f"{slug}/{number}", sheet) for number, sheet in enumerate(texts["worksheets"])]
        streams = {"steps": stream(f"{slug}/steps", *steps), "worksheets": stream(f"{slug}/sheets", *sheets)}
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
    return {
        "subjects": list(Subject.objects.filter(slug__in=item["subjects"])),
        "topics": list(Topic.objects.filter(slug__in=item["topics"])),
        "glossary": list(GlossaryTerm.objects.filter(slug__in=item["glossary"])),
    }
