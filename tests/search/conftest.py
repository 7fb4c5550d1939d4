"""The index is part of no transaction: what a test writes into it is taken back."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from django.conf import settings
from modelsearch.backends import get_search_backend


def index_path() -> Path:
    return Path(settings.WAGTAILSEARCH_BACKENDS["default"]["PATH"])


@contextmanager
def refreshed() -> Iterator[None]:
    """The index with everything that was saved until now; afterwards it is as before."""
    with kept(index_path()):
        get_search_backend().write_pending()
        yield


@contextmanager
def kept(path: Path) -> Iterator[Path]:
    copy = path.with_name(f"{path.name}-copy")
    shutil.copytree(path, copy)
    try:
        yield path
    finally:
        shutil.rmtree(path, ignore_errors=True)
        copy.rename(path)


@pytest.fixture
def index() -> Iterator[Path]:
    """The index's folder, to be changed or damaged; afterwards it is as before."""
    with kept(index_path()) as path:
        yield path
