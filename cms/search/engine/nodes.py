"""A query as the engine reads it: a tree whose leaves are terms."""

from collections.abc import Hashable
from dataclasses import dataclass, field
from typing import Any, Protocol

import numpy as np

from cms.search.engine import hits
from cms.search.engine.hits import Hits
from cms.search.engine.schema import LAST_POSITION, POSITION_BITS
from cms.search.engine.snapshot import Snapshot, View

MOST_COMPLETIONS = 2000


class Node(Hashable, Protocol):
    def hits(self, snapshot: Snapshot, view: View) -> Hits: ...


@dataclass(frozen=True)
class Everything:
    def hits(self, snapshot: Snapshot, view: View) -> Hits:
        return hits.everything(view.segment.size)


@dataclass(frozen=True)
class Nothing:
    def hits(self, snapshot: Snapshot, view: View) -> Hits:
        return hits.nothing()


@dataclass(frozen=True)
class Term:
    """Documents that hold a term; with ``within``, only in the fields of these numbers."""

    field: str
    term: str
    boost: float = 1.0
    within: frozenset[int] | None = None

    def hits(self, snapshot: Snapshot, view: View) -> Hits:
        found = view.segment.term(self.field, self.term, snapshot.average_length)
        if not len(found):
            return found
        frequency = len(found) if len(snapshot.views) == 1 else snapshot.frequency(self.field, self.term)
        found = found.scaled(self.boost * snapshot.rarity(frequency))
        return found if self.within is None else self._in_fields(found, view)

    def _in_fields(self, found: Hits, view: View) -> Hits:
        keys = view.segment.places(self.field, self.term)
        docs = np.unique(keys[np.isin(field_numbers(keys), list(self.within or ()))] >> 32)
        allowed = Hits(docs.astype(np.int32), np.full(len(docs), 1e-6, np.float32))
        return hits.all_of([found, allowed], view.segment.size, [])


@dataclass(frozen=True)
class Prefix:
    """Documents with a term that starts so."""

    field: str
    prefix: str
    boost: float = 1.0
    within: frozenset[int] | None = None

    def hits(self, snapshot: Snapshot, view: View) -> Hits:
        found = view.segment.prefix(self.field, self.prefix, snapshot.average_length, MOST_COMPLETIONS)
        if self.within is None or not len(found):
            return found.scaled(self.boost)
        size = view.segment.size
        terms = view.segment.completions(self.field, self.prefix, MOST_COMPLETIONS)
        parts = [Term(self.field, term, within=self.within).hits(snapshot, view) for term in terms]
        allowed = hits.any_of(parts, size)
        return hits.all_of([found.scaled(self.boost), allowed], size, []) if len(allowed) else allowed


@dataclass(frozen=True)
class Phrase:
    """Terms that stand together: each with its distance from the first."""

    field: str
    terms: tuple[tuple[int, str], ...]
    boost: float = 1.0
    within: frozenset[int] | None = None

    def hits(self, snapshot: Snapshot, view: View) -> Hits:
        size = view.segment.size
        single = [Term(self.field, term, self.boost) for _distance, term in self.terms]
        together = hits.all_of([term.hits(snapshot, view) for term in single], size, [])
        if not len(together):
            return together
        keys = self._starts(together, view)
        if self.within is not None:
            keys = keys[np.isin(field_numbers(keys), list(self.within))]
        docs = np.unique(keys >> 32).astype(np.int32)
        scores = together.row(size)[docs]
        return Hits(docs, scores, together.scale)

    def _starts(self, together: Hits, view: View) -> Any:
        """Where the phrase begins, as keys of its first term."""
        among = np.zeros(view.segment.size, dtype=bool)
        among[together.docs] = True
        starts = None
        for distance, term in sorted(self.terms, key=lambda pair: len(view.segment.places(self.field, pair[1]))):
            keys = view.segment.places(self.field, term)
            keys = keys[among[keys >> 32]] - distance
            starts = keys if starts is None else starts[contains(keys, starts)]
        return starts


def contains(ascending: Any, wanted: Any) -> Any:
    """For each wanted number whether it is in the ascending ones."""
    if not len(ascending):
        return np.zeros(len(wanted), dtype=bool)
    places = np.searchsorted(ascending, wanted)
    places[places == len(ascending)] = 0
    return ascending[places] == wanted


def field_numbers(keys: Any) -> Any:
    return (keys & 0xFFFFFFFF) >> POSITION_BITS


def place(field_number: int, position: int) -> int:
    """One number for a position in a field; what lies beyond the last position is counted there."""
    return (field_number << POSITION_BITS) | (position if position < LAST_POSITION else LAST_POSITION)


@dataclass(frozen=True)
class AllOf:
    """Every part must be there; ``bonus`` parts only raise the score."""

    parts: tuple[Node, ...]
    bonus: tuple[Node, ...] = ()

    def hits(self, snapshot: Snapshot, view: View) -> Hits:
        if not self.parts:
            return hits.nothing()
        found = []
        for part in self.parts:
            found.append(part.hits(snapshot, view))
            if not len(found[-1]):
                return hits.nothing()
        if len(found) == 1 and not self.bonus:
            return found[0]
        bonus = [part.hits(snapshot, view) for part in self.bonus]
        return hits.all_of(found, view.segment.size, bonus)


@dataclass(frozen=True)
class AnyOf:
    """One part is enough. With ``best_only`` the parts are ways to say the same: the best one counts."""

    parts: tuple[Node, ...]
    best_only: bool = field(default=False)

    def hits(self, snapshot: Snapshot, view: View) -> Hits:
        return hits.any_of([part.hits(snapshot, view) for part in self.parts], view.segment.size, self.best_only)


@dataclass(frozen=True)
class NoneOf:
    part: Node

    def hits(self, snapshot: Snapshot, view: View) -> Hits:
        return hits.none_of(self.part.hits(snapshot, view), view.segment.size)


@dataclass(frozen=True)
class Boosted:
    part: Node
    boost: float

    def hits(self, snapshot: Snapshot, view: View) -> Hits:
        return self.part.hits(snapshot, view).scaled(self.boost)
