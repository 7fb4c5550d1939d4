"""How often what somebody needs is among the first five results, with our backend and with Wagtail's own.

The questions in ``judged/`` were written from what teachers, officials and learners look for, before
their answers were seen; both backends answer through the same search page.
"""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml
from django.conf import settings
from django.http import HttpRequest
from django.test import RequestFactory
from django.utils.translation import override
from modelsearch.backends import get_search_backend
from modelsearch.index import get_indexed_models

from cms.search.asking import Question
from cms.search.kinds import Scope
from cms.search.views import answered

FIRST = 5
JUDGED = Path(__file__).parent / "judged"


@dataclass
class Judged:
    need: str
    query: str
    answers: list[str]


@dataclass
class Score:
    """Which questions of a language were answered among the first five results."""

    questions: list[Judged]
    missed: list[Judged]

    @property
    def success(self) -> float:
        return 1 - len(self.missed) / len(self.questions)


def questions(language: str) -> list[Judged]:
    return [Judged(**entry) for entry in yaml.safe_load((JUDGED / f"{language}.yaml").read_text(encoding="utf-8"))]


def score(language: str) -> Score:
    """Asks every question of a language of the default backend."""
    asked = questions(language)
    with override(language):
        missed = [question for question in asked if not first(question.query, language) & set(question.answers)]
    return Score(asked, missed)


def scores() -> dict[str, Score]:
    """Every language's score with the default backend."""
    return {code: score(code) for code, _name in settings.LANGUAGES}


WAGTAILS_OWN = {"default": {"BACKEND": "wagtail.search.backends.database"}}


def fill_wagtails_own() -> None:
    """Indexes everything with Wagtail's database backend, once the settings name it as the default."""
    backend = get_search_backend()
    for model in get_indexed_models():
        if index := backend.get_index_for_model(model):
            index.add_items(model, list(model.get_indexed_objects()))


def first(query: str, language: str) -> set[str]:
    """The slugs of the first five results."""
    request: HttpRequest = RequestFactory().get("/")
    answer = answered(Question(query, language, {}), Scope(request, language)).answer
    return {slug_of(result.row) for result in answer.results[:FIRST]}


def slug_of(row: Any) -> str:
    return str(row.slug)


def table(ours: dict[str, Score], theirs: dict[str, Score]) -> str:
    lines = [f"success@{FIRST:<10}{'questions':>10}{'Imprint':>10}{'SQLite':>10}"]
    for code in ours:
        count = len(ours[code].questions)
        lines.append(f"{code:<18}{count:>10}{ours[code].success:>10.2f}{theirs[code].success:>10.2f}")
    return "\n".join(lines)
