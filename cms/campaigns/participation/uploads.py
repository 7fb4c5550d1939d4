"""Files that people enter: checked by what is in them, images drawn anew so that nothing hides in them."""

import io
from typing import IO, TYPE_CHECKING, Any

from django.utils.translation import gettext as _
from PIL import ImageOps

from cms.artwork.errors import ArtworkError
from cms.artwork.raster import open_raster

if TYPE_CHECKING:
    from pypdf import PdfReader

LARGEST_BYTES = 15 * 1024 * 1024
LARGEST_SIDE, SMALLEST_SIDE, KEPT_SIDE = 12_000, 300, 3000  # pixels
IMAGES = ("JPEG", "PNG", "WEBP")
MOST_PAGES = 20
ACTIVE = ("/JavaScript", "/JS", "/OpenAction", "/AA", "/Launch", "/EmbeddedFiles")


def _read(file: IO[bytes]) -> bytes:
    content = file.read(LARGEST_BYTES + 1)
    if len(content) > LARGEST_BYTES:
        raise ArtworkError(_("The file is larger than 15 MB. Save it smaller and upload it again."))
    return content


def read_image(file: IO[bytes]) -> bytes:
    """The picture as a JPEG of at most 3,000 pixels a side, without the place and time a camera writes into it."""
    image = open_raster(_read(file), IMAGES, smallest=SMALLEST_SIDE, largest=LARGEST_SIDE)
    upright: Any = ImageOps.exif_transpose(image)
    upright.thumbnail((KEPT_SIDE, KEPT_SIDE))
    stream = io.BytesIO()
    upright.convert("RGB").save(stream, "JPEG", quality=88)
    return stream.getvalue()


def read_pdf(file: IO[bytes]) -> bytes:
    """A PDF of at most 20 pages that runs nothing and hides nothing."""
    from pypdf import PdfReader  # only a process that reads PDF carries it
    from pypdf.errors import PyPdfError

    content = _read(file)
    if not content.startswith(b"%PDF-"):
        raise ArtworkError(_("This is no PDF file."))
    try:
        reader = PdfReader(io.BytesIO(content))
        if reader.is_encrypted:
            raise ArtworkError(_("The PDF has a password. Save it without one."))
        # What the file says of itself first: a file of 10,000 pages is not read to count them.
        said = int(reader.root_object["/Pages"].get_object().get("/Count", 0))  # type: ignore[union-attr]
        if said > MOST_PAGES or len(reader.pages) > MOST_PAGES:
            raise ArtworkError(_("The PDF has more than %(pages)d pages.") % {"pages": MOST_PAGES})
        if not reader.pages:
            raise ArtworkError(_("The PDF has no pages."))
    except (PyPdfError, KeyError, ValueError, TypeError, AttributeError, RecursionError, OSError) as error:
        raise ArtworkError(_("The PDF is damaged. Save it again and upload it.")) from error
    names = [*reader.root_object, *reader.root_object.get("/Names", {})]
    if any(name in ACTIVE for name in names if name != "/OpenAction") or _runs_something(reader):
        raise ArtworkError(_("The PDF holds scripts or other files. Save it without them."))
    return content


def _runs_something(reader: "PdfReader") -> bool:
    """Whether opening the file does more than show a page."""
    action = reader.root_object.get("/OpenAction")
    action = action.get_object() if action is not None else None
    return isinstance(action, dict) and action.get("/S") not in {None, "/GoTo"}
