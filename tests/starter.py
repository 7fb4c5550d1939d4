"""The starter content for every test process: loaded by the first, copied by the others."""

import fcntl
import shutil
import sqlite3
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.db import connection


def load_once(shared: Path | None) -> None:
    """Loads the starter content, or takes it from ``shared`` where another process of this run has put it."""
    if shared is None or connection.vendor != "sqlite":
        call_command("load_starter", verbosity=0)
        return
    index = Path(settings.WAGTAILSEARCH_BACKENDS["default"]["PATH"])
    with (shared / "starter.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        database, kept_index = shared / "starter.sqlite3", shared / "starter-index"
        if database.exists():
            _copy(sqlite3.connect(database), connection.connection)
            shutil.copytree(kept_index, index, dirs_exist_ok=True)
        else:
            call_command("load_starter", verbosity=0)
            shutil.copytree(index, kept_index)
            _copy(connection.connection, sqlite3.connect(database))


def _copy(source: sqlite3.Connection, target: sqlite3.Connection) -> None:
    source.backup(target)
