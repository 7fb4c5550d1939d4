"""Finds lessons: one page of them, and how many more each next step would leave."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from math import ceil
from typing import Any

from django.conf import settings
from django.db.models import OuterRef, QuerySet, Subquery
from modelsearch.backends import get_search_backend
from modelsearch.query import MATCH_ALL, SearchQuery

from cms.search.finding import query_in, ranking
from cms.search.kinds import Scope
from curriculum.library.asking import LibraryQuestion, Sort
from curriculum.library.facets import FACETS, Facet, Options, with_narrower
from curriculum.library.tally import FEWEST_SHOWN, LessonTally
from curriculum.plans.models import LessonPlanPage

LESSONS_PER_PAGE = 12
MOST_SORTED = 20_000  # results that are put in order by how often they were taught
ORDERS = {Sort.GRADE: ("stage", "grade_from", "title"), Sort.NEWEST: ("-first_published_at", "title")}


@dataclass(frozen=True)
class Choice:
    """One value of a facet with the number of lessons it would leave."""

    value: str
    label: str
    count: int
    is_chosen: bool
    below: str = ""


@dataclass
class FacetChoices:
    facet: Facet
    choices: list[Choice]

    @property
    def is_used(self) -> bool:
        return any(choice.is_chosen for choice in self.choices)


@dataclass
class LessonAnswer:
    """A page of lessons with all that leads on from there."""

    lessons: list[LessonPlanPage] = field(default_factory=list)
    count: int = 0
    page: int = 1
    facets: list[FacetChoices] = field(default_factory=list)
    languages: list[Choice] = field(default_factory=list)


class LessonFinder:
    """One question's searches. ``libraries`` are the tree paths of the libraries by language."""

    def __init__(self, question: LibraryQuestion, scope: Scope, options: Options, libraries: Mapping[str, str]) -> None:
        self.question = question
        self.scope = scope
        self.options = options
        self.libraries = libraries
        self.backend = get_search_backend()
        self._asked: dict[Any, Any] = {}

    def answer(self) -> LessonAnswer:
        count = self.count(self.question)
        page = min(self.question.page, max(ceil(count / LESSONS_PER_PAGE), 1))
        return LessonAnswer(
            self._lessons((page - 1) * LESSONS_PER_PAGE) if count else [],
            count,
            page,
            [FacetChoices(facet, choices) for facet in FACETS if (choices := self._choices(facet))],
            self._languages(),
        )

    def count(self, question: LibraryQuestion) -> int:
        """How many lessons answer a question."""
        results = self._results(question)
        return results.count() if results is not None else 0

    def label(self, facet: str, value: str) -> str:
        """What a value of a facet is called."""
        return next((option.label for option in self.options[facet] if option.value == value), value)

    # --- lessons --------------------------------------------------------------------------------------
    def _lessons(self, start: int) -> list[LessonPlanPage]:
        stop = start + LESSONS_PER_PAGE
        rows = self._rows(self.question).prefetch_related("topics", "subjects")
        if self.question.sort == Sort.TAUGHT:
            return self._most_taught(rows, start, stop)
        if self.question.sort in ORDERS:
            return self._ordered(rows, ORDERS[self.question.sort], start, stop)
        ranked = [int(pk) for _score, pk in ranking(self._results(self.question), stop)]
        return _in_order(rows, ranked[start:stop])

    def _ordered(self, rows: Any, order: tuple[str, ...], start: int, stop: int) -> list[LessonPlanPage]:
        query = self._query(self.question)
        return list(self.backend.search(query, rows.order_by(*order), order_by_relevance=False)[start:stop])

    def _most_taught(self, rows: Any, start: int, stop: int) -> list[LessonPlanPage]:
        """Those that were taught, most often first; behind them the others by stage and grade."""
        times = times_taught(self.scope.in_language(self.question.language).locale_id)
        matched = {int(pk) for _score, pk in ranking(self._results(self.question), MOST_SORTED)}
        taught = sorted(times.keys() & matched, key=lambda pk: (-times[pk], pk))
        lessons = _in_order(rows, taught[start:stop])
        if stop > len(taught):
            others = rows.exclude(pk__in=taught) if taught else rows
            first = max(start - len(taught), 0)
            lessons += self._ordered(others, ORDERS[Sort.GRADE], first, stop - len(taught))
        return lessons

    # --- counts ---------------------------------------------------------------------------------------
    def _choices(self, facet: Facet) -> list[Choice]:
        """The values with lessons, and the chosen ones even without: a choice must not vanish under the finger."""
        results = self._results(self.question.without(facet.name))
        counts = facet.count(results) if results is not None else {}
        chosen = self.question.filters.get(facet.name, ())
        options = self.options[facet.name]
        for broader in {option.below for option in options if option.below}:
            question = self.question.without(facet.name)
            counts[broader] = self.count(replace(question, filters={**question.filters, facet.name: (broader,)}))
        return [
            Choice(option.value, option.label, counts.get(option.value, 0), option.value in chosen, option.below)
            for option in _as_tree(options)
            if counts.get(option.value) or option.value in chosen
        ]

    def counts_by_language(self) -> dict[str, int]:
        """How many lessons answer the question in each language."""
        return {code: self.count(self.question.in_language(code)) for code, _name in settings.LANGUAGES}

    def _languages(self) -> list[Choice]:
        counts = self.counts_by_language()
        return [
            Choice(code, name, counts[code], code == self.question.language)
            for code, name in settings.LANGUAGES
            if counts[code] or code == self.question.language
        ]

    # --- searches -------------------------------------------------------------------------------------
    def _results(self, question: LibraryQuestion) -> Any:
        """What the search finds, each combination once; nothing where there is no library in the language."""
        key = (question.language, tuple(sorted(question.filters.items())))
        if question.unknown or question.language not in self.libraries:
            return None
        if key not in self._asked:
            self._asked[key] = self.backend.search(self._query(question), self._rows(question))
        return self._asked[key]

    def _query(self, question: LibraryQuestion) -> SearchQuery:
        if not question.text:
            return MATCH_ALL
        return query_in(question.text, question.language, self.scope.language)

    def _rows(self, question: LibraryQuestion) -> "QuerySet[LessonPlanPage]":
        lessons = LessonPlanPage.objects.select_related("locale")
        rows = self.scope.in_language(question.language).readable(lessons)
        rows = rows.filter(path__startswith=self.libraries[question.language])
        for facet in FACETS:
            if values := question.filters.get(facet.name):
                rows = rows.filter(facet.condition(with_narrower(values, self.options[facet.name])))
        return rows


def _in_order(rows: Any, pks: list[int]) -> list[LessonPlanPage]:
    found = {row.pk: row for row in rows.filter(pk__in=pks)}
    return [found[pk] for pk in pks if pk in found]


def _as_tree(options: list[Any]) -> list[Any]:
    """Each option followed by those that are a part of it, and by their parts, however deep."""
    known = {option.value for option in options}
    parts: dict[str, list[Any]] = defaultdict(list)
    for option in options:
        parts[option.below if option.below in known else ""].append(option)

    def below(value: str) -> Iterator[Any]:
        for option in parts[value]:
            yield option
            yield from below(option.value)

    return list(below(""))


def times_taught(locale_id: int | None) -> dict[int, int]:
    """How often the lessons of one language were taught, in any language; few times do not count."""
    tallies = LessonTally.objects.filter(lesson_key=OuterRef("translation_key"))
    lessons = LessonPlanPage.objects.filter(locale_id=locale_id, live=True)
    counted = lessons.annotate(times=Subquery(tallies.values("times_taught")[:1])).filter(times__gte=FEWEST_SHOWN)
    return dict(counted.values_list("pk", "times"))
