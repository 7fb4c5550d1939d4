"""The pages of a PDF as pictures with their words, drawn in a process of its own with limits.

``python -m courses.activities.slides.pages FILE`` prints the words of each page as JSON, with a number after it
that page as WebP. Nothing of Django is loaded there.
"""

import io
import json
import shutil
import sys
import tempfile
from typing import IO, Any

from cms.documents.extract import ExtractionError, in_own_process, limit_resources

MOST_PAGES = 200
WIDTH = 1280  # pixels: sharp on a phone held upright and readable on a desk
QUALITY = 70


def validate_pdf(file: Any) -> None:
    """``ValidationError`` for a file whose pages cannot be shown."""
    from django.core.exceptions import ValidationError
    from django.utils.translation import gettext as _

    try:
        pages = words_of(file)
    except ExtractionError as error:
        message = _("The pages of %(name)s cannot be shown: %(reason)s. Save it as PDF again and upload it.")
        raise ValidationError(message, params={"name": file.name, "reason": error}) from error
    if len(pages) > MOST_PAGES:
        message = _("%(name)s has more than %(most)s pages. Divide it.")
        raise ValidationError(message, params={"name": file.name, "most": MOST_PAGES})


def words_of(file: IO[bytes]) -> list[str]:
    """The words of each page. Raises ``ExtractionError``."""
    return [str(words) for words in json.loads(_run(file))]


def picture_of(file: IO[bytes], page: int) -> bytes:
    """A page, counted from 1, as WebP. Raises ``ExtractionError``."""
    return _run(file, str(page))


def _run(file: IO[bytes], *arguments: str) -> bytes:
    with tempfile.NamedTemporaryFile(suffix=".pdf") as copy:  # storage may be far away
        file.seek(0)
        shutil.copyfileobj(file, copy)
        copy.flush()
        return in_own_process("courses.activities.slides.pages", copy.name, *arguments)


def _main(name: str, page: str = "") -> None:
    limit_resources()
    import pypdfium2

    document = pypdfium2.PdfDocument(name)
    if not page:
        found = [document[number].get_textpage().get_text_bounded() for number in range(min(len(document), 1000))]
        json.dump([" ".join(words.split()) for words in found], sys.stdout)
        return
    sheet = document[int(page) - 1]
    picture = sheet.render(scale=WIDTH / max(sheet.get_width(), 1)).to_pil().convert("RGB")
    picture.thumbnail((WIDTH, WIDTH * 2))
    buffer = io.BytesIO()
    picture.save(buffer, "WEBP", quality=QUALITY)
    sys.stdout.buffer.write(buffer.getvalue())


if __name__ == "__main__":
    _main(*sys.argv[1:])
