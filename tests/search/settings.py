"""A site of nothing but our search, on a database file: for processes that are killed."""

import os
from pathlib import Path

from tests.conformance.settings import *  # noqa: F403

FOLDER = Path(os.environ["SEARCH_TEST_FOLDER"])
DATABASES = {
    "default": {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": FOLDER / "db.sqlite3",
        "OPTIONS": {"transaction_mode": "IMMEDIATE", "timeout": 20, "init_command": "PRAGMA journal_mode=WAL;"},
    }
}
MODELSEARCH_BACKENDS = {
    "default": {"BACKEND": "cms.search.backend", "PATH": FOLDER / "index"},
}
TASKS = {"default": {"BACKEND": "django_tasks.backends.dummy.DummyBackend"}}  # the test itself is the worker
