"""Postings collected in memory, or in runs on disk that are merged: the same index either way."""

from pathlib import Path
from typing import Any

import pytest

from cms.search.engine import postings
from cms.search.engine.postings import Pool
from cms.search.engine.schema import PREFIXES, TEXT, Document, Posting
from cms.search.engine.snapshot import Reader
from cms.search.engine.storage import TEMPORARY, DurableStorage
from cms.search.engine.writer import BatchWriter

WORDS = ["patent", "brevet", "专利", "патент", "براءة"]


def build(path: Path, count: int = 700) -> Any:
    writer = BatchWriter.create(path, {"fields": {}})
    for number in range(count):
        terms = {
            word: Posting(1.0 + number % 3, number) for place, word in enumerate(WORDS) if number % (place + 1) == 0
        }
        writer.add(
            Document(f"page:{number}", "page", str(number), terms, {WORDS[number % 5]: Posting(1.0, 0)}, length=5)
        )
    writer.commit()
    writer.publish()
    return Reader(path).snapshot()


def read(snapshot: Any) -> list[Any]:
    segment = snapshot.views[0].segment
    found = []
    for field in (TEXT, PREFIXES):
        for word in WORDS:
            hits = segment.term(field, word, 5.0)
            found.append((hits.docs.tolist(), hits.scores.tolist(), segment.places(field, word).tolist()))
    return found


def test_runs_on_disk_make_the_same_index(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    expected = read(build(tmp_path / "memory"))
    assert len(expected[0][0]) == 700
    runs: list[str] = []
    save = Pool.save

    def counted(pool: Pool) -> None:
        save(pool)
        runs.append(pool.runs[-1])

    monkeypatch.setattr(postings, "MOST_IN_MEMORY", 300)
    monkeypatch.setattr(postings, "RUN_CHUNK", 2)
    monkeypatch.setattr(Pool, "save", counted)
    assert read(build(tmp_path / "disk")) == expected
    assert len(runs) > 5


def test_a_writer_keeps_its_runs_to_itself_and_leaves_none(tmp_path: Path) -> None:
    snapshot = build(tmp_path / "one", 10)
    folder = tmp_path / "one" / snapshot.current.folder
    assert not list(folder.glob(f"{TEMPORARY}*"))
    killed = DurableStorage(str(folder)).temp_storage()
    assert Path(killed.folder).parent == folder
    BatchWriter(tmp_path / "one", snapshot.current.folder).cancel()
    assert not Path(killed.folder).exists(), "the next writer cleans up after a killed one"
