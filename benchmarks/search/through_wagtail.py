"""One database with its search backends and ours, through the same Wagtail calls. Prints JSON.

Run by ``benchmarks.search`` as a child process: ``DATABASE_URL=… python -m benchmarks.search.through_wagtail 20000``.
"""

import json
import os
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from itertools import islice
from pathlib import Path
from typing import Any

from benchmarks.search import corpus
from benchmarks.search.timing import LONGEST, times

FOLDER = Path(tempfile.mkdtemp(prefix="imprint-bench-"))
CHUNK = 1000


def main(size: int) -> None:
    set_up()
    make_pages(size)
    results = {name: measure(name, size) for name in ("imprint", "wagtail")}
    print(json.dumps(results))


def set_up() -> None:
    os.environ["DJANGO_SETTINGS_MODULE"] = "cms.settings.test"
    os.environ["VAR_DIR"] = str(FOLDER)
    os.environ["LOG_LEVEL"] = "ERROR"
    from django.conf import settings

    settings.WAGTAILSEARCH_BACKENDS = {
        "default": {"BACKEND": "wagtail.search.backends.database", "AUTO_UPDATE": False},
        "imprint": {"BACKEND": "cms.search.backend", "PATH": FOLDER / "search", "AUTO_UPDATE": False},
        "wagtail": {"BACKEND": "wagtail.search.backends.database", "AUTO_UPDATE": False},
    }
    import django
    from django.core.management import call_command

    django.setup()
    call_command("migrate", verbosity=0)


def make_pages(size: int) -> None:
    """Standard pages below one home page per language, written in bulk."""
    from django.contrib.contenttypes.models import ContentType
    from django.db import transaction
    from django.utils import timezone
    from wagtail.models import Locale, Page

    from cms.pages.models import HomePage, StandardPage

    homes = {}
    for code in ("en", "zh-hans"):
        locale = Locale.objects.get_or_create(language_code=code)[0]
        home = HomePage(title="Home", slug=f"home-{code}", headline="Home", locale=locale)
        homes[code] = Page.objects.get(depth=1).add_child(instance=home)
    content_type = ContentType.objects.get_for_model(StandardPage)
    numbers = dict.fromkeys(homes, 0)
    for texts in batched(corpus.texts(size), CHUNK):
        rows, bodies = [], []
        for text in texts:
            home = homes[text.language]
            numbers[text.language] += 1
            path = Page._get_path(home.path, home.depth + 1, numbers[text.language])
            rows.append(
                Page(
                    title=text.title,
                    draft_title=text.title,
                    slug=path.lower(),
                    url_path=f"/{path.lower()}/",
                    path=path,
                    depth=home.depth + 1,
                    content_type=content_type,
                    locale=home.locale,
                    live=True,
                    first_published_at=timezone.now(),
                    last_published_at=timezone.now(),
                )
            )
            bodies.append((text.summary[:300], json.dumps([{"type": "paragraph", "value": f"<p>{text.body}</p>"}])))
        with transaction.atomic():
            for row, (summary, body) in zip(Page.objects.bulk_create(rows), bodies, strict=True):
                # Only the row of the child table: its parent's is there.
                StandardPage(page_ptr_id=row.pk, summary=summary, body=body).save_base(raw=True)


def batched(items: Iterator[Any], size: int) -> Iterator[list[Any]]:
    while batch := list(islice(items, size)):
        yield batch


def measure(name: str, size: int) -> dict[str, Any]:
    from django.core.management import call_command
    from django.db import connection

    before = stored_bytes()
    start = time.perf_counter()
    call_command("rebuild_modelsearch_index", backend_name=name, chunk_size=CHUNK, verbosity=0)
    seconds = time.perf_counter() - start
    found: dict[str, Any] = {"rate": size / seconds, "bytes": stored_bytes() - before}
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")  # both databases plan better with it
    if name == "imprint":
        found["engine"] = times(engine_only(), corpus.ONE_TERM).as_dict()
    limit_statements(LONGEST)
    for kind, (act, queries) in acts(name).items():
        found[kind] = times(stoppable(act), queries).as_dict()
    limit_statements(0)
    return found


def limit_statements(seconds: float) -> None:
    """Tells PostgreSQL when to give up; 0 is never."""
    from django.db import connection

    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(f"SET statement_timeout = {int(1000 * seconds)}")


def engine_only() -> Callable[[str], object]:
    """The same search without loading a row: compiling, finding, counting."""
    from modelsearch.backends import get_search_backend
    from wagtail.models import Page

    pages = Page.objects.live()

    def count(query: str) -> object:
        get_search_backend("imprint").snapshot().forget_answers()
        return pages.search(query, backend="imprint").count()

    return count


def stoppable(act: Callable[[str], object]) -> Callable[[str], object]:
    """Wagtail's SQLite backend takes time with the square of the hits: the database is told when to give up."""
    from django.db import OperationalError, connection

    def stopped_in_time(query: str) -> object:
        if connection.vendor == "postgresql":
            return _act(query)
        timer = threading.Timer(LONGEST, connection.connection.interrupt)
        timer.start()
        try:
            return _act(query)
        finally:
            timer.cancel()

    def _act(query: str) -> object:
        try:
            return act(query)
        except OperationalError as error:
            raise TimeoutError from error

    return stopped_in_time


def acts(name: str) -> dict[str, tuple[Callable[[str], object], list[str]]]:
    """What readers and editors do: a page of ten results; for facets also the counts."""
    from modelsearch.backends import get_search_backend
    from wagtail.models import Page
    from wagtail.search.query import Phrase

    pages = Page.objects.live()

    def forget() -> None:
        if name == "imprint":
            get_search_backend(name).snapshot().forget_answers()

    def search(query: str) -> object:
        forget()
        return list(pages.search(query, backend=name)[:10])

    def phrase(query: str) -> object:
        forget()
        return list(pages.search(Phrase(query), backend=name)[:10])

    def complete(query: str) -> object:
        forget()
        return list(pages.autocomplete(query, backend=name)[:10])

    def facets(query: str) -> object:
        forget()
        results = pages.search(query, backend=name)
        return list(results[:10]), results.facet("locale_id"), results.facet("content_type_id")

    return {
        "one term": (search, corpus.ONE_TERM),
        "three terms": (search, corpus.THREE_TERMS),
        "phrase": (phrase, corpus.PHRASES),
        "autocomplete": (complete, corpus.PREFIXES),
        "facets": (facets, corpus.ONE_TERM),
    }


def stored_bytes() -> int:
    """What is on disk for searching: our folder, or the database with its entries."""
    from django.db import connection

    ours = sum(file.stat().st_size for file in (FOLDER / "search").rglob("*") if file.is_file())
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SELECT pg_total_relation_size('wagtailsearch_indexentry')")
        else:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            cursor.execute("SELECT page_count * page_size FROM pragma_page_count(), pragma_page_size()")
        return ours + int(cursor.fetchone()[0])


if __name__ == "__main__":
    main(int(sys.argv[1]))
