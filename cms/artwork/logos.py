"""Logos from outside: hostile until proven otherwise. What is kept is an image that we have drawn ourselves."""

import re
import tempfile
from pathlib import Path
from typing import IO
from xml.etree.ElementTree import Element, tostring

import typst
from defusedxml import ElementTree
from defusedxml.common import DefusedXmlException
from django.utils.translation import gettext as _
from PIL import Image

from cms.artwork.errors import ArtworkError
from cms.artwork.raster import open_raster

LARGEST_BYTES = 5 * 1024 * 1024
LARGEST_SIDE, SMALLEST_SIDE = 8000, 64  # pixels
KEPT_SIDE = 1600
RASTER = ("PNG", "JPEG", "WEBP")
SVG = "{http://www.w3.org/2000/svg}"
# Shapes and text; nothing that runs, moves, fetches or filters.
SVG_ELEMENTS = {
    *("svg", "g", "path", "rect", "circle", "ellipse", "line", "polyline", "polygon", "text", "tspan"),
    *("defs", "linearGradient", "radialGradient", "stop", "clipPath", "mask", "use", "symbol"),
    *("title", "desc", "style", "metadata"),
}
MOST_ELEMENTS, MOST_USES = 5000, 20
REACHES_OUT = re.compile(r"url\(\s*['\"]?(?!#)|@import|expression|javascript:", re.I)


def read_logo(file: IO[bytes]) -> Image.Image:
    """The logo as an RGBA image of at most 1,600 pixels a side. Raises ``ArtworkError`` with what is wrong with it."""
    content = file.read(LARGEST_BYTES + 1)
    if len(content) > LARGEST_BYTES:
        raise ArtworkError(_("The logo is larger than 5 MB. Save it smaller and upload it again."))
    if content.lstrip()[:1] == b"<" or content[:3] == b"\xef\xbb\xbf":
        content = _svg_as_png(content)
    logo = open_raster(content, RASTER, smallest=SMALLEST_SIDE, largest=LARGEST_SIDE).convert("RGBA")
    logo.thumbnail((KEPT_SIDE, KEPT_SIDE), Image.Resampling.LANCZOS)
    return logo


# --- SVG ----------------------------------------------------------------------------------------------
def _svg_as_png(content: bytes) -> bytes:
    """The drawing as pixels: whatever else stood in the file is gone."""
    root = _checked(content)
    with tempfile.TemporaryDirectory(prefix="imprint-logo-") as name:
        folder = Path(name)
        (folder / "logo.svg").write_bytes(tostring(root))
        source = b'#set page(width: auto, height: auto, margin: 0pt, fill: none)\n#image("logo.svg", width: 400pt)'
        (folder / "logo.typ").write_bytes(source)
        try:
            png = typst.compile(folder / "logo.typ", root=folder, format="png", ppi=216)
        except typst.TypstError as error:
            raise ArtworkError(_("The SVG cannot be drawn. Save it as PNG and upload that.")) from error
    assert isinstance(png, bytes)
    return png


def _checked(content: bytes) -> Element:
    """The drawing without what other programs keep in it; refused where it holds anything active."""
    try:
        root: Element = ElementTree.fromstring(content, forbid_dtd=False)
    except (ElementTree.ParseError, DefusedXmlException, ValueError, LookupError) as error:
        raise ArtworkError(_("The SVG cannot be read. Save it as “plain SVG” and upload it again.")) from error
    if root.tag != f"{SVG}svg":
        raise ArtworkError(_("This is no image of these kinds: %(names)s.") % {"names": ", ".join((*RASTER, "SVG"))})
    elements = list(root.iter())
    if len(elements) > MOST_ELEMENTS or sum(element.tag == f"{SVG}use" for element in elements) > MOST_USES:
        raise ArtworkError(_("The SVG is too complicated. Save it as PNG and upload that."))
    for element in elements:
        _check(element)
    _drop_foreign(root)
    return root


def _check(element: Element) -> None:
    name = str(element.tag).removeprefix(SVG)
    if not name.startswith("{") and name not in SVG_ELEMENTS:
        raise ArtworkError(_("The SVG holds “%(name)s”, which a logo may not. Save it as PNG.") % {"name": name})
    for attribute, value in element.attrib.items():
        local = attribute.rpartition("}")[2].lower()
        leads_out = local == "href" and not value.startswith("#")
        if local.startswith("on") or leads_out or REACHES_OUT.search(value):
            raise ArtworkError(_("The SVG holds “%(name)s”, which a logo may not. Save it as PNG.") % {"name": local})
    if name == "style" and REACHES_OUT.search(element.text or ""):
        raise ArtworkError(_("The SVG holds “%(name)s”, which a logo may not. Save it as PNG.") % {"name": "url"})


def _drop_foreign(parent: Element) -> None:
    for child in list(parent):
        if not str(child.tag).startswith(SVG) or child.tag == f"{SVG}metadata":
            parent.remove(child)
        else:
            _drop_foreign(child)
