"""Imprint's embedded search, a backend of Wagtail (django-modelsearch) on Whoosh.

Settings::

    WAGTAILSEARCH_BACKENDS = {"default": {
        "BACKEND": "cms.search.backend",
        "PATH": VAR_DIR / "search",  # a folder on a local disk, shared by this machine's processes
        "VOCABULARY": "cms.vocabulary.wordings.vocabulary",  # optional: what things are called
    }}
"""

from collections.abc import Iterable
from functools import partial
from pathlib import Path
from typing import Any

from django.db import transaction
from django.db.models import Model
from modelsearch.backends.base import BaseIndex, BaseSearchBackend

from cms.search import indexing, vocabulary
from cms.search.analysis.queries import Analysis
from cms.search.compilers import AutocompleteQueryCompiler, SearchQueryCompiler
from cms.search.engine.snapshot import Snapshot, reader_for
from cms.search.engine.storage import writing
from cms.search.engine.writer import BatchWriter
from cms.search.results import SearchResults
from cms.search.tasks import write_pending_changes

REFRESH_WAIT = 60.0  # seconds


class SearchIndex(BaseIndex):
    """The index that is searched. What is added or deleted waits in the queue until the task writes it."""

    backend: "SearchBackend"

    def get_key(self) -> str:
        return self.backend.index_name

    def __str__(self) -> str:
        return str(self.backend.path)

    def add_items(self, model: type[Model], items: Iterable[Any]) -> None:
        if indexing.indexed(model):
            self._enqueue(model, [item.pk for item in items])

    def delete_item(self, item: Any) -> None:
        if indexing.indexed(type(item)):
            self._enqueue(type(item), [item.pk], is_deletion=True)

    def _enqueue(self, model: type[Model], pks: list[Any], is_deletion: bool = False) -> None:
        if pks:
            backend = self.backend
            indexing.enqueue(backend.index_name, model, pks, is_deletion)
            write = partial(write_pending_changes.enqueue, str(backend.path), backend.index_name, backend.vocabulary)
            if not indexing.is_postponed():
                transaction.on_commit(write)

    def refresh(self) -> None:
        """Writes what waits, now and here."""
        indexing.write_pending(self.backend.path, self.backend.index_name, wait=REFRESH_WAIT)

    def reset(self) -> None:
        """Leaves an empty index and an empty queue."""
        with writing(self.backend.path, REFRESH_WAIT):
            indexing.pending(self.backend.index_name).delete()
            writer = BatchWriter.create(self.backend.path, {"fields": {}, "chinese_terms": []})
            writer.commit()
            writer.publish()


class Rebuilder(BaseIndex):
    """What ``rebuild_modelsearch_index`` drives: it fills a new index while the old one is searched."""

    def __init__(self, index: SearchIndex) -> None:
        super().__init__(index.backend)
        backend = index.backend
        self._rebuild = indexing.Rebuild(backend.path, backend.index_name, backend.vocabulary)

    def start(self) -> "Rebuilder":
        self._rebuild.start()
        return self

    def add_items(self, model: type[Model], items: Iterable[Any]) -> None:
        if indexing.indexed(model):
            self._rebuild.add(items)

    def finish(self) -> None:
        self._rebuild.finish()


class SearchBackend(BaseSearchBackend):
    """The backend named in the settings; light to make, for Wagtail makes one per query."""

    query_compiler_class = SearchQueryCompiler
    autocomplete_query_compiler_class = AutocompleteQueryCompiler
    index_class = SearchIndex
    results_class = SearchResults
    rebuilder_class = Rebuilder
    catch_indexing_errors = False  # queueing is part of the caller's transaction

    def __init__(self, params: dict[str, Any]) -> None:
        super().__init__(params)
        self.path = Path(params["PATH"])
        self.index_name = self.path.name
        self.vocabulary: str | None = params.get("VOCABULARY")

    def write_pending(self) -> None:
        """Writes what waits, unless somebody else is doing so."""
        indexing.bring_up_to_date(self.path, self.index_name, self.vocabulary)

    def snapshot(self) -> Snapshot:
        """The index as of its last commit.

        :raises cms.search.engine.errors.IndexUnavailable: there is none, or it is damaged
        """
        return reader_for(self.path).snapshot()

    def check(self) -> None:
        """Looks whether the index on disk is whole.

        :raises cms.search.engine.errors.IndexUnavailable: there is none, or it is damaged
        """
        reader_for(self.path).check()

    def queue(self) -> dict[str, int]:
        """How many changes wait for the index, and how many could not be written."""
        waiting, failed = indexing.pending(self.index_name), indexing.failed(self.index_name)
        return {"waiting": waiting.count(), "failed": failed.count()}

    def analysis(self, snapshot: Snapshot, language: str | None = None) -> Analysis:
        """How a query in the reader's language is read."""
        return vocabulary.analysis_for(self.vocabulary, snapshot.notes, language)
