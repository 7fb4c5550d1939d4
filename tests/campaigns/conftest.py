from types import SimpleNamespace

import pytest

from cms.artwork.formats import FORMATS, Format
from tests.campaigns.pages import newsroom

BROWSER = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"


@pytest.fixture(autouse=True)
def _index_stays(monkeypatch) -> None:
    """The index is part of no transaction: what is done "on commit" here must not write pages of a test into it.

    Tests that search do so within ``tests.search.conftest.refreshed``, which takes back what it wrote.
    """
    monkeypatch.setattr("cms.search.backend.write_pending_changes", SimpleNamespace(enqueue=lambda *values: None))


@pytest.fixture
def small_formats(monkeypatch) -> None:
    """The same sizes at a tenth: what is tested is not how long large images take."""
    for name, size in list(FORMATS.items()):
        small = Format(
            name, size.label, size.width // 10, size.height // 10, size.layout, max(size.dpi // 10, 7), size.bleed_mm
        )
        monkeypatch.setitem(FORMATS, name, small if size.is_printed else size.scaled(300))


@pytest.fixture
def reader(client):
    """Somebody with a browser: what they read is counted."""
    client.defaults["HTTP_USER_AGENT"] = BROWSER
    return client


@pytest.fixture
def _newsroom(db: None) -> None:
    """The newsroom, in English and French."""
    newsroom()


@pytest.fixture
def patient(monkeypatch) -> None:
    """Forms may be sent as soon as they are seen."""
    monkeypatch.setattr("cms.accounts.humans.QUICKEST", 0)
