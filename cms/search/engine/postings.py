"""Collects postings term by term, and hands each term's postings on at once.

Documents come in rising order, so what is appended to a term is sorted already: only terms are.
"""

import heapq
import marshal
from array import array
from collections.abc import Iterator
from itertools import chain, groupby, islice
from operator import itemgetter
from typing import Any, NamedTuple

from whoosh.writing import PostingPool

MOST_IN_MEMORY = 4_000_000  # postings (some 300 MB); more are written to disk and merged
RUN_CHUNK = 500  # terms that are written at once


class Postings(NamedTuple):
    """Where a term stands: documents, weights, and what the field's format keeps of each."""

    field: str
    term: bytes
    docs: "array[int]"
    weights: "array[float]"
    values: list[bytes]


class Pool(PostingPool):  # type: ignore[misc]
    """In place of Whoosh's, which sorts every posting of every term."""

    def __init__(self, storage: Any, segment: Any) -> None:
        super().__init__(storage, segment)
        self._fields: dict[str, dict[bytes, tuple[Any, Any, list[bytes]]]] = {}
        self._count = 0

    def add(self, item: tuple[str, bytes, int, float, bytes | None]) -> None:
        field, term, doc, weight, value = item
        terms = self._fields.setdefault(field, {})
        found = terms.get(term)
        if found is None:
            found = terms[term] = (array("I"), array("f"), [])
        found[0].append(doc)
        found[1].append(weight)
        if value:
            found[2].append(value)
        self._count += 1
        if self._count >= MOST_IN_MEMORY:
            self.save()

    def save(self) -> None:
        path, file = self._new_run()
        collected = self._collected()
        while chunk := [
            (*part[:2], part.docs.tobytes(), part.weights.tobytes(), part.values)
            for part in islice(collected, RUN_CHUNK)
        ]:
            marshal.dump(chunk, file)
        file.close()
        self.runs.append(path)
        self._fields, self._count = {}, 0

    def items(self, maxfiles: int = 0) -> Iterator[Postings]:
        """Every term's postings, fields and terms in order; earlier runs hold the lower documents."""
        if not self.runs:
            return self._collected()
        parts = heapq.merge(*map(self._read_run, self.runs), self._collected(), key=itemgetter(0, 1))
        return (_joined(list(group)) for _key, group in groupby(parts, key=itemgetter(0, 1)))

    def _collected(self) -> Iterator[Postings]:
        for field in sorted(self._fields):
            terms = self._fields[field]
            for term in sorted(terms):
                yield Postings(field, term, *terms[term])

    def _read_run(self, path: str) -> Iterator[Postings]:
        with self._open_run(path) as file:
            while True:
                try:
                    chunk = marshal.load(file)  # noqa: S302 - our own file of a moment ago
                except EOFError:
                    break
                for field, term, docs, weights, values in chunk:
                    yield Postings(field, term, array("I", docs), array("f", weights), values)
        self._remove_run(path)


def _joined(parts: list[Postings]) -> Postings:
    if len(parts) == 1:
        return parts[0]
    docs, weights = array("I"), array("f")
    for part in parts:
        docs.extend(part.docs)
        weights.extend(part.weights)
    return Postings(*parts[0][:2], docs, weights, list(chain.from_iterable(part.values for part in parts)))
