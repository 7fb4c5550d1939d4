"""Files that people enter: checked by what is in them, images drawn anew so that nothing hides in them."""

import io
import warnings
from typing import IO, Any

from django.utils.translation import gettext as _
from PIL import Image, ImageOps, UnidentifiedImageError
from pypdf import PdfReader
from pypdf.errors import PyPdfError

LARGEST_BYTES = 15 * 1024 * 1024
LARGEST_SIDE, SMALLEST_SIDE, KEPT_SIDE = 12_000, 300, 3000  # pixels
MOST_PAGES = 20
ACTIVE = ("/JavaScript", "/JS", "/OpenAction", "/AA", "/Launch", "/EmbeddedFiles")


class UploadRefused(Exception):
    """The message is a sentence for the person who uploads."""


def _read(file: IO[bytes]) -> bytes:
    content = file.read(LARGEST_BYTES + 1)
    if len(content) > LARGEST_BYTES:
        raise UploadRefused(_("The file is larger than 15 MB. Save it smaller and upload it again."))
    return content


def read_image(file: IO[bytes]) -> bytes:
    """The picture as a JPEG of at most 3,000 pixels a side, without the place and time a camera writes into it."""
    content = _read(file)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", Image.DecompressionBombWarning)
        try:
            image = Image.open(io.BytesIO(content), formats=("JPEG", "PNG", "WEBP"))
        except Image.DecompressionBombError as error:
            raise UploadRefused(_too_large()) from error
        except (UnidentifiedImageError, OSError) as error:
            raise UploadRefused(_("This is no JPEG, PNG or WebP image.")) from error
    if max(image.size) > LARGEST_SIDE:
        raise UploadRefused(_too_large())
    if min(image.size) < SMALLEST_SIDE:
        text = _("The image is smaller than %(side)d pixels. Upload the original.")
        raise UploadRefused(text % {"side": SMALLEST_SIDE})
    try:
        upright: Any = ImageOps.exif_transpose(image)
        upright.thumbnail((KEPT_SIDE, KEPT_SIDE))
        stream = io.BytesIO()
        upright.convert("RGB").save(stream, "JPEG", quality=88)
    except (OSError, ValueError, SyntaxError) as error:
        raise UploadRefused(_("The image is damaged. Save it again and upload it.")) from error
    return stream.getvalue()


def _too_large() -> str:
    text = _("The image is larger than %(side)d × %(side)d pixels. Save it smaller and upload it again.")
    return text % {"side": LARGEST_SIDE}


def read_pdf(file: IO[bytes]) -> bytes:
    """A PDF of at most 20 pages that runs nothing and hides nothing."""
    content = _read(file)
    if not content.startswith(b"%PDF-"):
        raise UploadRefused(_("This is no PDF file."))
    try:
        reader = PdfReader(io.BytesIO(content))
        if reader.is_encrypted:
            raise UploadRefused(_("The PDF has a password. Save it without one."))
        # What the file says of itself first: a file of 10,000 pages is not read to count them.
        said = int(reader.root_object["/Pages"].get_object().get("/Count", 0))  # type: ignore[union-attr]
        if said > MOST_PAGES or len(reader.pages) > MOST_PAGES:
            raise UploadRefused(_("The PDF has more than %(pages)d pages.") % {"pages": MOST_PAGES})
        if not reader.pages:
            raise UploadRefused(_("The PDF has no pages."))
    except (PyPdfError, KeyError, ValueError, TypeError, AttributeError, RecursionError, OSError) as error:
        raise UploadRefused(_("The PDF is damaged. Save it again and upload it.")) from error
    names = [*reader.root_object, *reader.root_object.get("/Names", {})]
    if any(name in ACTIVE for name in names if name != "/OpenAction") or _runs_something(reader):
        raise UploadRefused(_("The PDF holds scripts or other files. Save it without them."))
    return content


def _runs_something(reader: PdfReader) -> bool:
    """Whether opening the file does more than show a page."""
    action = reader.root_object.get("/OpenAction")
    action = action.get_object() if action is not None else None
    return isinstance(action, dict) and action.get("/S") not in {None, "/GoTo"}
