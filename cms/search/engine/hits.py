"""Documents and their scores: what every part of a query answers with."""

from dataclasses import dataclass
from typing import Any

import numpy as np

Docs = "np.ndarray[Any, np.dtype[np.int32]]"
Scores = "np.ndarray[Any, np.dtype[np.float32]]"


@dataclass
class Hits:
    """Documents in ascending order with scores above zero; ``scale`` multiplies every score."""

    docs: Any
    scores: Any
    scale: float = 1.0
    by_doc: Any = None  # the scores as one row per document of the segment, where that is already at hand

    def __len__(self) -> int:
        return len(self.docs)

    def row(self, size: int) -> Any:
        """Scores by document number, zero where a document is not among the hits (unscaled)."""
        if self.by_doc is None:
            self.by_doc = np.zeros(size, dtype=np.float32)
            self.by_doc[self.docs] = self.scores
        return self.by_doc

    def scaled(self, factor: float) -> "Hits":
        return Hits(self.docs, self.scores, self.scale * factor, self.by_doc)

    def total(self) -> Any:
        return self.scores if self.scale == 1.0 else self.scores * np.float32(self.scale)


def nothing() -> Hits:
    return Hits(np.empty(0, dtype=np.int32), np.empty(0, dtype=np.float32))


def all_of(parts: list[Hits], size: int, bonus: list[Hits]) -> Hits:
    """Documents in every part; scores add up, those of ``bonus`` too where a document has them."""
    parts = sorted(parts, key=len)
    docs, scores = parts[0].docs, parts[0].total()
    for other in parts[1:]:
        found = other.row(size)[docs]
        keep = found > 0
        docs, scores = docs[keep], scores[keep] + found[keep] * np.float32(other.scale)
    for other in bonus:
        if len(other):
            scores = scores + other.row(size)[docs] * np.float32(other.scale)
    return Hits(docs, scores)


def any_of(parts: list[Hits], size: int, best_only: bool = False) -> Hits:
    """Documents in at least one part; scores add up, or the best one counts."""
    parts = [part for part in parts if len(part)]
    if len(parts) < 2:
        return parts[0] if parts else nothing()
    row = np.zeros(size, dtype=np.float32)
    for part in parts:
        if best_only:
            row[part.docs] = np.maximum(row[part.docs], part.total())
        else:
            row[part.docs] += part.total()
    docs = np.flatnonzero(row).astype(np.int32)
    return Hits(docs, row[docs])


def none_of(part: Hits, size: int) -> Hits:
    """Every document that is not among the hits, all with the same score."""
    missing = np.ones(size, dtype=bool)
    missing[part.docs] = False
    docs = np.flatnonzero(missing).astype(np.int32)
    return Hits(docs, np.ones(len(docs), dtype=np.float32))


def everything(size: int) -> Hits:
    return Hits(np.arange(size, dtype=np.int32), np.ones(size, dtype=np.float32))


def best(scores: Any, order: Any, start: int, stop: int | None) -> Any:
    """Places of the hits ``start`` to ``stop`` by falling score; equal scores by falling ``order``.

    Only those that can be among them are sorted.
    """
    count = len(scores)
    stop = count if stop is None else min(stop, count)
    if start >= stop:
        return np.empty(0, dtype=np.int64)
    places = _candidates(scores, order, stop) if stop * 4 < count else np.arange(count)
    ranked = places[np.lexsort((-order[places], -scores[places]))]
    return ranked[start:stop]


def _candidates(scores: Any, order: Any, wanted: int) -> Any:
    """The ``wanted`` best places: all above the last score that still counts, then the first of its equals."""
    least = np.partition(scores, -wanted)[-wanted]
    above = np.flatnonzero(scores > least)
    equals = np.flatnonzero(scores == least)
    missing = wanted - len(above)
    if len(equals) > missing:
        equals = equals[np.argpartition(-order[equals], missing - 1)[:missing]] if missing else equals[:0]
    return np.concatenate((above, equals))
