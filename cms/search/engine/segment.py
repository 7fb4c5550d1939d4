"""One segment, read from Whoosh's files into arrays as it is asked for.

A segment never changes after its commit, except that documents are marked as deleted: what was decoded
stays right, and deletions are a mask. Walking through postings in Python takes most of a cold query,
so decoded postings are kept (see ``docs/decisions/0007-search.md``).
"""

import threading
from array import array
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from itertools import islice
from typing import Any

import numpy as np
from whoosh.reading import IndexReader, TermNotFound

from cms.search.engine import schema
from cms.search.engine.cache import BoundedCache
from cms.search.engine.columns import Column, column_of, empty_column
from cms.search.engine.errors import IndexUnavailable
from cms.search.engine.hits import Hits, nothing

# Okapi BM25 (Robertson & Zaragoza 2009): how soon a repeated term stops to count, and how much length does.
SATURATION, LENGTH_SHARE = 1.2, 0.6
LONGEST = 4.0  # times the average: a whole statute is not worth less than a note because it is long


@dataclass
class Decoded:
    """Hits of one term, ready to be weighed."""

    hits: Hits
    nbytes: int


@dataclass
class Places:
    """Where a term stands: document and place as one number, ascending."""

    keys: Any

    @property
    def nbytes(self) -> int:
        return int(self.keys.nbytes) + 64


@dataclass
class Words:
    words: list[str]

    @property
    def nbytes(self) -> int:
        return 80 * len(self.words) + 64


