"""Facets: narrowing rows down to one value, and counting the results of each."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any

from django.db.models import Count, DateTimeField, Field, Model, QuerySet

from cms.search.kinds import Kind

MOST_COUNTED = 2000  # rows, where a backend cannot count by itself
RELATED = "__slug"
YEAR = 4  # digits


@dataclass
class Counts:
    """How many results have each value, and what a value is called."""

    values: dict[str, int] = field(default_factory=dict)
    labels: dict[str, str] = field(default_factory=dict)

    def add(self, value: str, label: object, count: int) -> None:
        self.values[value] = self.values.get(value, 0) + count
        self.labels.setdefault(value, str(label))

    def update(self, other: "Counts") -> None:
        for value, label, count in other.items():
            self.add(value, label, count)

    def items(self) -> Iterator[tuple[str, str, int]]:
        return ((value, self.labels[value], count) for value, count in self.values.items())


def narrowed(kind: Kind, rows: "QuerySet[Any]", filters: Mapping[str, str]) -> "QuerySet[Any] | None":
    """The rows that have the chosen values; nothing where the kind has no such facet."""
    for name, value in filters.items():
        if name == "kind":
            if value != kind.slug:
                return None
        elif name not in kind.facets:
            return None
        elif name == "year":
            if not (value.isascii() and value.isdecimal() and 0 < int(value) < 9999):
                return None
            rows = rows.filter(**_within_year(kind, int(value)))
        else:
            rows = rows.filter(**{kind.facets[name]: value})
    return rows


def _within_year(kind: Kind, year: int) -> dict[str, Any]:
    name = kind.facets["year"]
    start, end = date(year, 1, 1), date(year + 1, 1, 1)
    if isinstance(_field(kind, "year"), DateTimeField):
        start, end = (datetime(day.year, 1, 1, tzinfo=UTC) for day in (start, end))
    return {f"{name}__gte": start, f"{name}__lt": end}


def counts_of(kind: Kind, name: str, results: Any) -> Counts:
    """How many of a kind's results have each value of a facet."""
    counted = _counted(kind, kind.facets[name], results, YEAR if name == "year" else 0)
    counts = Counts()
    if name == "year":
        for value, count in counted.items():
            if value is not None:
                counts.add(str(value)[:YEAR], str(value)[:YEAR], count)
        return counts
    labels = dict(getattr(_field(kind, name), "flatchoices", ()))
    for value, count in counted.items():
        if value:
            counts.add(str(value), labels.get(value, value), count)
    return counts


def named_by(kinds: Iterable[Kind], name: str) -> type[Model] | None:
    """The model whose records name the values of a facet by their slug, if records do."""
    for kind in kinds:
        path = kind.facets.get(name, "")
        if path.endswith(RELATED):
            return _field(kind, name).related_model  # type: ignore[no-any-return]
        if path == "slug":
            return kind.model
    return None


def _counted(kind: Kind, path: str, results: Any, length: int) -> Mapping[Any, int]:
    if getattr(results, "counts_related", False):
        return results.facet(path, length)  # type: ignore[no-any-return]
    pks = [row.pk for row in results[:MOST_COUNTED]]
    rows = kind.model._default_manager.filter(pk__in=pks).order_by().values_list(path)
    return dict(rows.annotate(results=Count("pk")))


def _field(kind: Kind, name: str) -> "Field[Any, Any] | Any":
    model: type[Model] = kind.model
    return model._meta.get_field(kind.facets[name].removesuffix(RELATED))
