"""The text of a PDF or a Word file, read in a process of its own with limits: uploads are hostile.

``python -m cms.documents.extract FILE KIND`` prints the text. Nothing of Django is loaded.
"""

import resource
import shutil
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import IO

KINDS = ("pdf", "docx")
MOST_PAGES = 300
MOST_CHARACTERS = 200_000
MOST_UNPACKED = 100 * 1024 * 1024  # bytes of a .docx, so that a small bomb stays small
MOST_MEMORY = 1024 * 1024 * 1024  # bytes
MOST_SECONDS = 20
UNPACKS_TOO_FAR = "it unpacks to more than is allowed"
TOOK_TOO_LONG = "it took too long"


class ExtractionError(Exception):
    """The file gave no text; the message says why."""


def extract(file: IO[bytes], kind: str) -> str:
    """The text of a file, at most ``MOST_CHARACTERS`` of it.

    :raises ExtractionError: it cannot be read within the limits
    """
    with tempfile.NamedTemporaryFile(suffix=f".{kind}") as copy:  # storage may be far away
        shutil.copyfileobj(file, copy)
        copy.flush()
        return _extract(copy.name, kind)


def _extract(file: str, kind: str) -> str:
    text = in_own_process("cms.documents.extract", file, kind)
    return text.decode(errors="replace").replace("\x00", " ")[:MOST_CHARACTERS]


def in_own_process(module: str, *arguments: str) -> bytes:
    """What a module prints that reads an upload; it calls ``limit_resources`` before anything else.

    :raises ExtractionError: it could not, or not within the limits
    """
    command = [sys.executable, "-m", module, *arguments]
    root = Path(__file__).resolve().parents[2]
    try:
        done = subprocess.run(command, capture_output=True, timeout=MOST_SECONDS * 2, cwd=root, check=False)  # noqa: S603
    except subprocess.TimeoutExpired:
        raise ExtractionError(TOOK_TOO_LONG) from None
    if done.returncode:
        last = done.stderr.decode(errors="replace").strip().splitlines()[-1:] or ["its reader was stopped"]
        raise ExtractionError(last[0][:200])
    return done.stdout


def limit_resources() -> None:
    """No more memory and time than an upload is worth."""
    resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (MOST_SECONDS, MOST_SECONDS))


def _pdf(file: str) -> Iterator[str]:
    from pypdf import PdfReader

    reader = PdfReader(file)
    for page in reader.pages[:MOST_PAGES]:
        yield page.extract_text()


def _docx(file: str) -> Iterator[str]:
    from docx import Document

    with zipfile.ZipFile(file) as archive:
        if sum(member.file_size for member in archive.infolist()) > MOST_UNPACKED:
            raise SystemExit(UNPACKS_TOO_FAR)
    document = Document(file)
    for paragraph in document.paragraphs:
        yield paragraph.text
    for table in document.tables:
        for row in table.rows:
            yield " ".join(cell.text for cell in row.cells)


def main(file: str, kind: str) -> None:
    limit_resources()
    written = 0
    for text in {"pdf": _pdf, "docx": _docx}[kind](file):
        # A lone surrogate from a damaged file has no UTF-8.
        sys.stdout.buffer.write(f"{text}\n".encode(errors="replace"))
        written += len(text)
        if written > MOST_CHARACTERS:
            break


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2])
