"""Starter programmes: stage → programme → unit → lesson, from one folder each."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from wagtail.models import Page

from cms.languages.starter import publish, story, stream
from cms.vocabulary.data import Texts, read, read_languages
from cms.vocabulary.models import Licence, StrategyMeasure
from curriculum.library.starter.lessons import load_lesson
from curriculum.plans.models import Competence, ProgrammePage, StagePage, Subject, UnitPage

FOLDER = Path(__file__).parent
PROGRAMMES = ["ideas-and-inventors", "create-use-respect", "ip-in-two-credits"]


def lesson_slugs() -> Iterator[str]:
    """The starter lessons in the order of their programmes."""
    for programme in PROGRAMMES:
        for unit in read(FOLDER / "programmes" / programme / "item.yaml")["units"].values():
            yield from unit["lessons"]


def load_programmes(library: Page) -> None:
    stages = read(FOLDER / "stages.yaml")
    for slug in PROGRAMMES:
        folder = FOLDER / "programmes" / slug
        item, languages = read(folder / "item.yaml"), read_languages(folder)
        stage = publish(library, StagePage, item["stage"], stages[item["stage"]], _stage_fields(item["stage"]))
        programme = publish(stage, ProgrammePage, slug, languages, _programme_fields(slug, item), _related(item))
        for unit_slug, unit in item["units"].items():
            texts = {code: language["units"][unit_slug] for code, language in languages.items()}
            page = publish(programme, UnitPage, unit_slug, texts, _unit_fields(unit_slug, unit))
            for lesson in unit["lessons"]:
                load_lesson(library, page, lesson)


def _stage_fields(stage: str) -> Callable[[Texts], dict[str, Any]]:
    return lambda texts: {"title": texts["title"], "summary": texts["summary"], "stage": stage}


def _programme_fields(slug: str, item: Texts) -> Callable[[Texts], dict[str, Any]]:
    shared = {name: item.get(name) for name in ("grade_from", "grade_to", "credits")}
    reading = stream(f"{slug}/reading", *(("reading", entry) for entry in item.get("reading", [])))

    def fields(texts: Texts) -> dict[str, Any]:
        objectives = zip(item["objective_codes"], texts["objectives"], strict=True)
        weights = zip(texts.get("weights", []), item.get("weights", []), strict=True)
        return shared | {
            "title": texts["title"],
            "summary": texts["summary"],
            "syllabus": texts.get("syllabus", ""),
            "about": story(f"{slug}/about", texts["about"]),
            "objectives": stream(
                f"{slug}/objectives", *(("objective", {"code": code, "text": text}) for code, text in objectives)
            ),
            "assessment_weights": stream(
                f"{slug}/weights", *(("weight", {"part": part, "percent": percent}) for part, percent in weights)
            ),
            "reading_list": reading,
            "licence": Licence.objects.get(slug="cc-by-4-0"),
        }

    return fields


def _related(item: Texts) -> dict[str, Any]:
    return {
        "measures": list(StrategyMeasure.objects.filter(slug__in=item["measures"])),
        "subjects": list(Subject.objects.filter(slug__in=item["subjects"])),
        "competences": list(Competence.objects.filter(slug__in=item["competences"])),
        "prerequisites": list(
            ProgrammePage.objects.filter(slug__in=item.get("prerequisites", []), locale__language_code="en")
        ),
    }


def _unit_fields(slug: str, unit: Texts) -> Callable[[Texts], dict[str, Any]]:
    def fields(texts: Texts) -> dict[str, Any]:
        lines = stream(f"{slug}/objectives", *(("line", line) for line in texts["objectives"]))
        plain = {name: texts[name] for name in ("title", "summary", "question")}
        return plain | {"weeks": unit["weeks"], "objectives": lines}

    return fields
