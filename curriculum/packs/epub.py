"""A booklet as EPUB 3.3, a chapter for each lesson, with the accessibility metadata readers filter by."""

import zipfile
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from django.conf import settings
from django.template.loader import render_to_string
from django.utils.translation import get_language_info

from cms.languages.tags import language_tag
from curriculum.packs.booklets import Booklet

MIMETYPE = "application/epub+zip"


def write_epub(booklet: Booklet, path: Path) -> None:
    """Writes the booklet in its first language; the identifier depends on its lessons, not on the moment."""
    context = _context(booklet)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", MIMETYPE, zipfile.ZIP_STORED)
        archive.writestr("META-INF/container.xml", _file("container.xml", {}))
        archive.writestr("EPUB/style.css", _file("style.css", {}))
        archive.writestr("EPUB/package.opf", _file("package.opf", context))
        archive.writestr("EPUB/nav.xhtml", _file("nav.xhtml", context))
        if context["has_front"]:
            archive.writestr("EPUB/front.xhtml", _file("front.xhtml", context))
        for chapter in context["chapters"]:
            archive.writestr(f"EPUB/{chapter['file']}", _file("lesson.xhtml", context | chapter))


def _context(booklet: Booklet) -> dict[str, Any]:
    language = booklet.languages[0]
    lessons = [pair.first for pair in booklet.lessons]
    modified = max(
        (lesson.published_at for lesson in lessons if lesson.published_at), default=datetime(2000, 1, 1, tzinfo=UTC)
    )
    names = ",".join(f"{lesson.key}/{lesson.version}" for lesson in lessons)
    return {
        "booklet": booklet,
        "language": language_tag(language),
        "direction": "rtl" if get_language_info(language)["bidi"] else "ltr",
        "identifier": f"urn:uuid:{uuid5(NAMESPACE_URL, f'{language}:{names}')}",
        "modified": modified.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
        "licences": sorted({lesson.licence.url or lesson.licence.title for lesson in lessons if lesson.licence}),
        "has_front": not booklet.is_single or bool(booklet.notices),
        "language_names": dict(settings.LANGUAGES),
        "labels": booklet.labels,
        "chapters": [
            {"file": f"lesson-{number:02d}.xhtml", "id": f"lesson-{number:02d}", "lesson": lesson}
            for number, lesson in enumerate(lessons, start=1)
        ],
    }


def _file(name: str, context: dict[str, Any]) -> str:
    return render_to_string(f"packs/epub/{name}", context)
