"""Answers a query: which documents, in which order, with which scores and counts."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

from cms.search.engine.columns import Values
from cms.search.engine.hits import best
from cms.search.engine.nodes import Node
from cms.search.engine.snapshot import Snapshot, View

Filter = Callable[[View], Any]  # a mask over the documents of a view


@dataclass
class Found:
    """Every hit of a query in one snapshot: places count through all segments."""

    snapshot: Snapshot
    places: Any
    scores: Any

    def __len__(self) -> int:
        return len(self.places)

    def top(self, start: int, stop: int | None) -> Any:
        """Indexes of the hits from ``start`` to ``stop`` by relevance; ties by falling primary key."""
        return best(self.scores, self.places, self.snapshot.order, start, stop)

    def object_ids(self, chosen: Any) -> list[str]:
        return [self.snapshot.object_id(int(place)) for place in self.places[chosen]]

    def keep(self, mask: Any) -> "Found":
        return Found(self.snapshot, self.places[mask], self.scores[mask])

    def counts(self, column: str, length: int = 0) -> Counter[Values]:
        """How often each value of a column, or its first ``length`` characters, occur among the hits."""
        counts: Counter[Values] = Counter()
        for view, docs in self._by_view():
            segment = view.segment
            read = segment.shortened_column(column, length) if length else segment.column(column)
            counts.update(read.count(docs))
        return counts

    def values(self, column: str) -> list[Values]:
        """The values of a column, hit by hit."""
        values: list[Values] = []
        for view, docs in self._by_view():
            read = view.segment.column(column)
            values.extend(read.distinct[code] for code in read.codes[docs])
        return values

    def _by_view(self) -> list[tuple[View, Any]]:
        """The hits of each segment; places ascend, so every segment's hits are a slice."""
        parts = []
        for view in self.snapshot.views:
            first, last = np.searchsorted(self.places, (view.base, view.base + view.segment.size))
            if last > first:
                parts.append((view, self.places[first:last] - view.base))
        return parts


def find(snapshot: Snapshot, query: Node, allowed: Filter) -> Found:
    """All documents of the snapshot that answer the query and pass the filter."""
    places, scores = [], []
    for view in snapshot.views:
        found = view.answer(query, lambda view=view: query.hits(snapshot, view))  # type: ignore[misc]
        if not len(found):
            continue
        keep = allowed(view)[found.docs]
        docs, total = found.docs, found.total()
        if not keep.all():
            docs, total = docs[keep], total[keep]
        places.append(docs + view.base if view.base else docs)
        scores.append(total)
    if not places:
        return Found(snapshot, np.empty(0, dtype=np.int32), np.empty(0, dtype=np.float32))
    if len(places) == 1:
        return Found(snapshot, places[0], scores[0])
    return Found(snapshot, np.concatenate(places), np.concatenate(scores))
