"""Packs: what a teacher takes away. The same content is made once and kept under its digest."""

import hashlib
import json
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import asdict
from importlib.metadata import version
from pathlib import Path
from typing import Any

from django.core.files import File
from django.utils.translation import override

from cms import typeset
from cms.jobs.code import code_digest
from cms.jobs.models import carry_out
from cms.languages.switcher import readable
from cms.typeset.api import TypesettingError
from curriculum.packs.archive import write_archive
from curriculum.packs.booklets import Booklet, booklet_of
from curriculum.packs.docx import write_docx
from curriculum.packs.epub import write_epub
from curriculum.packs.models import Format, Pack
from curriculum.packs.pdf import Edition, booklet_pdf
from curriculum.packs.sources import Source, find_source, public_attachments
from curriculum.plans.models import LessonPlanPage

LIBRARIES = ("typst", "python-docx", "django")
FOLDER = Path(__file__).parent
TYPESET = Path(typeset.__file__).parent
SUFFIXES = (".py", ".typ", ".xhtml", ".opf", ".css")


class EmptyPack(Exception):
    """None of the lessons exists in the language asked for."""


def pack_for(source: Source, file_format: Format, languages: Sequence[str]) -> tuple[Pack, bool]:
    """The pack of a source, and whether it still has to be made.

    :raises EmptyPack: there is nothing to put in
    """
    with override(languages[0]):
        booklet = booklet_of(source, languages)
    if not booklet.lessons:
        raise EmptyPack
    digest = digest_of(source, booklet, file_format)
    known = Pack.objects.filter(digest=digest).exclude(state=Pack.State.FAILED).order_by("-created_at").first()
    if known and known.is_usable:
        return known, False
    return _begin(source, booklet, file_format, digest), True


def _begin(source: Source, booklet: Booklet, file_format: Format, digest: str) -> Pack:
    lessons = [lesson for code in booklet.languages for lesson in source.lessons_in(code)]
    return Pack.objects.create(
        source_kind=source.kind,
        source_key=source.key,
        format=file_format,
        language=booklet.languages[0],
        second_language=booklet.languages[1] if booklet.is_bilingual else "",
        digest=digest,
        title=booklet.title[:255],
        page_ids=[lesson.pk for lesson in lessons],
        total=len(booklet.lessons) + 1,
    )


def digest_of(source: Source, booklet: Booklet, file_format: Format) -> str:
    """A digest of all that goes into the file: texts, attachments, templates and libraries."""
    content = json.dumps(asdict(booklet), ensure_ascii=False, sort_keys=True, default=str)
    parts = [
        file_format.value,
        content,
        *(f"{name} {version(name)}" for name in LIBRARIES),
        code_digest((FOLDER, TYPESET), SUFFIXES),
    ]
    if file_format == Format.ZIP:
        for lesson in source.lessons_in(booklet.languages[0]):
            parts += [_attachment(item) for item in public_attachments(lesson)]
    return hashlib.sha256("\x00".join(parts).encode()).hexdigest()


def _attachment(item: Any) -> str:
    return f"{item.document.filename} {item.document.get_file_hash()} {item.licence and item.licence.slug}"


# --- making -------------------------------------------------------------------------------------------
def make(pack: Pack) -> Pack:
    """Makes the file of a pack, and says how far it is. An error is kept as a sentence for whoever asked."""
    with override(pack.language):
        return carry_out(pack, _make, TypesettingError)


def _make(pack: Pack) -> None:
    source = find_source(pack.source_kind, pack.source_key)
    with tempfile.TemporaryDirectory(prefix="imprint-pack-") as folder:
        path = Path(folder) / pack.format
        write(source, booklet_of(source, pack.languages), Format(pack.format), path, pack.step)
        _keep(pack, path)


def write(source: Source, booklet: Booklet, file_format: Format, path: Path, progress: Callable[[], None]) -> None:
    """Writes one format of a booklet. Raises ``TypesettingError``."""
    match file_format:
        case Format.LESSON_PLAN:
            path.write_bytes(booklet_pdf(booklet, Edition.TEACHER))
        case Format.HANDOUT:
            path.write_bytes(booklet_pdf(booklet, Edition.STUDENT))
        case Format.DOCX:
            write_docx(booklet, path)
        case Format.EPUB:
            write_epub(booklet, path)
        case Format.ZIP:
            write_archive(source, booklet, path, progress)


def _keep(pack: Pack, path: Path) -> None:
    with path.open("rb") as opened:
        digest = hashlib.file_digest(opened, "sha256").hexdigest()
        opened.seek(0)
        pack.file.save(f"{pack.digest[:2]}/{pack.digest}{path.suffix}", File(opened), save=False)
    pack.finish(file=pack.file.name, sha256=digest, size=path.stat().st_size)


# --- taking -------------------------------------------------------------------------------------------
def is_readable(pack: Pack) -> bool:
    """Whether everyone may still read all that is in the pack."""
    pages = set(pack.page_ids)
    return readable(LessonPlanPage.objects.filter(pk__in=pages)).count() == len(pages)


def clear_before(moment: Any) -> int:
    """Deletes the packs made before a moment, with their files; returns how many."""
    old = Pack.objects.filter(created_at__lt=moment)
    for pack in old.iterator():
        if pack.file:
            pack.file.delete(save=False)
    return old.delete()[0]
