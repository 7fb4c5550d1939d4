"""What belongs to one commit of an index: its files with size and CRC-32, and what the writer noted.

A manifest lies beside the table of contents it speaks of and is on the disk before that one is: whoever
finds a table of contents finds its manifest, whenever the writer was killed.
"""

import json
import os
import re
import zlib
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from cms.search.engine.errors import IndexUnavailable

Checksum = tuple[int, int]  # bytes, CRC-32
Signature = tuple[int, int, int]  # what stat says of a file: bytes, time of change, inode
CHUNK = 1 << 20
SUFFIX = ".manifest"
REBUILD = "Run: manage.py rebuild_modelsearch_index"
_TOC = re.compile(r"_MAIN_([0-9]+)\.toc")


@dataclass
class Manifest:
    """``notes`` are what readers need to know beside Whoosh's files: the fields' numbers, the dictionary used."""

    notes: dict[str, Any] = field(default_factory=dict)
    files: dict[str, Checksum] = field(default_factory=dict)


def latest_toc(folder: Path) -> str:
    """The name of the newest table of contents.

    :raises FileNotFoundError: there is none
    """
    found = [(int(match.group(1)), file.name) for file in folder.iterdir() if (match := _TOC.fullmatch(file.name))]
    if not found:
        raise FileNotFoundError(2, "no table of contents", str(folder))
    return max(found)[1]


def read_manifest(folder: Path, toc: str) -> Manifest:
    """
    :raises IndexUnavailable: it was altered
    :raises FileNotFoundError: it is gone, perhaps with its table of contents
    """
    crc, _line, content = (folder / f"{toc}{SUFFIX}").read_bytes().partition(b"\n")
    if crc != b"%d" % zlib.crc32(content):
        raise IndexUnavailable(f"The manifest of the search index was altered. {REBUILD}")
    read = json.loads(content)
    return Manifest(read["notes"], {name: (size, crc) for name, (size, crc) in read["files"].items()})


def make_manifest(folder: Path, toc: str, draft: Path, notes: dict[str, Any]) -> bytes:
    """The manifest for a table of contents that is still a draft.

    Segments never change: what the manifest before says of them is taken over.
    """
    try:
        known = read_manifest(folder, latest_toc(folder)).files
    except (FileNotFoundError, IndexUnavailable):
        known = {}
    segments = sorted(folder.glob("MAIN_*.seg"))
    files = {file.name: known.get(file.name) or checksum(file) for file in segments}
    content = json.dumps(asdict(Manifest(notes, files | {toc: checksum(draft)})), ensure_ascii=False).encode()
    return b"%d\n%s" % (zlib.crc32(content), content)


def checksum(file: Path) -> Checksum:
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

    def check(self, folder: Path, files: Mapping[str, Checksum], names: set[str]) -> None:
        """
        :param names: the files that are needed; ``files`` may hold others that a merge has made superfluous
        :raises IndexUnavailable: a file was altered
        :raises FileNotFoundError: a file is gone
        """
        good = {}
        for name in sorted(names):
            expected, status = files[name], os.stat(folder / name)
            signature = (status.st_size, status.st_mtime_ns, status.st_ino)
            if self._good.get(name) != (signature, expected) and checksum(folder / name) != expected:
                raise IndexUnavailable(f"The file {name} of the search index was altered. {REBUILD}")
            good[name] = (signature, expected)
        self._good = {name: known for name, known in (self._good | good).items() if name in files}
