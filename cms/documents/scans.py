"""A document that somebody hands in: PDF, PNG or JPEG, hostile until its first bytes say what it is."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from PIL import Image, UnidentifiedImageError

from cms.documents.uploads import content_matches

EXTENSIONS = {"pdf": "PDF", "png": "PNG", "jpg": "JPEG", "jpeg": "JPEG"}
MOST_BYTES = 10 * 1024 * 1024


class ScanField(forms.FileField):
    """A file field that refuses what is too large, of another kind, or not what its name says."""

    widget = forms.FileInput(attrs={"accept": ".pdf,.png,.jpg,.jpeg"})

    def clean(self, data: Any, initial: Any = None) -> Any:
        file = super().clean(data, initial)
        if not file or file is initial:
            return file
        extension = file.name.rpartition(".")[2].lower()
        if extension not in EXTENSIONS:
            raise ValidationError(_("Upload a file of one of these kinds: PDF, PNG, JPEG."))
        if file.size > MOST_BYTES:
            raise ValidationError(_("The file is larger than 10 MB. Make it smaller and upload it again."))
        if not _is_what_it_says(extension, file):
            raise ValidationError(
                _("%(name)s does not contain what its ending .%(extension)s says. Save it again and upload it."),
                params={"name": file.name, "extension": extension},
            )
        return file


def _is_what_it_says(extension: str, file: Any) -> bool:
    if extension == "pdf":
        return content_matches(extension, file)
    try:
        with Image.open(file, formats=[EXTENSIONS[extension]]) as image:
            image.verify()
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, Image.DecompressionBombError):
        return False
    finally:
        file.seek(0)
    return True
