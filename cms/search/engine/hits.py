"""Documents and their scores: what every part of a query answers with."""

from dataclasses import dataclass
from typing import Any

import numpy as np

FEW = 400  # hits that are sorted as quickly as thinned out


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


@dataclass(frozen=True)
class Order:
    """A number per document that decides between equal scores; ``is_rising`` if it rises with the document's."""

    numbers: Any
    is_rising: bool

    @classmethod
    def of(cls, numbers: Any) -> "Order":
        return cls(numbers, bool((np.diff(numbers) >= 0).all()))


def best(scores: Any, places: Any, order: Order, start: int, stop: int | None) -> Any:
    """Indexes of the hits ``start`` to ``stop`` by falling score; equal scores by falling order.

    Only those that can be among them are sorted.

    :param places: the documents that were hit, ascending
    """
    count = len(scores)
    stop = count if stop is None else min(stop, count)
    if start >= stop:
        return np.empty(0, dtype=np.int64)
    chosen = _candidates(scores, places, order, stop) if stop * 4 < count else np.arange(count)
    ranked = chosen[np.lexsort((-order.numbers[places[chosen]], -scores[chosen]))]
    return ranked[start:stop]


def _candidates(scores: Any, places: Any, order: Order, wanted: int) -> Any:
    """Few hits among which the ``wanted`` best are.

    Where that leaves many: all above the last score that still counts, then the first of its equals.
    """
    chosen = (scores >= _lower_bound(scores, wanted)).nonzero()[0]
    if len(chosen) <= max(FEW, wanted):
        return chosen
    found = scores[chosen]
    place = len(found) - wanted
    least = np.partition(found, place)[place]
    above, equals = chosen[found > least], chosen[found == least]
    missing = wanted - len(above)
    if order.is_rising:
        return np.concatenate((above, equals[-missing:]))
    falling = -order.numbers[places[equals]]
    return np.concatenate((above, equals[np.argpartition(falling, missing - 1)[:missing]]))


def _lower_bound(scores: Any, wanted: int) -> Any:
    """A score that at least ``wanted`` hits reach: cheaper than the exact one, for it looks at blocks' maxima."""
    blocks = 4 * wanted
    size = len(scores) // blocks
    if size < 4:
        return scores.min()
    maxima = scores[: blocks * size].reshape(blocks, size).max(axis=1)
    return np.partition(maxima, blocks - wanted)[blocks - wanted]
