"""From data to paper: a Typst document filled with data becomes a tagged PDF (PDF/UA-1)."""

import hashlib
import json
import re
import tempfile
from datetime import datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any

import typst
from django.core.cache import caches
from django.utils.translation import gettext as _

from cms.typeset.fonts import system_fonts

BASE = Path(__file__).with_name("base.typ")
Standards = list[Any]  # Typst names them by literals: "ua-1", "a-2a"


class TypesettingError(Exception):
    """A document could not be made; the message is a sentence for the person who asked for it."""


def typst_language(language_code: str) -> str:
    """The language tag Typst and PDF know: zh-hans → zh."""
    return language_code.partition("-")[0]


def render_pdf(
    template: Path,
    data: dict[str, Any],
    *,
    files: dict[str, bytes] | None = None,
    when: datetime,
    is_archival: bool = False,
    is_kept: bool = True,
) -> bytes:
    """The PDF of ``template`` filled with ``data``, from the cache if it was made before and ``is_kept``.

    ``data`` must hold ``lang``, ``title`` and ``author``; ``files`` are pictures the template names.
    ``when`` is the date written into the PDF: the same input gives the same bytes.
    ``is_archival`` makes it PDF/A-2a, too: it can be read as it is in fifty years. Raises
    ``TypesettingError`` where a character has no font or the document does not compile.
    """
    files = files or {}
    standards: Standards = ["ua-1", "a-2a"] if is_archival else ["ua-1"]
    if not is_kept:
        return _compile(template, data, files, when, standards)
    key = _digest(template, data, files, when, standards)
    cached: bytes | None = caches["documents"].get(key)
    if cached is None:
        cached = _compile(template, data, files, when, standards)
        caches["documents"].set(key, cached)
    return cached


def _digest(template: Path, data: dict[str, Any], files: dict[str, bytes], when: datetime, standards: Standards) -> str:
    digest = hashlib.sha256()
    parts = [BASE.read_bytes(), template.read_bytes(), _as_json(data), when.isoformat().encode(), *files.values()]
    for part in [version("typst").encode(), " ".join(standards).encode(), *parts]:
        digest.update(hashlib.sha256(part).digest())
    return digest.hexdigest()


def _as_json(data: dict[str, Any]) -> bytes:
    return json.dumps(data, ensure_ascii=False, sort_keys=True).encode()


def _compile(
    template: Path, data: dict[str, Any], files: dict[str, bytes], when: datetime, standards: Standards
) -> bytes:
    """Compiles in a folder of its own: Typst can read nothing outside of it."""
    with tempfile.TemporaryDirectory(prefix="imprint-typeset-") as folder:
        root = Path(folder)
        (root / "base.typ").write_bytes(BASE.read_bytes())
        (root / "main.typ").write_bytes(template.read_bytes())
        (root / "data.json").write_bytes(_as_json(data))
        for name, content in files.items():
            (root / name).write_bytes(content)
        try:
            pdf = typst.compile(
                root / "main.typ",
                root=root,
                format="pdf",
                pdf_standards=standards,
                timestamp=int(when.timestamp()),
                font_paths=system_fonts(),
            )
        except typst.TypstError as error:
            raise TypesettingError(_sentence(error.message)) from error
    assert isinstance(pdf, bytes)
    return pdf


def _sentence(message: str) -> str:
    """What a person can do about a Typst error; a character without a font is the one they can mend."""
    missing = re.search(r"the text `\"(.+?)\"` could not be displayed", message)
    if missing:
        return _("No font on this server can draw “%(text)s”. Ask the administrator to install one.") % {
            "text": missing[1]
        }
    return _("The document could not be made: %(reason)s") % {"reason": message}
