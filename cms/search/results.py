"""Results as a queryset-like object: only the rows of the page asked for are loaded."""

import logging
from collections import Counter, OrderedDict
from collections.abc import Callable
from functools import cached_property, wraps
from typing import Any

import numpy as np
from django.db.models import Model, QuerySet
from modelsearch.backends.base import BaseSearchResults, FilterFieldError

from cms.search.compilers import SearchQueryCompiler
from cms.search.engine.errors import IndexUnavailable
from cms.search.engine.search import Found, find
from cms.search.engine.snapshot import Snapshot, View
from cms.search.filters import NotInIndex, kinds_mask

logger = logging.getLogger(__name__)
MOST_PARAMETERS = 500  # of one SQL "in"


def or_nothing(empty: Callable[[], Any]) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Answers with nothing where the index turns out to be missing or damaged: the site goes on."""

    def wrap(method: Callable[..., Any]) -> Callable[..., Any]:
        @wraps(method)
        def answer(*args: Any, **kwargs: Any) -> Any:
            try:
                return method(*args, **kwargs)
            except IndexUnavailable as error:
                logger.error("%s Searching finds nothing until then.", error)
                return empty()

        return answer

    return wrap


class SearchResults(BaseSearchResults):
    """Hits come from the index; the database has the last word on what may be seen."""

    query_compiler: SearchQueryCompiler
    supports_facet = True
    counts_related = True  # facet("topics__slug") counts related records

    def _clone(self) -> "SearchResults":
        clone: SearchResults = super()._clone()
        if "found" in self.__dict__:
            clone.__dict__["found"] = self.found
        return clone

    @cached_property
    def found(self) -> Found | None:
        """All hits, before slicing; nothing while there is no index that can be read."""
        return self._found()

    @or_nothing(lambda: None)
    def _found(self) -> Found:
        return self._find(self.backend.snapshot())

    def _find(self, snapshot: Snapshot) -> Found:
        compiler = self.query_compiler
        query = compiler.compile(snapshot, self.backend.analysis(snapshot))
        in_kinds = kinds_mask(compiler.kinds)
        try:
            filters = compiler.filters()
        except NotInIndex:
            return self._filtered_by_database(find(snapshot, query, in_kinds))

        def allowed(view: View) -> Any:
            return in_kinds(view) & filters.mask(view)

        return find(snapshot, query, allowed)

    def _filtered_by_database(self, found: Found) -> Found:
        everything = np.arange(len(found))
        ids = found.object_ids(everything)
        if len(ids) <= MOST_PARAMETERS:
            passing = {str(pk) for pk in self._rows().filter(pk__in=ids).values_list("pk", flat=True)}
        else:
            passing = {str(pk) for pk in self._rows().values_list("pk", flat=True)}
        return found.keep(np.fromiter((pk in passing for pk in ids), dtype=bool, count=len(ids)))

    def _rows(self) -> "QuerySet[Model]":
        return self.query_compiler.queryset.order_by()  # type: ignore[no-any-return]

    # --- results --------------------------------------------------------------------------------------
    def _do_count(self) -> int:
        total = len(self.found) if self.found is not None else 0
        stop = total if self.stop is None else min(self.stop, total)
        return max(stop - self.start, 0)

    @or_nothing(list)
    def _do_search(self) -> list[Model]:
        if self.found is None:
            return []
        chosen = self._chosen(self.found)
        ids = self.found.object_ids(chosen)
        rows = self._load(ids)
        results = []
        for hit, pk in zip(chosen, ids, strict=True):
            if pk in rows:
                if self._score_field:
                    setattr(rows[pk], self._score_field, float(self.found.scores[hit]))
                results.append(rows[pk])
        return results

    def _load(self, ids: list[str]) -> dict[str, Model]:
        rows: dict[str, Model] = {}
        for start in range(0, len(ids), MOST_PARAMETERS):
            part = self.query_compiler.queryset.order_by().filter(pk__in=ids[start : start + MOST_PARAMETERS])
            rows.update((str(row.pk), row) for row in part)
        return rows

    def _chosen(self, found: Found) -> Any:
        """Indexes of the hits on this page, in order."""
        if self.query_compiler.order_by_relevance:
            return found.top(self.start, self.stop)
        order = list(self.query_compiler.queryset.query.order_by)
        if any(not isinstance(name, str) or self._order_column(name) is None for name in order):
            return self._ordered_by_database(found)[self.start : self.stop]
        hits = sorted(range(len(found)), key=lambda hit: -int(found.snapshot.order.numbers[found.places[hit]]))
        for name in reversed(order):
            values = found.values(str(self._order_column(name)))
            hits.sort(key=lambda hit: [(value is not None, value) for value in values[hit]], reverse=name[0] == "-")
        return np.array(hits[self.start : self.stop], dtype=np.int64)

    def _order_column(self, name: str) -> str | None:
        return self.query_compiler.column(name.lstrip("-"))

    def _ordered_by_database(self, found: Found) -> Any:
        """For orders that only SQL can express."""
        places = {pk: hit for hit, pk in enumerate(found.object_ids(np.arange(len(found))))}
        ordered = (str(pk) for pk in self.query_compiler.queryset.values_list("pk", flat=True))
        return np.array([places[pk] for pk in ordered if pk in places], dtype=np.int64)

    @or_nothing(list)
    def ranking(self, stop: int) -> list[tuple[float, str]]:
        """Scores and primary keys of the best results, without a look into the database."""
        if self.found is None:
            return []
        chosen = self.found.top(0, stop)
        return list(zip(self.found.scores[chosen].tolist(), self.found.object_ids(chosen), strict=True))

    # --- counts ---------------------------------------------------------------------------------------
    @or_nothing(OrderedDict)
    def facet(self, field_name: str, length: int = 0) -> "OrderedDict[Any, int]":
        """How many results have each value of a filterable field, most frequent first.

        :param length: count values alike that begin with the same so many characters
        """
        column = self.query_compiler.column(field_name)
        if column is None:
            model = self.query_compiler.queryset.model.__name__
            raise FilterFieldError(
                f'Cannot facet search results with field "{field_name}". '
                f"Please add index.FilterField('{field_name}') to {model}.search_fields.",
                field_name=field_name,
            )
        counts: Counter[Any] = Counter()
        for values, count in (self.found.counts(column, length) if self.found is not None else {}).items():
            for value in values or (None,):
                counts[value] += count
        return OrderedDict(sorted(counts.items(), key=lambda pair: (-pair[1], str(pair[0]))))
