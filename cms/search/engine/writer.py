"""Writes documents: a batch into the current index, or a whole new index beside it."""

import gc
import shutil
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from whoosh import index as whoosh_index
from whoosh.reading import TermNotFound

from cms.search.engine import schema
from cms.search.engine.columns import encode
from cms.search.engine.manifest import SUFFIX, latest_toc, read_manifest
from cms.search.engine.postings import Pool
from cms.search.engine.schema import Codec, Document
from cms.search.engine.storage import TEMPORARY, DurableStorage, new_folder, publish


class BatchWriter:
    """One commit. Whoever makes one holds ``storage.writing``; nothing is seen before ``commit``."""

    def __init__(self, path: Path, folder: str) -> None:
        self.path, self.folder = path, folder
        self.notes = read_manifest(path / folder, latest_toc(path / folder)).notes
        _remove_orphans(path / folder)
        self._storage = DurableStorage(str(path / folder), self.notes)
        self._writer = whoosh_index.FileIndex(self._storage).writer(codec=Codec(compression=0))
        self._writer.pool = Pool(self._writer.temp_storage(), self._writer.newsegment)
        self._reader = self._writer.reader()
        self._words: set[str] = set()

    @classmethod
    def create(cls, path: Path, notes: dict[str, Any]) -> "BatchWriter":
        """A writer of a new, empty index that is not searched until it is published."""
        folder = new_folder(path)
        whoosh_index.FileIndex.create(DurableStorage(str(path / folder), notes), schema.base_schema(), "MAIN")
        return cls(path, folder)

    def field_number(self, name: str) -> int:
        """The number under which readers find the places of a field."""
        numbers: dict[str, int] = self.notes.setdefault("fields", {})
        return numbers.setdefault(name, min(len(numbers), schema.LAST_FIELD))

    def add_columns(self, names: Iterable[str]) -> None:
        """Makes room for values; only before the first document."""
        for name in sorted(set(names) - set(self._writer.schema.names())):
            self._writer.add_field(name, schema.value_field())

    def delete(self, key: str) -> None:
        """Removes an object's document, if there is one."""
        try:
            matcher = self._reader.postings(schema.KEY, key)
        except TermNotFound:
            return
        while matcher.is_active():
            self._writer.delete_document(matcher.id())
            matcher.next()

    def add(self, document: Document) -> None:
        self._writer.add_document(
            **{
                schema.KEY: document.key,
                schema.KIND: encode(document.kind),
                schema.OBJECT: document.object_id.encode(),
                schema.LENGTH: str(document.length).encode(),
                schema.TEXT: document.text,
                schema.PREFIXES: document.prefixes,
                **{name: encode(value) for name, value in document.values.items()},
            }
        )
        self._words.update(document.words)

    def commit(self) -> None:
        """Writes everything to disk; readers see it once it is published."""
        self._add_words()
        with without_garbage_collection():
            self._writer.commit()
        self._reader.close()

    def publish(self) -> None:
        publish(self.path, self.folder)

    def cancel(self) -> None:
        self._writer.cancel()
        self._reader.close()

    def _add_words(self) -> None:
        """Words not seen before go into one document of their own, which no search returns."""
        worth = (word for word in self._words if len(word) > 2 and not word.isdecimal())
        new = {word for word in worth if (schema.WORDS, word.encode()) not in self._reader}
        if new:
            self._writer.add_document(**{schema.WORDS: new})


def _remove_orphans(folder: Path) -> None:
    """Deletes files of commits that never finished, and manifests of old ones; only the holder of the lock may."""
    manifest = f"{latest_toc(folder)}{SUFFIX}"
    segments = whoosh_index.TOC.read(DurableStorage(str(folder)), "MAIN").segments
    known = tuple(f"{segment.segment_id()}." for segment in segments)
    for left_over in folder.glob(f"{TEMPORARY}*"):
        shutil.rmtree(left_over, ignore_errors=True)
    for file in folder.iterdir():
        is_segment = file.name.startswith("MAIN_") and not file.name.endswith("LOCK")
        is_draft = file.name.startswith("_MAIN_") and not file.name.endswith(".toc") and file.name != manifest
        if file.is_file() and (is_draft or (is_segment and not file.name.startswith(known))):
            file.unlink(missing_ok=True)


@contextmanager
def without_garbage_collection() -> Iterator[None]:
    """Indexing makes millions of small objects that are all still needed: looking for garbage is in vain."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()
