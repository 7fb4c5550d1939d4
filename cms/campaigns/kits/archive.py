"""A kit as one archive: a folder for each language, with the words to post beside the pictures."""

import zipfile
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from django.template.loader import render_to_string
from django.utils.translation import override

from cms.artwork.formats import FORMATS
from cms.campaigns.dates import period_text
from cms.campaigns.kits.models import KitFile


def write_archive(path: Path, pages: Iterable[Any], files: Iterable[KitFile]) -> None:
    """Images are stored as they are: they are compressed already."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_STORED) as archive:
        for file in files:
            with file.file.open("rb") as opened:
                archive.writestr(f"{file.language}/{file.name}", opened.read())
        for page in pages:
            archive.writestr(f"{page.locale.language_code}/README.txt", _readme(page).encode())


def _readme(page: Any) -> str:
    language = page.locale.language_code
    with override(language):
        context = {
            "page": page,
            "face": page.face,
            "dates": period_text(page.face.period, language),
            "formats": FORMATS.values(),
            "url": page.full_url,
        }
        return render_to_string("kits/readme.txt", context).strip() + "\n"
