"""Opening an image from outside: by what is in it, and never larger in memory than we allow."""

import io
import warnings

from django.utils.translation import gettext as _
from PIL import Image, UnidentifiedImageError

from cms.artwork.errors import ArtworkError

MOST_PIXELS = 80_000_000  # 240 MB in memory; an A2 poster at 300 dpi is 35 million


def open_raster(content: bytes, formats: tuple[str, ...], *, smallest: int, largest: int) -> Image.Image:
    """The image, with all its pixels loaded. ``smallest`` and ``largest`` are sides in pixels.

    Raises ``ArtworkError`` with what is wrong with it and what to do. Its header is judged before its pixels.
    """
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", Image.DecompressionBombWarning)
        try:
            image = Image.open(io.BytesIO(content), formats=formats)
        except Image.DecompressionBombError as error:
            raise ArtworkError(_too_large(largest)) from error
        except (UnidentifiedImageError, OSError) as error:
            names = ", ".join(formats)
            raise ArtworkError(_("This is no image of these kinds: %(names)s.") % {"names": names}) from error
    if max(image.size) > largest or image.width * image.height > MOST_PIXELS:
        raise ArtworkError(_too_large(largest))
    if min(image.size) < smallest:
        text = _("The image is smaller than %(side)d pixels. Upload the original.")
        raise ArtworkError(text % {"side": smallest})
    try:
        image.load()
    except (OSError, ValueError, SyntaxError) as error:
        raise ArtworkError(_("The image is damaged. Save it again and upload it.")) from error
    return image


def _too_large(largest: int) -> str:
    text = _(
        "The image is larger than %(side)d × %(side)d or %(millions)d million pixels. "
        "Save it smaller and upload it again."
    )
    return text % {"side": largest, "millions": MOST_PIXELS // 1_000_000}
