"""Seals that administrators upload: drawn anew, so that nothing hides in them."""

import io
from typing import IO

from django.core.files.images import ImageFile
from django.utils.translation import gettext as _
from wagtail.images.models import Image

from cms.artwork.errors import ArtworkError
from cms.artwork.raster import open_raster

LARGEST_BYTES = 2 * 1024 * 1024
SMALLEST_SIDE, LARGEST_SIDE, KEPT_SIDE = 200, 6000, 1200  # pixels


def read_seal(file: IO[bytes]) -> bytes:
    """The seal as PNG of at most 1,200 pixels a side. Raises ``ArtworkError`` for anything that is no image."""
    content = file.read(LARGEST_BYTES + 1)
    if len(content) > LARGEST_BYTES:
        raise ArtworkError(_("The file is larger than 2 MB. Save it smaller and upload it again."))
    image = open_raster(content, ("PNG", "JPEG", "WEBP"), smallest=SMALLEST_SIDE, largest=LARGEST_SIDE)
    drawn = image.convert("RGBA")
    drawn.thumbnail((KEPT_SIDE, KEPT_SIDE))
    stream = io.BytesIO()
    drawn.save(stream, "PNG")
    return stream.getvalue()


def keep_seal(content: bytes, name: str, slug: str) -> Image:
    """The seal as an image of the library."""
    title = _("Seal of %(organisation)s") % {"organisation": name}
    file = ImageFile(io.BytesIO(content), name=f"seal-{slug}.png")
    image: Image = Image.objects.create(title=title[:255], file=file)
    return image
