"""The paragraphs and tables of a Word file in their order, read in a process of its own: uploads are hostile.

``python -m curriculum.drafting.elements FILE`` prints them as JSON. Nothing of Django is loaded.
"""

import json
import sys
import zipfile
from typing import Any

from cms.documents.extract import MOST_UNPACKED, UNPACKS_TOO_FAR, in_own_process, limit_resources

MOST_ELEMENTS = 5000
MOST_CHARACTERS = 5000  # of one paragraph or cell
NO_WORD_DOCUMENT = "it is no Word document"
TOO_MANY_PARAGRAPHS = "it has too many paragraphs"


def elements_of(path: str) -> list[dict[str, Any]]:
    """Paragraphs (``style``, ``text``) and tables (``rows``), in the order of the document.

    :raises ExtractionError: it is no Word file, or too large or deep to be read within the limits
    """
    found: list[dict[str, Any]] = json.loads(in_own_process("curriculum.drafting.elements", path))
    return found


def _read(path: str) -> list[dict[str, Any]]:
    from docx import Document
    from docx.table import Table

    with zipfile.ZipFile(path) as archive:
        if "word/document.xml" not in archive.namelist():
            raise SystemExit(NO_WORD_DOCUMENT)
        if sum(member.file_size for member in archive.infolist()) > MOST_UNPACKED:
            raise SystemExit(UNPACKS_TOO_FAR)
    found: list[dict[str, Any]] = []
    for block in Document(path).iter_inner_content():
        if len(found) >= MOST_ELEMENTS:
            raise SystemExit(TOO_MANY_PARAGRAPHS)
        if isinstance(block, Table):
            rows = [[cell.text[:MOST_CHARACTERS].strip() for cell in row.cells] for row in block.rows]
            found.append({"rows": rows})
        else:
            style = block.style.style_id if block.style is not None else ""
            found.append({"style": style, "text": block.text[:MOST_CHARACTERS].strip()})
    return found


def main(path: str) -> None:
    limit_resources()
    try:
        found = _read(path)
    except zipfile.BadZipFile:
        raise SystemExit(NO_WORD_DOCUMENT) from None
    print(json.dumps(found))


if __name__ == "__main__":
    main(sys.argv[1])
