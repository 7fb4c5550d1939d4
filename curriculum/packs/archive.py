"""Everything about the lessons in one ZIP: documents, attachments, licences and a manifest machines can read."""

import hashlib
import json
import tempfile
import zipfile
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils.text import get_valid_filename
from django.utils.translation import gettext, override

from cms.languages.tags import language_tag
from cms.vocabulary.models import Licence
from curriculum.packs.booklets import Booklet, Pair, single
from curriculum.packs.docx import write_docx
from curriculum.packs.epub import write_epub
from curriculum.packs.pdf import Edition, booklet_pdf
from curriculum.packs.sources import Source, public_attachments
from curriculum.plans.jsonld import CONTEXT, learning_resource, licence_uri
from curriculum.plans.models import LessonPlanPage

CHUNK = 1024 * 1024  # bytes
Progress = Callable[[], None]


def write_archive(source: Source, booklet: Booklet, path: Path, progress: Progress = lambda: None) -> None:
    """Writes the ZIP file by file: nothing but the document being made is ever in memory.

    ``progress`` is called once for every lesson. Raises ``TypesettingError``.
    """
    lessons = {str(lesson.translation_key): lesson for lesson in source.lessons_in(booklet.languages[0])}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive, tempfile.TemporaryDirectory() as folder:
        box = Box(archive, Path(folder), booklet)
        entries = []
        for number, pair in enumerate(booklet.lessons, start=1):
            lesson = lessons[pair.first.key]
            place = "" if booklet.is_single else f"{number:02d}-{pair.first.slug}/"
            entries.append(_write_lesson(box, pair, lesson, place))
            progress()
        box.write("book.epub" if not booklet.is_single else "lesson.epub", lambda file: write_epub(booklet, file))
        licences = _licences(list(lessons.values()))
        for licence in licences:
            box.text(f"licences/{licence.spdx or licence.slug}.txt", _licence_text(licence))
        box.text("manifest.jsonld", json.dumps(_manifest(booklet, entries), ensure_ascii=False, indent=2))
        box.text("README.txt", _readme(booklet, licences))
        box.text("SHA256SUMS", "".join(f"{digest}  {name}\n" for name, digest in sorted(box.digests.items())))


class Box:
    """A ZIP that remembers the checksum of everything put into it."""

    def __init__(self, archive: zipfile.ZipFile, folder: Path, booklet: Booklet) -> None:
        self.archive = archive
        self.folder = folder
        published = [pair.first.published_at for pair in booklet.lessons if pair.first.published_at]
        self.moment = max(published).timetuple()[:6] if published else (1980, 1, 1, 0, 0, 0)
        self.digests: dict[str, str] = {}

    def text(self, name: str, text: str) -> None:
        self.bytes(name, text.encode())

    def bytes(self, name: str, content: bytes) -> None:
        self.archive.writestr(self._info(name), content)
        self.digests[name] = hashlib.sha256(content).hexdigest()

    def write(self, name: str, make: Callable[[Path], None]) -> None:
        """Has a file made on disk, and moves it in."""
        file = self.folder / "file"
        make(file)
        with file.open("rb") as opened:
            self.stream(name, opened)
        file.unlink()

    def _info(self, name: str) -> zipfile.ZipInfo:
        info = zipfile.ZipInfo(name, self.moment)
        info.compress_type = zipfile.ZIP_DEFLATED
        return info

    def stream(self, name: str, source: Any) -> None:
        digest = hashlib.sha256()
        with self.archive.open(self._info(name), "w", force_zip64=True) as target:
            while chunk := source.read(CHUNK):
                target.write(chunk)
                digest.update(chunk)
        self.digests[name] = digest.hexdigest()


