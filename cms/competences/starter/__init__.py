"""One framework to begin with: the intellectual property specialist, with the levels of the professional titles."""

from pathlib import Path
from typing import Any

from cms.competences.models import Competence, Descriptor, Framework, Level
from cms.vocabulary.data import as_lines, column, read

FOLDER = Path(__file__).parent


def load() -> None:
    for slug, item in read(FOLDER / "frameworks.yaml").items():
        if not Framework.objects.filter(slug=slug).exists():
            _add(slug, item)


def _add(slug: str, item: dict[str, Any]) -> None:
    framework = Framework.objects.create(
        slug=slug, is_published=True, **_texts(title=item["title"], summary=item["summary"])
    )
    levels = [
        Level.objects.create(framework=framework, number=number, **_texts(title=title))
        for number, title in enumerate(item["levels"], start=1)
    ]
    for order, (name, texts) in enumerate(item["competences"].items(), start=1):
        competence = Competence.objects.create(
            framework=framework, slug=name, sort_order=order, **_texts(title=texts["title"])
        )
        for level, indicators in zip(levels, texts["levels"], strict=True):
            Descriptor.objects.create(competence=competence, level=level, **_texts(indicators=indicators))


def _texts(**fields: dict[str, Any]) -> dict[str, Any]:
    """A column for each field and language."""
    return {column(name, code): as_lines(text) for name, texts in fields.items() for code, text in texts.items()}


def descriptors(names: list[str]) -> list[Descriptor]:
    """Those that other starters name: framework/competence/level."""
    found = []
    for name in names:
        framework, competence, number = name.split("/")
        found.append(
            Descriptor.objects.get(
                competence__framework__slug=framework, competence__slug=competence, level__number=int(number)
            )
        )
    return found
