"""Wagtail's queries, as the engine's."""

from collections.abc import Sequence
from functools import cached_property
from itertools import islice
from typing import Any

from django.apps import apps
from django.db.models import Model
from modelsearch.backends.base import BaseSearchQueryCompiler, FilterError
from modelsearch.index import AutocompleteField, SearchField
from modelsearch.query import And, Boost, Fuzzy, MatchAll, Not, Or, Phrase, PlainText, SearchQuery

from cms.search.analysis.queries import MOST_WORDS, Analysis, Group, Wording
from cms.search.analysis.spelling import neighbours
from cms.search.analysis.tokens import completion_tokens, runs
from cms.search.documents import column_name, field_name, related_column_name, related_paths
from cms.search.engine import nodes
from cms.search.engine.nodes import AllOf, AnyOf, Boosted, Everything, Node, NoneOf, Nothing, Prefix, Term
from cms.search.engine.schema import PREFIXES, TEXT
from cms.search.engine.snapshot import Snapshot
from cms.search.filters import Joined, Never, NotInIndex, condition

FUZZY_COST = 0.3  # of a wording's weight, per edit
NAME_BONUS = 1.0  # for what is called just what was asked for


class SearchQueryCompiler(BaseSearchQueryCompiler):
    """Compiles whole-word queries. All words are wanted unless the caller says "or", as in Wagtail."""

    DEFAULT_OPERATOR = "and"
    HANDLES_ORDER_BY_EXPRESSIONS = True
    index_field = TEXT
    field_class: type[Any] = SearchField

    # --- the query ------------------------------------------------------------------------------------
    def compile(self, snapshot: Snapshot, analysis: Analysis) -> Node:
        """The tree of terms that this query asks for."""
        return self._node(self.query, snapshot, analysis)

    def _node(self, query: SearchQuery, snapshot: Snapshot, analysis: Analysis) -> Node:
        match query:
            case MatchAll():
                return Everything()
            case PlainText():
                return self._boosted(self._plain_text(query, snapshot, analysis), query.boost)
            case Phrase():
                return self._phrase(query, snapshot, analysis)
            case Fuzzy():
                return self._fuzzy(query, snapshot, analysis)
            case Boost():
                return self._boosted(self._node(query.subquery, snapshot, analysis), query.boost)
            case Not():
                return NoneOf(self._node(query.subquery, snapshot, analysis))
            case And():
                return AllOf(tuple(self._node(part, snapshot, analysis) for part in query.subqueries))
            case Or():
                return AnyOf(tuple(self._node(part, snapshot, analysis) for part in query.subqueries))
        raise NotImplementedError(f"{type(query).__name__} is not a query this search knows.")

    def _boosted(self, node: Node, boost: float) -> Node:
        return node if boost == 1 else Boosted(node, boost)

    def _plain_text(self, query: PlainText, snapshot: Snapshot, analysis: Analysis) -> Node:
        within = self._within(snapshot)
        names = tuple(Term(TEXT, name, NAME_BONUS, within) for name in analysis.names(query.query_string))
        return self._groups(analysis.groups(query.query_string), query.operator, within, names)

    def _groups(
        self, groups: Sequence[Group], operator: str, within: frozenset[int] | None, names: tuple[Node, ...] = ()
    ) -> Node:
        wanted = tuple(self._group(group, within) for group in groups if not group.optional)
        bonus = tuple(self._group(group, within) for group in groups if group.optional) + names
        if not wanted:
            return Nothing()
        return AllOf(wanted, bonus) if operator == "and" else AnyOf(wanted + bonus)

    def _group(self, group: Group, within: frozenset[int] | None) -> Node:
        parts = tuple(self._wording(wording, within) for wording in group.wordings)
        return parts[0] if len(parts) == 1 else AnyOf(parts, best_only=True)

    def _wording(self, wording: Wording, within: frozenset[int] | None) -> Node:
        if len(wording.phrase) == 1:
            return Term(self.index_field, wording.phrase[0][1], wording.boost, within)
        return nodes.Phrase(self.index_field, wording.phrase, wording.boost, within)

    def _phrase(self, query: Phrase, snapshot: Snapshot, analysis: Analysis) -> Node:
        within = self._within(snapshot)
        parts = [self._wording(Wording(phrase), within) for phrase in analysis.phrases(query.query_string)]
        return AnyOf(tuple(parts), best_only=True) if parts else Nothing()

    def _fuzzy(self, query: Fuzzy, snapshot: Snapshot, analysis: Analysis) -> Node:
        """Each word in every spelling the index has that is near to it."""
        within, words = self._within(snapshot), []
        for run in islice(runs(query.query_string), MOST_WORDS):
            near = [] if run.is_han else neighbours(run.text, snapshot.words)
            spellings = [(run.text, 0), *near]
            parts = tuple(
                self._boosted(self._groups(analysis.groups(word), "and", within), 1 - FUZZY_COST * distance)
                for word, distance in spellings
            )
            words.append(AnyOf(parts, best_only=True))
        if not words:
            return Nothing()
        return AllOf(tuple(words)) if query.operator == "and" else AnyOf(tuple(words))

    # --- fields ---------------------------------------------------------------------------------------
    def _within(self, snapshot: Snapshot) -> frozenset[int] | None:
        """The numbers of the fields to search in, of this model and of those that inherit from it."""
        if self.fields is None:
            return None
        numbers = snapshot.notes.get("fields", {})
        names = {
            field_name(model, field)
            for model in self.models
            for field in model.get_search_fields()
            if isinstance(field, self.field_class) and field.field_name in self.fields
        }
        return frozenset(numbers[name] for name in names if name in numbers)

    @cached_property
    def models(self) -> list[Any]:
        """The model that is searched and all that inherit from it."""
        return [model for model in apps.get_models() if issubclass(model, self.queryset.model)]

    @property
    def kinds(self) -> list[str]:
        return [model._meta.label_lower for model in self.models]

    def column(self, name: str) -> str | None:
        """The column of a filterable field by its name or attribute name; of a related one as ``topics__slug``."""
        model: type[Model] = self.queryset.model
        for field in model.get_filterable_search_fields():  # type: ignore[attr-defined]
            if name in (field.get_attname(model), field.field_name):
                return column_name(model, field)
        for path in related_paths(model.get_search_fields()):  # type: ignore[attr-defined]
            if name == "__".join(field.field_name for field in path):
                return related_column_name(model, path)
        return None

    # --- conditions -----------------------------------------------------------------------------------
    def filters(self) -> Any:
        """The queryset's conditions on the index's columns.

        :raises NotInIndex: the database has to answer them
        """
        if self.queryset.query.is_sliced or self.queryset.query.distinct_fields:
            raise NotInIndex("slice")
        self._asked_of_related: set[str] = set()
        try:
            return self._get_filters_from_queryset()
        except FilterError as error:
            raise NotInIndex(str(error)) from error

    def check(self) -> None:
        """As in Wagtail, but a condition that only SQL can express is left to SQL."""
        try:
            super().check()
        except FilterError:
            list(self._get_order_by())

    def _process_lookup(self, field_path: list[Any], lookup: str, value: Any) -> Any:
        model = self.queryset.model
        if len(field_path) == 1:
            return condition(column_name(model, field_path[0]), lookup, value)
        related = field_path[0].field_name
        if related in self._asked_of_related or lookup == "isnull":
            # Two conditions on related objects may speak of the same one: only a join knows.
            raise NotInIndex(lookup)
        self._asked_of_related.add(related)
        return condition(related_column_name(model, field_path), lookup, value)

    def _process_match_none(self) -> Any:
        return Never()

    def _connect_filters(self, filters: list[Any], connector: str, negated: bool) -> Any:
        return Joined(tuple(filters), connector, negated)


class AutocompleteQueryCompiler(SearchQueryCompiler):
    """Compiles what is being typed: the last word may go on, and none is stemmed."""

    index_field = PREFIXES
    field_class = AutocompleteField

    def _plain_text(self, query: PlainText, snapshot: Snapshot, analysis: Analysis) -> Node:
        words = list(dict.fromkeys(self._typed(query.query_string)))
        if not words:
            return Nothing()
        within = self._within(snapshot)
        *whole, last = words
        parts: tuple[Node, ...] = tuple(Term(PREFIXES, word, 1.0, within) for word in whole)
        parts += (Prefix(PREFIXES, last, 1.0, within),)
        return AllOf(parts) if query.operator == "and" else AnyOf(parts)

    def _typed(self, text: str) -> list[str]:
        """Words as they are completed; a run of Chinese is one, for it is found from any character on."""
        return [next(completion_tokens(run.text))[0] for run in islice(runs(text), MOST_WORDS)]
