"""Where an index lies on disk: generations beside each other, one of them current.

``PATH/current`` names the folder that is searched and counts its commits; it is replaced whole, so a
reader sees the old index or the new one. Only one process writes: it holds ``PATH/lock``, which the
kernel frees even when that process is killed.
"""

import contextlib
import fcntl
import json
import os
import shutil
import time
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from whoosh.filedb.filestore import FileStorage

from cms.search.engine.errors import IndexBusy, IndexUnavailable
from cms.search.engine.manifest import REBUILD, SUFFIX, make_manifest

CURRENT, LOCK, TEMPORARY = "current", "lock", "temporary-"


@dataclass(frozen=True)
class Current:
    """The folder that is searched; ``commit`` moves with every change of it."""

    folder: str
    commit: str


class DurableStorage(FileStorage):  # type: ignore[misc]
    """Whoosh's files, on the disk with their manifest before the table of contents that names them is.

    Whoosh itself never calls fsync: after a power cut a table of contents could name empty files.
    """

    def __init__(self, path: str, notes: dict[str, Any] | None = None) -> None:
        # Not mapped into memory: a mapped file that is cut short kills the process that reads it.
        super().__init__(path, supports_mmap=False)
        self.notes = {} if notes is None else notes  # go into the manifest of the next commit
        self._temporary = Path(path) / f"{TEMPORARY}{uuid.uuid4().hex}"
        self._unsynced: set[str] = set()

    def temp_storage(self, name: str | None = None) -> FileStorage:
        """A folder of this writer's own: Whoosh's is one for all indexes of a machine, and emptied by each."""
        return FileStorage(str(self._temporary)).create()

    def create_file(self, name: str, *args: Any, **kwargs: Any) -> Any:
        self._unsynced.add(name)
        return super().create_file(name, *args, **kwargs)

    def rename_file(self, oldname: str, newname: str, safe: bool = False) -> None:
        for name in self._unsynced:
            with contextlib.suppress(FileNotFoundError):
                sync_file(Path(self.folder) / name)
        self._unsynced.clear()
        if newname.endswith(".toc"):
            folder = Path(self.folder)
            manifest = make_manifest(folder, newname, folder / oldname, self.notes)
            replace_file(folder / f"{newname}{SUFFIX}", manifest)
        super().rename_file(oldname, newname, safe=safe)
        sync_file(Path(self.folder))


def sync_file(path: Path) -> None:
    """Waits until a file, or the names in a folder, are on the disk."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def read_current(path: Path) -> Current:
    """Which folder is searched now.

    :raises IndexUnavailable: there is no index yet, or its name cannot be read
    """
    try:
        content = json.loads((path / CURRENT).read_text())
        return Current(str(content["folder"]), str(content["commit"]))
    except FileNotFoundError:
        raise IndexUnavailable(f"There is no search index yet. {REBUILD}") from None
    except (ValueError, TypeError, KeyError, AttributeError, OSError) as error:
        raise IndexUnavailable(f"The search index cannot be read ({error!r}). {REBUILD}") from error


def publish(path: Path, folder: str) -> None:
    """Makes a folder the one that is searched, and tells readers that it changed."""
    replace_file(path / CURRENT, json.dumps({"folder": folder, "commit": uuid.uuid4().hex}))


def replace_file(target: Path, content: str | bytes) -> None:
    """Writes a file whole or not at all."""
    draft = target.with_name(f"{target.name}.{uuid.uuid4().hex}.draft")
    draft.write_bytes(content.encode() if isinstance(content, str) else content)
    sync_file(draft)
    draft.replace(target)
    sync_file(target.parent)


def new_folder(path: Path) -> str:
    name = f"index-{uuid.uuid4().hex}"
    (path / name).mkdir(parents=True)
    return name


def remove_other_folders(path: Path, keep: str) -> None:
    """Deletes what earlier or interrupted rebuilds left. Open readers keep their files until they close."""
    for folder in path.glob("index-*"):
        if folder.name != keep:
            shutil.rmtree(folder, ignore_errors=True)
    for draft in path.glob("*.draft"):
        draft.unlink(missing_ok=True)


@contextlib.contextmanager
def writing(path: Path, wait: float = 0.0) -> Iterator[None]:
    """Holds the one right to write, across threads and processes.

    :param wait: seconds to wait for whoever writes now
    :raises IndexBusy: somebody else still writes
    """
    path.mkdir(parents=True, exist_ok=True)
    with (path / LOCK).open("w") as lock:
        deadline = time.monotonic() + wait
        while True:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            except BlockingIOError:
                if time.monotonic() >= deadline:
                    raise IndexBusy("Another process is writing the search index.") from None
                time.sleep(0.05)
        yield
