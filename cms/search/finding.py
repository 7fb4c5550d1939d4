"""Runs a question over every kind: results in one order, and counts for every way to go on."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from math import ceil
from typing import Any

from django.conf import settings
from django.db.models import QuerySet
from modelsearch.backends import get_search_backend
from modelsearch.query import MATCH_ALL, Or, SearchQuery

from cms.search import vocabulary
from cms.search.asking import FACETS, Question, parse
from cms.search.counting import Counts, counts_of, named_by, narrowed
from cms.search.kinds import Kind, Scope, kinds

RESULTS_PER_PAGE = 10


@dataclass
class Result:
    kind: Kind
    row: Any


@dataclass
class Choice:
    """One value of a facet, with how many results it would leave."""

    value: str
    label: str
    count: int
    is_chosen: bool = False


@dataclass
class Answer:
    """What was found, and where one can go from there."""

    results: list[Result] = field(default_factory=list)
    count: int = 0
    facets: dict[str, list[Choice]] = field(default_factory=dict)
    languages: list[Choice] = field(default_factory=list)


class Finder:
    """One question's searches. Each combination of kind and filters is asked once."""

    def __init__(self, question: Question, scope: Scope, query: SearchQuery | None = None) -> None:
        self.question = question
        self.scope = scope.in_language(question.language)
        self.reader_language = scope.language
        self.query = query or query_in(question.text, question.language, scope.language)
        self.backend = get_search_backend()
        self.kinds = kinds()
        self._asked: dict[tuple[Any, ...], Any] = {}

    def answer(self) -> Answer:
        """The page asked for, or the last there is, with counts for every facet and language."""
        present = self._present(self.question.filters)
        count = sum(results.count() for _kind, _rows, results in present)
        page = min(self.question.page, max(ceil(count / RESULTS_PER_PAGE), 1))
        return Answer(
            best(present, (page - 1) * RESULTS_PER_PAGE, RESULTS_PER_PAGE),
            count,
            {name: choices for name in FACETS if (choices := self._choices(name))},
            self._languages(),
        )

    def count(self) -> int:
        """How many results there are, without any of them."""
        return sum(results.count() for _kind, _rows, results in self._present(self.question.filters))

    def _present(self, filters: Mapping[str, str]) -> list[tuple[Kind, "QuerySet[Any]", Any]]:
        """The kinds that have results, with their rows and results."""
        found = [(kind, *self._ask(kind, filters)) for kind in self.kinds]
        return [(kind, rows, results) for kind, rows, results in found if rows is not None and results.count()]

    def _ask(self, kind: Kind, filters: Mapping[str, str]) -> tuple[Any, Any]:
        """Rows and results of one kind; none where a filter rules the kind out."""
        key = (kind.slug, *sorted(filters.items()))
        if key not in self._asked:
            rows = narrowed(kind, kind.public(self.scope), filters)
            self._asked[key] = (rows, self.backend.search(self.query, rows)) if rows is not None else (None, None)
        return self._asked[key]  # type: ignore[no-any-return]

    # --- ways to go on --------------------------------------------------------------------------------
    def _choices(self, name: str) -> list[Choice]:
        counts = Counts()
        for kind, _rows, results in self._present(self.question.without(name)):
            if name == "kind":
                counts.add(kind.slug, kind.label, results.count())
            elif name in kind.facets:
                counts.update(counts_of(kind, name, results))
        chosen = self.question.filters.get(name)
        model = named_by(self.kinds, name)
        if model is not None and counts.values:
            rows = model._default_manager.filter(slug__in=[*counts.values])
            counts.labels.update((row.slug, str(row)) for row in rows)  # type: ignore[attr-defined]
        if chosen:
            counts.add(chosen, counts.labels.get(chosen, chosen), 0)
        choices = [Choice(value, label, count, value == chosen) for value, label, count in counts.items()]
        if name == "year":
            return sorted(choices, key=lambda choice: choice.value, reverse=True)
        return sorted(choices, key=lambda choice: (-choice.count, choice.label))

    def _languages(self) -> list[Choice]:
        """How many results each language has, its own words for the same terms included.

        A language in which no page would be found is left out: its records are found here, too.
        """
        choices = []
        for code, name in settings.LANGUAGES:
            is_chosen = code == self.question.language
            counts = self._counts_in(code) if not is_chosen else {}
            if is_chosen or any(counts[kind.slug] for kind in self.kinds if kind.has_languages):
                count = self.count() if is_chosen else sum(counts.values())
                choices.append(Choice(code, name, count, is_chosen))
        return choices

    def _counts_in(self, code: str) -> dict[str, int]:
        """How many results of each kind another language has."""
        scope = self.scope.in_language(code)
        query = query_in(self.question.text, code, self.reader_language)
        rows = {kind.slug: narrowed(kind, kind.public(scope), self.question.filters) for kind in self.kinds}
        return {
            slug: self.backend.search(query, found).count() if found is not None else 0 for slug, found in rows.items()
        }


def complete(text: str, scope: Scope, most: int) -> list[Result]:
    """What goes on from what is being typed, the best of all kinds."""
    backend = get_search_backend()
    found = [(kind, rows, backend.autocomplete(text, rows)) for kind in kinds() for rows in [kind.public(scope)]]
    return best(found, 0, most)


def best(found: list[tuple[Kind, "QuerySet[Any]", Any]], start: int, count: int) -> list[Result]:
    """The best results of all kinds together, from ``start`` on.

    Rows are loaded under the conditions they were asked for: the index may be a moment behind.
    """
    ranked = [
        (-score, order, place, pk)
        for order, (_kind, _rows, results) in enumerate(found)
        for place, (score, pk) in enumerate(ranking(results, start + count))
    ]
    chosen = sorted(ranked)[start : start + count]
    loaded = {
        order: {
            str(row.pk): row for row in found[order][1].filter(pk__in=[hit[3] for hit in chosen if hit[1] == order])
        }
        for order in {hit[1] for hit in chosen}
    }
    return [Result(found[order][0], loaded[order][pk]) for _score, order, _place, pk in chosen if pk in loaded[order]]


def ranking(results: Any, stop: int) -> list[tuple[float, str]]:
    """Scores and primary keys of the best results; backends other than ours load the rows for it."""
    if hasattr(results, "ranking"):
        return list(results.ranking(stop))
    return [(row.search_score or 0.0, str(row.pk)) for row in results.annotate_score("search_score")[:stop]]


def query_in(text: str, language: str, reader_language: str) -> SearchQuery:
    """The reader's words; for another language also with the term of art that language uses."""
    if not text:
        return MATCH_ALL  # everything that the filters leave
    query = parse(text)
    if language == reader_language:
        return query
    translated = vocabulary.of_the_site().translated(text, reader_language, language)
    return Or([query, parse(translated)]) if translated else query