class Segment:
    """What was decoded of one segment; it outlives the readers through which it was read."""

    def __init__(self, name: str, reader: IndexReader, cache: BoundedCache[Any]) -> None:
        self.name = name
        self.reader = reader
        self.size: int = reader.doc_count_all()
        self.deleted: frozenset[int] = frozenset()  # what Whoosh leaves out of the postings it gives
        self._cache = cache
        self._lock = threading.RLock()
        self.lengths = self._read_lengths()
        self.object_ids, self.kinds = self._read_names(schema.OBJECT), self.column(schema.KIND)

    @contextmanager
    def _reading(self) -> Iterator[None]:
        """One thread at a time, for Whoosh's files have one position for all; damage gets a name.

        :raises IndexUnavailable: the bytes are not what Whoosh wrote
        """
        with self._lock:
            try:
                yield
            except Exception as error:  # whatever damaged bytes make pickle, zlib and struct raise
                raise IndexUnavailable(f"The search index is damaged ({error!r}).") from error

    def reopen(self, reader: IndexReader) -> None:
        """Reads on through a newer reader of the same segment."""
        with self._reading():
            self.reader = reader

    # --- columns --------------------------------------------------------------------------------------
    def column(self, name: str) -> Column:
        return self._cache.get((self.name, "column", name), lambda: self._read_column(name))  # type: ignore[no-any-return]

    def shortened_column(self, name: str, length: int) -> Column:
        key = (self.name, "column", name, length)
        return self._cache.get(key, lambda: self.column(name).shortened(length))  # type: ignore[no-any-return]

    def _read_column(self, name: str) -> Column:
        with self._reading():
            raws = self._raws(name)
            return column_of(raws, self.size) if raws is not None else empty_column(self.size)

    def _raws(self, name: str) -> Iterable[bytes] | None:
        if name not in self.reader.schema or not self.reader.has_column(name):
            return None
        column = self.reader.column_reader(name, translate=False)
        return [column[doc] for doc in range(self.size)]

    def _read_names(self, name: str) -> list[str]:
        with self._reading():
            return [raw.decode() for raw in self._raws(name) or [b""] * self.size]

    @cached_property
    def numbers(self) -> Any:
        """Primary keys as numbers, nothing if some are none. What is no object, the words, takes the one before it."""
        if not all(name.isdecimal() for name in self.object_ids if name):
            return None
        numbers = np.array([int(name) if name else -1 for name in self.object_ids], dtype=np.int64)
        return np.where(numbers < 0, np.maximum.accumulate(numbers), numbers)

    def _read_lengths(self) -> Any:
        with self._reading():
            raws = self._raws(schema.LENGTH) or [b""] * self.size
            return np.array([int(raw or 0) for raw in raws], dtype=np.float32)

    # --- terms ----------------------------------------------------------------------------------------
    def term(self, field: str, term: str, average_length: float) -> Hits:
        """Documents that hold a term, by how much it says about each (without the term's rarity)."""
        key = (self.name, field, term, average_length)
        return self._cache.get(key, lambda: self._decode(field, [term], average_length)).hits  # type: ignore[no-any-return]

    def prefix(self, field: str, prefix: str, average_length: float, most: int) -> Hits:
        """Documents that hold any of the first ``most`` terms starting with ``prefix``."""
        key = (self.name, field, prefix, average_length, most)
        return self._cache.get(key, lambda: self._decode_prefix(field, prefix, average_length, most)).hits  # type: ignore[no-any-return]

    def frequency(self, field: str, term: str, average_length: float) -> int:
        return len(self.term(field, term, average_length))

    def completions(self, field: str, prefix: str, most: int) -> list[str]:
        """The first ``most`` terms that start with ``prefix``."""
        with self._reading():
            if field not in self.reader.schema:
                return []
            return [bytes(raw).decode() for raw in islice(self.reader.expand_prefix(field, prefix), most)]

    def _decode_prefix(self, field: str, prefix: str, average_length: float, most: int) -> Decoded:
        return self._decode(field, self.completions(field, prefix, most), average_length)

    def _decode(self, field: str, terms: list[str], average_length: float) -> Decoded:
        row = None
        for term in terms:
            docs, weights = self._postings(field, term)
            if len(terms) == 1:
                return self._weighed(docs, weights, average_length)
            row = np.zeros(self.size, dtype=np.float32) if row is None else row
            row[docs] += weights
        if row is None:
            return Decoded(nothing(), 64)
        docs = np.flatnonzero(row).astype(np.int32)
        return self._weighed(docs, row[docs], average_length)

    def _weighed(self, docs: Any, weights: Any, average_length: float) -> Decoded:
        if not len(docs):
            return Decoded(nothing(), 64)
        length = 1 - LENGTH_SHARE + LENGTH_SHARE * np.minimum(self.lengths[docs] / average_length, LONGEST)
        scores = weights * np.float32(SATURATION + 1) / (weights + np.float32(SATURATION) * length)
        hits = Hits(docs, np.maximum(scores, np.float32(1e-6)).astype(np.float32))
        if len(docs) * 32 > self.size:
            hits.row(self.size)
        nbytes = docs.nbytes + hits.scores.nbytes + (hits.by_doc.nbytes if hits.by_doc is not None else 0)
        return Decoded(hits, nbytes + 200)

    def _postings(self, field: str, term: str) -> tuple[Any, Any]:
        docs, weights = array("i"), array("f")
        with self._reading():
            matcher = self._matcher(field, term)
            if matcher is not None:
                take, weigh, step = matcher.id, matcher.weight, matcher.next
                while matcher.is_active():
                    docs.append(take())
                    weights.append(weigh())
                    step()
        return np.frombuffer(docs, dtype=np.int32), np.frombuffer(weights, dtype=np.float32)

    def _matcher(self, field: str, term: str) -> Any:
        if field not in self.reader.schema:
            return None
        try:
            return self.reader.postings(field, term)
        except TermNotFound:
            return None

    # --- places ---------------------------------------------------------------------------------------
    def places(self, field: str, term: str) -> Any:
        """Every occurrence of a term as ``document << 32 | place``, ascending."""
        return self._cache.get((self.name, "places", field, term), lambda: self._read_places(field, term)).keys

    def _read_places(self, field: str, term: str) -> Places:
        keys: list[Any] = []
        with self._reading():
            matcher = self._matcher(field, term)
            while matcher is not None and matcher.is_active():
                places = np.frombuffer(matcher.value(), dtype=np.uint32).astype(np.int64)
                keys.append(places | (matcher.id() << 32))
                matcher.next()
        return Places(np.concatenate(keys) if keys else np.empty(0, dtype=np.int64))

    def words(self) -> list[str]:
        """The words of the texts as they are written."""
        return self._cache.get((self.name, "words"), self._read_words).words  # type: ignore[no-any-return]

    def _read_words(self) -> Words:
        with self._reading():
            if schema.WORDS not in self.reader.schema:
                return Words([])
            return Words([bytes(raw).decode() for raw in self.reader.lexicon(schema.WORDS)])