def _write_lesson(box: Box, pair: Pair, lesson: LessonPlanPage, place: str) -> dict[str, Any]:
    """One lesson's files; returns its entry of the manifest."""
    in_one = single(Pair(pair.first))
    files = ["lesson-plan.pdf", "student-handout.pdf", "lesson-plan.docx"]
    box.bytes(f"{place}lesson-plan.pdf", booklet_pdf(in_one, Edition.TEACHER))
    box.bytes(f"{place}student-handout.pdf", booklet_pdf(in_one, Edition.STUDENT))
    box.write(f"{place}lesson-plan.docx", lambda file: write_docx(in_one, file))
    if pair.second is not None:
        files += ["bilingual.pdf", "bilingual.docx"]
        in_two = single(pair)
        box.bytes(f"{place}bilingual.pdf", booklet_pdf(in_two, Edition.TEACHER))
        box.write(f"{place}bilingual.docx", lambda file: write_docx(in_two, file))
    attached = _attach(box, lesson, place)
    entry = learning_resource(lesson, lesson.full_url or "", pair.first.language)
    entry.pop("@context")
    encodings = [_encoding(f"{place}{name}", box) for name in files]
    encodings += [
        _encoding(f"{place}{name}", box) | {"license": licence_uri(licence or lesson.licence)}
        for name, licence in attached
    ]
    return entry | {"encoding": encodings}


def _attach(box: Box, lesson: LessonPlanPage, place: str) -> list[tuple[str, Licence | None]]:
    """Puts the attachments in; returns their names and licences."""
    names = []
    for attachment in public_attachments(lesson):
        name = f"attachments/{get_valid_filename(attachment.document.filename)}"
        while f"{place}{name}" in box.digests:
            name = name.replace("attachments/", "attachments/_", 1)
        with attachment.document.open_file() as opened:
            box.stream(f"{place}{name}", opened)
        names.append((name, attachment.licence))
    return names


def _encoding(name: str, box: Box) -> dict[str, str]:
    return {"@type": "MediaObject", "contentUrl": name, "sha256": box.digests[name]}


def _manifest(booklet: Booklet, entries: list[dict[str, Any]]) -> dict[str, Any]:
    names = dict(settings.LANGUAGES)
    return {
        "@context": CONTEXT,
        "@type": "LearningResource",
        "name": booklet.title,
        "inLanguage": [language_tag(code) for code in booklet.languages],
        "publisher": {"@type": "Organization", "name": "Imprint"},
        "usageInfo": list(booklet.notices),
        "hasPart": entries,
        "comment": [f"{entry.title}: – ({names[entry.language]})" for entry in booklet.missing],
    }


def _licences(lessons: Sequence[LessonPlanPage]) -> list[Licence]:
    attached = [item.licence for lesson in lessons for item in public_attachments(lesson) if item.licence]
    return list(dict.fromkeys([*(lesson.licence for lesson in lessons if lesson.licence), *attached]))


def _licence_text(licence: Licence) -> str:
    """The licence in words, and where its legal text stands."""
    lines = [str(licence), "", licence.description]
    if licence.spdx:
        lines += ["", f"SPDX-License-Identifier: {licence.spdx}"]
    return "\n".join([*lines, licence_uri(licence), ""])


def _readme(booklet: Booklet, licences: Sequence[Licence]) -> str:
    """What is in the archive, in the language of the pack."""
    with override(booklet.languages[0]):
        lines = [booklet.title, "", gettext("Lessons in this pack:")]
        lines += [f"- {pair.first.title} ({pair.first.version})" for pair in booklet.lessons]
        if booklet.missing:
            names = dict(settings.LANGUAGES)
            lines += ["", gettext("Not available in this language") + ":"]
            lines += [f"- {entry.title} ({names[entry.language]})" for entry in booklet.missing]
        lines += ["", *booklet.notices, *[f"{licence}: {licence.description} {licence.url}" for licence in licences]]
        lines += [
            "",
            gettext("SHA256SUMS holds a checksum of every file. manifest.jsonld describes the lessons for machines."),
        ]
    return "\n".join(lines) + "\n"
