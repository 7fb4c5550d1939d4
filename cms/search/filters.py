"""A queryset's conditions, answered from the index's columns where they can be."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

import numpy as np
from django.db.models import Model, QuerySet
from django.db.models.expressions import Subquery
from django.db.models.sql import Query

from cms.search.documents import plain
from cms.search.engine.columns import Values
from cms.search.engine.snapshot import View


class NotInIndex(Exception):
    """A condition that only the database can answer."""


@dataclass(frozen=True)
class Condition:
    """One lookup on one column."""

    column: str
    lookup: str
    value: Any

    def mask(self, view: View) -> Any:
        return view.mask(self, lambda: view.segment.column(self.column).mask(LOOKUPS[self.lookup](self.value)))


@dataclass(frozen=True)
class Never:
    def mask(self, view: View) -> Any:
        return np.zeros(view.segment.size, dtype=bool)


@dataclass(frozen=True)
class Joined:
    """Conditions joined as SQL joins them."""

    parts: tuple[Any, ...]
    connector: str
    negated: bool

    def mask(self, view: View) -> Any:
        combine = np.logical_and if self.connector == "AND" else np.logical_or
        masks = [part.mask(view) for part in self.parts]
        mask = combine.reduce(masks) if masks else np.ones(view.segment.size, dtype=bool)
        return ~mask if self.negated else mask


def _any(test: Callable[[Any], bool]) -> Callable[[Values], bool]:
    """True if one of the values passes; values of another kind do not."""

    def holds(values: Values) -> bool:
        try:
            return any(test(value) for value in values)
        except TypeError:
            return False

    return holds


LOOKUPS: dict[str, Callable[[Any], Callable[[Values], bool]]] = {
    "exact": lambda wanted: _any(lambda value: value == wanted),
    "iexact": lambda wanted: _any(lambda value: value.casefold() == wanted.casefold()),
    "in": lambda wanted: _any(lambda value: value in wanted),
    "lt": lambda wanted: _any(lambda value: value < wanted),
    "lte": lambda wanted: _any(lambda value: value <= wanted),
    "gt": lambda wanted: _any(lambda value: value > wanted),
    "gte": lambda wanted: _any(lambda value: value >= wanted),
    "range": lambda wanted: _any(lambda value: wanted[0] <= value <= wanted[1]),
    "startswith": lambda wanted: _any(lambda value: value.startswith(wanted)),
    "contains": lambda wanted: _any(lambda value: wanted in value),
    "isnull": lambda wanted: lambda values: (not values) == wanted,
}


def condition(column: str, lookup: str, value: Any) -> Condition:
    """A lookup with its value as the index holds values.

    :raises NotInIndex: the lookup or its value is something only SQL knows
    """
    if lookup not in LOOKUPS:
        raise NotInIndex(lookup)
    if isinstance(value, (Subquery, Query, QuerySet)):
        value = _values_of(value)
        if lookup == "exact":
            value = value[0] if value else object()
    elif hasattr(value, "resolve_expression"):
        raise NotInIndex(lookup)
    if lookup == "exact" and value is None:
        return Condition(column, "isnull", True)
    if lookup == "in":
        return Condition(column, lookup, frozenset(plain(item) for item in value))
    if lookup == "range":
        return Condition(column, lookup, tuple(plain(item) for item in value))
    return Condition(column, lookup, value if lookup == "isnull" else plain(value))


def _values_of(value: Any) -> list[Any]:
    """What a subquery selects; it must select one column."""
    query = value.query if isinstance(value, (Subquery, QuerySet)) else value
    queryset: QuerySet[Model] = QuerySet(query.model)
    queryset.query = query.clone()
    selected: Any = queryset.query.select
    if len(selected) == 1:
        return list(queryset.values_list(selected[0].target.attname, flat=True))
    return list(queryset.values_list("pk", flat=True))


def kinds_mask(kinds: Iterable[str]) -> Callable[[View], Any]:
    """Living documents of these models."""
    wanted = frozenset(kinds)

    def of_kinds(view: View) -> Any:
        return view.segment.kinds.mask(lambda values: bool(values) and values[0] in wanted) & view.alive

    return lambda view: view.mask(wanted, lambda: of_kinds(view))
