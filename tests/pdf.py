"""What every PDF of ours must be: tagged, titled, in its language, with its fonts inside."""

import io
from typing import Any

from pypdf import PdfReader
from pypdf.generic import IndirectObject


def check_accessible_pdf(pdf: bytes, language: str) -> str:
    """Asserts PDF/UA-1's outward signs and returns the text, ligatures and presentation forms resolved."""
    reader = PdfReader(io.BytesIO(pdf))
    catalogue: Any = reader.trailer["/Root"]
    assert catalogue["/MarkInfo"]["/Marked"]
    assert "/StructTreeRoot" in catalogue
    assert catalogue["/Lang"].lower().startswith(language.partition("-")[0])
    assert catalogue["/ViewerPreferences"]["/DisplayDocTitle"]
    assert b"pdfuaid" in catalogue["/Metadata"].get_data()
    assert reader.metadata is not None
    assert reader.metadata.title
    fonts = [font for page in reader.pages for font in _fonts(page)]
    assert fonts
    assert all(_is_embedded(font) for font in fonts)
    return "\n".join(page.extract_text() for page in reader.pages)


def _fonts(page: Any) -> list[Any]:
    resources = page["/Resources"].get_object()
    return [font.get_object() for font in resources.get("/Font", {}).values()]


def _is_embedded(font: Any) -> bool:
    descendant = font["/DescendantFonts"][0] if "/DescendantFonts" in font else font
    if isinstance(descendant, IndirectObject):
        descendant = descendant.get_object()
    if descendant.get("/Subtype") == "/Type3":
        return True
    descriptor = descendant["/FontDescriptor"].get_object()
    return any(key in descriptor for key in ("/FontFile", "/FontFile2", "/FontFile3"))
