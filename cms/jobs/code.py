"""Files that are made again when the code that makes them has changed."""

import hashlib
from collections.abc import Collection
from functools import cache
from pathlib import Path


@cache
def code_digest(folders: tuple[Path, ...], suffixes: Collection[str]) -> str:
    """A digest of the files with these endings below the folders: a new edition of Imprint has another."""
    digest = hashlib.sha256()
    files = (path for folder in folders for path in folder.rglob("*") if path.suffix in suffixes)
    for file in sorted(files):
        digest.update(file.read_bytes())
    return digest.hexdigest()
