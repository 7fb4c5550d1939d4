"""The index as it stands at one commit. Queries read one snapshot from start to end."""

import math
import os
import threading
import time
import weakref
from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any, TypeVar

import numpy as np
from whoosh import index as whoosh_index

from cms.search.engine.cache import BoundedCache
from cms.search.engine.errors import IndexUnavailable
from cms.search.engine.hits import Order
from cms.search.engine.manifest import REBUILD, Manifest, Verifier, latest_toc, read_manifest
from cms.search.engine.segment import Segment
from cms.search.engine.storage import CURRENT, Current, DurableStorage, read_current

Result = TypeVar("Result")
Stamp = tuple[int, int]  # of the file that names what is current: time of change, inode

CACHE_BYTES = 192 * 1024 * 1024
ATTEMPTS = 6
SECONDS_UNTIL_NEXT_TRY = 2.0  # after an index could not be opened
MOST_ANSWERS = 16  # per segment
MOST_MASKS = 100  # per segment, a byte per document each


@dataclass
class View:
    """A segment in a snapshot: which of its documents are alive, and where its numbers start."""

    segment: Segment
    alive: Any
    base: int
    masks: dict[Hashable, Any] = field(default_factory=dict)
    answers: dict[Hashable, Any] = field(default_factory=dict)

    def answer(self, query: Hashable, find: Callable[[], Any]) -> Any:
        """The hits of a query before any filter: a page asks the same for each kind and facet."""
        found = self.answers.get(query)
        if found is None:
            found = find()
            if len(self.answers) >= MOST_ANSWERS:
                self.answers.clear()
            self.answers[query] = found
        return found

    def mask(self, key: Hashable, make: Callable[[], Any]) -> Any:
        """A mask that queries share, made once; the few that are asked for again and again are kept."""
        found = self.masks.get(key)
        if found is None:
            found = make()
            if len(self.masks) >= MOST_MASKS:
                self.masks.clear()
            self.masks[key] = found
        return found


class Snapshot:
    """One state of the index: segments, what readers need to know of them, and nothing that moves."""

    def __init__(self, current: Current, reader: Any, notes: dict[str, Any], views: list[View]) -> None:
        self.current = current
        self.notes = notes
        self.views = views
        self._close = weakref.finalize(self, reader.close)

    @cached_property
    def size(self) -> int:
        return sum(view.segment.size for view in self.views)

    @cached_property
    def average_length(self) -> float:
        """Tokens in a document, rounded to one of a few steps so that small commits keep decoded scores."""
        lengths = [view.segment.lengths[view.alive] for view in self.views]
        count = sum(len(part) for part in lengths)
        mean = sum(float(part.sum()) for part in lengths) / count if count else 1.0
        return float(1.25 ** round(np.log(max(mean, 1.0)) / np.log(1.25)))

    @cached_property
    def order(self) -> Order:
        """A number per document that rises with its primary key; it breaks ties."""
        if all(view.segment.numbers is not None for view in self.views):
            return Order.of(np.concatenate([np.empty(0, np.int64), *(view.segment.numbers for view in self.views)]))
        names = [name for view in self.views for name in view.segment.object_ids]
        ranks = {name: rank for rank, name in enumerate(sorted(set(names), key=lambda name: (len(name), name)))}
        return Order.of(np.array([ranks[name] for name in names], dtype=np.int64))

    def forget_answers(self) -> None:
        """Lets the next query be answered anew, as one that was not asked a moment ago."""
        for view in self.views:
            view.answers.clear()

    def object_id(self, place: int) -> str:
        for view in self.views:
            if place < view.base + view.segment.size:
                return view.segment.object_ids[place - view.base]
        raise IndexError(place)

    def frequency(self, field: str, term: str) -> int:
        """In how many documents a term stands."""
        return sum(view.segment.frequency(field, term, self.average_length) for view in self.views)

    def rarity(self, frequency: int) -> float:
        """The inverse document frequency of BM25, always above zero."""
        return math.log(1 + (self.size - frequency + 0.5) / (frequency + 0.5))

    @cached_property
    def words(self) -> list[str]:
        """Every word as written, each once."""
        return sorted({word for view in self.views for word in view.segment.words()})


