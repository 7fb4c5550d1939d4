"""Whether the files of an index are still what was written: size and CRC-32 of each, noted at every commit."""

import os
import zlib
from collections.abc import Mapping
from pathlib import Path

from cms.search.engine.errors import IndexUnavailable

Checksum = tuple[int, int]  # bytes, CRC-32
Signature = tuple[int, int, int]  # what stat says of a file: bytes, time of change, inode
CHUNK = 1 << 20
REBUILD = "Run: manage.py rebuild_modelsearch_index"


def checksums(folder: Path, known: Mapping[str, Checksum]) -> dict[str, Checksum]:
    """Of every file that readers use. Segments never change, so what is ``known`` of them is taken over."""
    found = {}
    for file in sorted(folder.iterdir()):
        if file.suffix in (".seg", ".toc") or file.name == "notes.json":
            is_known = file.suffix == ".seg" and file.name in known
            found[file.name] = known[file.name] if is_known else _checksum(file)
    return found


def _checksum(file: Path) -> Checksum:
    size = crc = 0
    with file.open("rb") as opened:
        while chunk := opened.read(CHUNK):
            size += len(chunk)
            crc = zlib.crc32(chunk, crc)
    return size, crc


class Verifier:
    """Checks files against their checksums; a file that has not been touched since is not read again."""

    def __init__(self) -> None:
        self._good: dict[str, tuple[Signature, Checksum]] = {}

    def check(self, folder: Path, files: Mapping[str, Checksum]) -> list[str]:
        """Returns the names of files that are gone: a commit may be replacing them just now.

        :raises IndexUnavailable: a file was altered
        """
        good, gone = {}, []
        for name, expected in files.items():
            file = folder / name
            try:
                status = os.stat(file)
            except FileNotFoundError:
                gone.append(name)
                continue
            signature = (status.st_size, status.st_mtime_ns, status.st_ino)
            if self._good.get(name) != (signature, expected) and _checksum(file) != expected:
                raise IndexUnavailable(f"The file {name} of the search index was altered. {REBUILD}")
            good[name] = (signature, expected)
        self._good = good
        return gone
