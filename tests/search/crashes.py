"""Writers that are killed in the middle, and readers that go on: run by test_durability as a process of its own.

``SEARCH_TEST_FOLDER=… python -m tests.search.crashes kills|readers|writers``
"""

import os
import random
import re
import signal
import sys
import time
import traceback
from collections.abc import Callable

os.environ["DJANGO_SETTINGS_MODULE"] = "tests.search.settings"
import django

django.setup()

from django.core.management import call_command
from django.db import connections
from modelsearch.backends import get_search_backend
from modelsearch.query import MATCH_ALL
from modelsearch.test.testapp.models import Book

from cms.search import indexing
from cms.search.engine.snapshot import Reader
from cms.search.engine.storage import writing

KILLS = 50
BOOKS = 120
COMMITS = 150
GENERATION = re.compile(r"generation\d+$")
LONGEST = 0.12  # seconds until a writer is killed; a batch takes about half of it


def main(scenario: str) -> None:
    call_command("migrate", verbosity=0, run_syncdb=True)
    names = (f"Book {number}" for number in range(BOOKS))
    Book.objects.bulk_create(Book(title=name, publication_date="2026-01-01", number_of_pages=1) for name in names)
    call_command("rebuild_modelsearch_index", verbosity=0)
    {"kills": kills, "readers": readers, "writers": writers}[scenario]()


def kills() -> None:
    """Kills a writer at a random moment, 50 times; each time the index opens, and at the end all is there."""
    backend, source = get_search_backend(), random.Random(50)
    interrupted = 0
    for round_ in range(KILLS):
        change_titles(round_, source)
        waiting = backend.queue()["waiting"]
        assert waiting
        child = fork(backend.write_pending)
        time.sleep(source.uniform(0, LONGEST))
        os.kill(child, signal.SIGKILL)
        _pid, status = os.waitpid(child, 0)
        interrupted += os.WIFSIGNALED(status) and backend.queue()["waiting"] > 0
        reader = Reader(backend.path)
        reader.check()
        assert reader.snapshot().size >= BOOKS
        with writing(backend.path):  # the kernel freed the lock
            pass
    assert interrupted > KILLS / 4, f"only {interrupted} writers were interrupted"
    backend.write_pending()
    assert backend.queue() == {"waiting": 0, "failed": 0}
    assert_all_found()
    folder = backend.path / Reader(backend.path).snapshot().current.folder
    assert len(list(folder.iterdir())) < 40, "files of interrupted commits pile up"
    print(f"{interrupted} of {KILLS} writers were interrupted")


def change_titles(round_: int, source: random.Random) -> None:
    """Renames some books to a word of this round, within the queue's transaction."""
    for pk in source.sample(range(1, BOOKS + 1), 30):
        book = Book.objects.get(pk=pk)
        book.title = f"round{round_} book{pk}"
        book.save()


def assert_all_found() -> None:
    """Every book is found by the title it has now, and by none it had before."""
    backend = get_search_backend()
    for book in Book.objects.all():
        assert book.pk in [found.pk for found in backend.search(book.title, Book)], book.title
    assert backend.search(MATCH_ALL, Book).count() == BOOKS


def writers() -> None:
    """Four processes save and write at once, as web workers and their tasks do: one writes, none is lost."""
    children = [fork(lambda first=first: save_and_write(first)) for first in range(4)]  # type: ignore[misc]
    for child in children:
        assert os.waitpid(child, 0)[1] == 0
    backend = get_search_backend()
    assert backend.queue() == {"waiting": 0, "failed": 0}
    assert_all_found()
    print("4 writers, 120 changes, none lost")


def save_and_write(first: int) -> None:
    for pk in range(first + 1, BOOKS + 1, 4):
        book = Book.objects.get(pk=pk)
        book.title = f"writer{first} book{pk}"
        book.save()
        get_search_backend().write_pending()


def readers() -> None:
    """Three processes search while one commits: never an error, and never a state that was not committed."""
    backend = get_search_backend()
    children = [fork(read_until_done) for _reader in range(3)]
    for number in range(COMMITS):
        book = Book.objects.get(pk=number % BOOKS + 1)
        book.title = f"generation{number} {book.title.rpartition(' ')[2]}"
        book.save()
        indexing.write_pending(backend.path, backend.index_name)
    (backend.path / "done").touch()
    for child in children:
        assert os.waitpid(child, 0)[1] == 0
    print(f"{COMMITS} commits beside three readers")


def read_until_done() -> None:
    backend, read = get_search_backend(), 0
    latest = 0
    while not (backend.path / "done").exists():
        assert backend.search("generation0 OR book", Book) is not None
        snapshot = backend.snapshot()
        alive = sum(int(view.segment.kinds.mask(bool)[view.alive].sum()) for view in snapshot.views)
        assert alive == BOOKS, alive
        # The newest is alive; the words of older ones go when their segments are merged.
        newest = max(
            (int(word.removeprefix("generation")) for word in snapshot.words if GENERATION.match(word)), default=0
        )
        assert newest >= latest, "an older state came back"
        latest, read = newest, read + 1
    assert read > 2, read  # how often depends on what else the machine does


def fork(act: Callable[[], None]) -> int:
    """A child that does one thing and leaves without cleaning up, as a killed one would."""
    connections.close_all()
    child = os.fork()
    if child:
        return child
    code = 1
    try:
        act()
        code = 0
    except BaseException:
        traceback.print_exc()
    finally:
        sys.stderr.flush()
        os._exit(code)


if __name__ == "__main__":
    main(sys.argv[1])
