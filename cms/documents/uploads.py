"""Uploads are hostile until their first bytes say what their name says."""

import zipfile
from typing import IO, Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from wagtail.documents.forms import BaseDocumentForm

ZIP_FAMILY = {"docx", "pptx", "xlsx", "odt", "odp", "ods", "zip"}
# What every file of the format holds inside the archive (ECMA-376 part 2; ODF 1.3 part 2, 3.3).
ZIP_MEMBERS = {
    "docx": "word/document.xml",
    "pptx": "ppt/presentation.xml",
    "xlsx": "xl/workbook.xml",
    "odt": "content.xml",
    "odp": "content.xml",
    "ods": "content.xml",
}


class DocumentForm(BaseDocumentForm):
    """Wagtail's document form, refusing a file whose content is not what its name says."""

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        extension = file.name.rpartition(".")[2].lower()
        if not content_matches(extension, file):
            raise ValidationError(
                _("%(name)s does not contain what its ending .%(extension)s says. Save it again and upload it."),
                params={"name": file.name, "extension": extension},
            )
        return file


def content_matches(extension: str, file: IO[bytes]) -> bool:
    """Whether the first bytes of a file, or what an archive holds, are what its ending says."""
    file.seek(0)
    try:
        if extension == "pdf":
            return file.read(5) == b"%PDF-"
        if extension in ZIP_FAMILY:
            return _is_archive_of(extension, file)
        if extension == "txt":
            return b"\x00" not in file.read(4096)
        return True
    finally:
        file.seek(0)


def _is_archive_of(extension: str, file: IO[bytes]) -> bool:
    try:
        with zipfile.ZipFile(file) as archive:
            member = ZIP_MEMBERS.get(extension)
            return member is None or member in archive.namelist()
    except zipfile.BadZipFile:
        return False