class Reader:
    """Gives the present snapshot of one index; one per process and path."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._cache: BoundedCache[Any] = BoundedCache(CACHE_BYTES)
        self._stamp: Stamp | None = None
        self._failure: tuple[Stamp, float, str] | None = None
        self._snapshot: Snapshot | None = None
        self._segments: dict[str, Segment] = {}
        self._opening = threading.Lock()
        self._verifier = Verifier()

    def snapshot(self) -> Snapshot:
        """The index as of its last commit.

        :raises IndexUnavailable: there is none, or it is damaged
        """
        stamp = self._read_stamp()
        if self._snapshot is not None and stamp == self._stamp:
            return self._snapshot
        with self._opening:
            if self._snapshot is None or stamp != self._stamp:
                self._snapshot, self._stamp = self._open(stamp), stamp
            return self._snapshot

    def _read_stamp(self) -> Stamp:
        try:
            status = os.stat(self.path / CURRENT)
        except FileNotFoundError:
            return (0, 0)
        return (status.st_mtime_ns, status.st_ino)

    def check(self) -> None:
        """Looks at the files as they are on disk now, also where an older state is still being searched.

        :raises IndexUnavailable: there is no index, or it is damaged
        """
        self._current(lambda current: self._verified(self.path / current.folder))

    def _open(self, stamp: Stamp) -> Snapshot:
        """Opens what is current, or fails at once where it failed a moment ago."""
        if self._failure and self._failure[0] == stamp and time.monotonic() < self._failure[1]:
            raise IndexUnavailable(self._failure[2])
        try:
            return self._current(self._open_folder)
        except IndexUnavailable as error:
            self._failure = (stamp, time.monotonic() + SECONDS_UNTIL_NEXT_TRY, str(error))
            raise

    def _current(self, act: Callable[[Current], Result]) -> Result:
        """Does something with what is current; a commit or a swap in between removes files, so try again then."""
        for attempt in range(ATTEMPTS):
            current = read_current(self.path)
            try:
                return act(current)
            except FileNotFoundError as error:
                missing = error
                time.sleep(0.004 * attempt)
            except IndexUnavailable:
                raise
            except Exception as error:  # whatever a damaged file makes Whoosh raise
                raise IndexUnavailable(f"The search index is damaged ({error!r}). {REBUILD}") from error
        raise IndexUnavailable(f"A file of the search index is missing ({missing.filename}). {REBUILD}")

    def _open_folder(self, current: Current) -> Snapshot:
        folder = self.path / current.folder
        manifest = self._verified(folder)
        reader = whoosh_index.FileIndex(DurableStorage(str(folder))).reader()
        if latest_toc(folder) not in manifest.files:
            raise FileNotFoundError(2, "the index was written meanwhile", str(folder))
        views, base = [], 0
        for leaf, _offset in reader.leaf_readers():
            if leaf.doc_count_all():
                view = self._view(leaf, base)
                base += view.segment.size
                views.append(view)
        names = {view.segment.name for view in views}
        self._segments = {name: segment for name, segment in self._segments.items() if name in names}
        self._cache.forget(lambda key: key[0] in names)  # type: ignore[index]
        return Snapshot(current, reader, manifest.notes, views)

    def _verified(self, folder: Path) -> Manifest:
        """The manifest of the latest commit, all of whose files are as it says."""
        toc = latest_toc(folder)
        manifest = read_manifest(folder, toc)
        self._verifier.check(folder, manifest.files, {toc})
        segments = whoosh_index.TOC.read(DurableStorage(str(folder)), "MAIN").segments
        self._verifier.check(folder, manifest.files, {toc, *(f"{part.segment_id()}.seg" for part in segments)})
        return manifest

    def _view(self, leaf: Any, base: int) -> View:
        name = leaf.segment().segment_id()
        deleted = frozenset(leaf.segment().deleted_docs())
        segment = self._segments.get(name)
        if segment is not None and not segment.deleted <= deleted:
            # An older copy of the index was put back: what was decoded lacks documents that are alive again.
            self._cache.forget(lambda key: key[0] != name)  # type: ignore[index]
            segment = None
        if segment is None:
            segment = self._segments[name] = Segment(name, leaf, self._cache)
        else:
            segment.reopen(leaf)
        segment.deleted = deleted
        alive = np.ones(segment.size, dtype=bool)
        alive[list(deleted)] = False
        return View(segment, alive, base)


_readers: dict[tuple[int, Path], Reader] = {}


def reader_for(path: Path) -> Reader:
    """This process's reader of an index. After a fork the child opens its own files."""
    key = (os.getpid(), path)
    if key not in _readers:
        _readers[key] = Reader(path)
    return _readers[key]
