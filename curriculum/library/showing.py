"""What the library's template needs of an answer: links, labels and a way out of an empty result."""

from typing import Any

from django.conf import settings

from cms.search.views import is_out_of_order
from curriculum.library.facets import FACETS
from curriculum.library.finding import LessonAnswer, LessonFinder


def answer_context(finder: LessonFinder, answer: LessonAnswer, reader_language: str) -> dict[str, Any]:
    question = finder.question
    applied = _applied(finder, reader_language)
    return {
        "question": question,
        "answer": answer,
        "lessons": answer.lessons,
        "applied": applied,
        "ways_out": _ways_out(finder, reader_language) if not answer.count and not question.unknown else [],
        "is_other_language": question.language != reader_language,
        "is_out_of_order": not answer.count and is_out_of_order(),
    }


def _applied(finder: LessonFinder, reader_language: str) -> list[dict[str, str]]:
    """What narrows the lessons down, each with the address without it."""
    question = finder.question
    names = {facet.name: str(facet.label) for facet in FACETS}
    return [
        {
            "label": f"{names[name]}: {finder.label(name, value)}",
            "url": question.without(name, value).address(reader_language),
        }
        for name, values in question.filters.items()
        for value in values
    ]


def _ways_out(finder: LessonFinder, reader_language: str) -> list[dict[str, Any]]:
    """For each thing asked for: how many lessons there are without it, or in another language."""
    question = finder.question
    found = []
    for facet_label, label, other in _looser(finder):
        count = finder.count(other)
        if count:
            found.append({"facet": facet_label, "label": label, "count": count, "url": other.address(reader_language)})
    names = dict(settings.LANGUAGES)
    for code, count in finder.counts_by_language().items():
        if count and code != question.language:
            url = question.in_language(code).address(reader_language)
            found.append({"language": code, "label": names[code], "count": count, "url": url})
    return found


def _looser(finder: LessonFinder) -> list[tuple[str, str, Any]]:
    """The same question without each facet in turn: what the facet is called, its values, and the question."""
    question = finder.question
    return [
        (
            str(facet.label),
            ", ".join(finder.label(facet.name, value) for value in question.filters[facet.name]),
            question.without(facet.name),
        )
        for facet in FACETS
        if facet.name in question.filters
    ]
