"""The paragraphs and tables of a Word file in their order, read in a process of its own: uploads are hostile.

``python -m curriculum.drafting.elements FILE`` prints them as JSON. Nothing of Django is loaded.
"""

import json
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import Any

from cms.documents.extract import MOST_SECONDS, MOST_UNPACKED, _limit

MOST_ELEMENTS = 5000
MOST_CHARACTERS = 5000  # of one paragraph or cell


class UnreadableFile(Exception):
    """The file gave nothing; the message says why."""


def elements_of(path: str) -> list[dict[str, Any]]:
    """Paragraphs (``style``, ``text``) and tables (``rows``), numbered as a reader counts them.

    :raises UnreadableFile: it is no Word file, or too large or deep to be read within the limits
    """
    root = Path(__file__).resolve().parents[2]
    command = [sys.executable, "-m", "curriculum.drafting.elements", path]
    try:
        done = subprocess.run(command, capture_output=True, timeout=MOST_SECONDS * 2, cwd=root, check=False)  # noqa: S603
    except subprocess.TimeoutExpired:
        raise UnreadableFile("it took too long") from None
    if done.returncode:
        last = done.stderr.decode(errors="replace").strip().splitlines()[-1:] or ["its reader was stopped"]
        raise UnreadableFile(last[0][:200])
    found: list[dict[str, Any]] = json.loads(done.stdout)
    return found


def _read(path: str) -> list[dict[str, Any]]:
    from docx import Document
    from docx.table import Table

    with zipfile.ZipFile(path) as archive:
        if "word/document.xml" not in archive.namelist():
            raise SystemExit("it is no Word document")
        if sum(member.file_size for member in archive.infolist()) > MOST_UNPACKED:
            raise SystemExit("it unpacks to more than is allowed")
    found: list[dict[str, Any]] = []
    for block in Document(path).iter_inner_content():
        if len(found) >= MOST_ELEMENTS:
            raise SystemExit("it has too many paragraphs")
        if isinstance(block, Table):
            rows = [[cell.text[:MOST_CHARACTERS].strip() for cell in row.cells] for row in block.rows]
            found.append({"rows": rows})
        else:
            style = block.style.style_id if block.style is not None else ""
            found.append({"style": style, "text": block.text[:MOST_CHARACTERS].strip()})
    return found


def main(path: str) -> None:
    _limit()
    try:
        found = _read(path)
    except zipfile.BadZipFile:
        raise SystemExit("it is no Word document") from None
    print(json.dumps(found))


if __name__ == "__main__":
    main(sys.argv[1])
