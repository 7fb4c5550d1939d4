"""Writes the index: batches from the queue, and whole rebuilds beside it."""

import logging
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager
from contextvars import ContextVar
from pathlib import Path
from typing import Any

from django.apps import apps
from django.db.models import F, Model, QuerySet
from modelsearch.index import Indexed, get_indexed_models

from cms.search import vocabulary
from cms.search.documents import column_names, document_key, make_document
from cms.search.engine.errors import IndexBusy, IndexUnavailable
from cms.search.engine.snapshot import reader_for
from cms.search.engine.storage import read_current, remove_other_folders, writing
from cms.search.engine.writer import BatchWriter, without_garbage_collection
from cms.search.models import PendingChange

logger = logging.getLogger(__name__)
BATCH = 500  # objects in one commit
MOST_ATTEMPTS = 3
REBUILD_WAIT = 600.0  # seconds a rebuild waits for whoever writes


_postponed: ContextVar[bool] = ContextVar("postponed", default=False)


@contextmanager
def postponed() -> Iterator[None]:
    """Leaves what is saved meanwhile in the queue, for whoever rebuilds the index afterwards."""
    token = _postponed.set(True)
    try:
        yield
    finally:
        _postponed.reset(token)


def is_postponed() -> bool:
    return _postponed.get()


def pending(index: str) -> "QuerySet[PendingChange]":
    """What one index still has to take in."""
    return PendingChange.objects.filter(index=index, attempts__lt=MOST_ATTEMPTS).order_by("id")


def failed(index: str) -> "QuerySet[PendingChange]":
    """What could not be indexed; a rebuild or the next save tries again."""
    return PendingChange.objects.filter(index=index, attempts__gte=MOST_ATTEMPTS)


def write_pending(path: Path, index: str, wait: float = 0.0) -> None:
    """Brings the index up to date, unless somebody else is doing so.

    :param wait: seconds to wait for whoever writes now
    """
    while pending(index).exists():
        try:
            with writing(path, wait):
                while _write_batch(path, index):
                    pass
        except IndexBusy:
            # Whoever writes looks at the queue again after letting go: nothing is left behind.
            return


def _write_batch(path: Path, index: str) -> bool:
    """Commits the oldest changes. Returns whether there were any."""
    changes = list(pending(index)[:BATCH])
    if not changes:
        return False
    writer = BatchWriter(path, read_current(path).folder)
    try:
        done = _apply(writer, changes)
        writer.commit()
    except BaseException:
        writer.cancel()
        raise
    writer.publish()
    PendingChange.objects.filter(pk__in=done).delete()
    return True


def _apply(writer: BatchWriter, changes: list[PendingChange]) -> list[int]:
    """Puts the last state of each object into the writer. Returns the rows that are done."""
    last = {key: change for change in changes if (key := _key(change))}
    objects = _load(change for change in last.values() if not change.is_deletion)
    segmenter = vocabulary.segmenter_for(writer.notes.get("chinese_terms", ()))
    documents, broken = [], set()
    for key in last:
        if key in objects:
            try:
                documents.append(make_document(objects[key], writer.field_number, segmenter))
            except Exception:
                logger.exception("%s could not be indexed.", key)
                broken.add(key)
    writer.add_columns(name for document in documents for name in document.values)
    for key in last:
        if key not in broken:
            writer.delete(key)
    for document in documents:
        writer.add(document)
    return _settle(changes, broken)


def _key(change: PendingChange) -> str | None:
    """The document's key; nothing for a model that is no longer there."""
    try:
        return document_key(apps.get_model(change.model), change.object_id)
    except LookupError:
        return None


def _settle(changes: list[PendingChange], broken: set[str]) -> list[int]:
    """Counts an attempt for what is broken. Returns the rows of what is not."""
    keys = {change.pk: _key(change) for change in changes}
    failing = [pk for pk, key in keys.items() if key in broken]
    PendingChange.objects.filter(pk__in=failing).update(attempts=F("attempts") + 1)
    return [pk for pk in keys if pk not in failing]


def _load(changes: Iterable[PendingChange]) -> dict[str, Any]:
    """The objects that still exist and are to be indexed, as their most specific class."""
    by_model: dict[str, list[str]] = {}
    for change in changes:
        by_model.setdefault(change.model, []).append(change.object_id)
    objects: dict[str, Any] = {}
    for label, pks in by_model.items():
        model: Any = apps.get_model(label)
        for obj in model.get_indexed_objects().filter(pk__in=pks):
            objects[document_key(model, obj.pk)] = obj
    return objects


class Rebuild:
    """A new index beside the one that is searched; ``finish`` puts it in its place.

    It holds the right to write from start to end, so changes made meanwhile wait in the queue.
    """

    def __init__(self, path: Path, index: str, source: str | None) -> None:
        self.path, self.index, self.source = path, index, source
        self._held = ExitStack()

    def start(self) -> None:
        self._held.enter_context(writing(self.path, REBUILD_WAIT))
        # What was queued until now is read below; what is queued from now on is done after the swap.
        self._covered = list(PendingChange.objects.filter(index=self.index).values_list("pk", flat=True))
        self._chinese_terms = vocabulary.load(self.source).chinese_terms
        self._segmenter = vocabulary.segmenter_for(self._chinese_terms)
        self.writer = BatchWriter.create(self.path, {"fields": {}, "chinese_terms": self._chinese_terms})
        self.writer.add_columns(name for model in get_indexed_models() for name in column_names(model))

    def add(self, objects: Iterable[Any]) -> None:
        with without_garbage_collection():
            for obj in objects:
                self.writer.add(make_document(obj, self.writer.field_number, self._segmenter))

    def finish(self) -> None:
        self.writer.commit()
        self.writer.publish()
        for start in range(0, len(self._covered), BATCH):
            PendingChange.objects.filter(pk__in=self._covered[start : start + BATCH]).delete()
        remove_other_folders(self.path, keep=self.writer.folder)
        self._held.close()
        vocabulary.forget()
        write_pending(self.path, self.index)

    def __del__(self) -> None:
        self._held.close()


def rebuild_all(path: Path, index: str, source: str | None) -> None:
    """Indexes everything anew, as ``manage.py rebuild_modelsearch_index`` does."""
    rebuild = Rebuild(path, index, source)
    rebuild.start()
    for model in get_indexed_models():
        rebuild.add(model.get_indexed_objects().order_by("pk").iterator(chunk_size=BATCH))
    rebuild.finish()


def bring_up_to_date(path: Path, index: str, source: str | None) -> None:
    """Writes what waits; makes the index anew where there is none or it is damaged."""
    try:
        reader_for(path).check()
    except IndexUnavailable as error:
        logger.error("%s It is rebuilt now.", error)
        rebuild_all(path, index, source)
    else:
        write_pending(path, index)


def enqueue(index: str, model: type[Model], pks: Iterable[Any], is_deletion: bool = False) -> None:
    """Notes objects for the next batch, within the caller's transaction."""
    PendingChange.objects.bulk_create(
        PendingChange(index=index, model=model._meta.label, object_id=str(pk), is_deletion=is_deletion) for pk in pks
    )


def indexed(model: Any) -> bool:
    return issubclass(model, Indexed) and bool(model.search_fields)
