"""The fonts posters are set in, found among the system's own (decision 5: no fonts in the tree)."""

from dataclasses import dataclass
from functools import cache, lru_cache

import typst
from django.utils.translation import gettext as _
from fontTools.ttLib import TTFont
from PIL import ImageFont

from cms.artwork.errors import ArtworkError

BOLD, REGULAR = 700, 400
# In the order in which they are asked for a character; the first is the language's own.
FAMILIES = {
    "serif": {
        "zh": ("Noto Serif CJK SC", "Noto Serif", "Noto Naskh Arabic"),
        "ar": ("Noto Naskh Arabic", "Noto Serif", "Noto Serif CJK SC"),
        "": ("Noto Serif", "Noto Serif CJK SC", "Noto Naskh Arabic"),
    },
    "sans": {
        "zh": ("Noto Sans CJK SC", "Noto Sans", "Noto Sans Arabic"),
        "ar": ("Noto Sans Arabic", "Noto Sans", "Noto Sans CJK SC"),
        "": ("Noto Sans", "Noto Sans CJK SC", "Noto Sans Arabic"),
    },
}
RARE = ("HanaMinA", "HanaMinB")  # rare Chinese characters in names


@dataclass(frozen=True)
class Face:
    """One font file's font, and the characters it has."""

    path: str
    index: int
    characters: frozenset[int]

    def at(self, size: float) -> ImageFont.FreeTypeFont:
        return _sized(self.path, self.index, round(size, 2))


@lru_cache(maxsize=256)
def _sized(path: str, index: int, size: float) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(path, size, index=index, layout_engine=ImageFont.Layout.RAQM)


@cache
def _installed() -> dict[tuple[str, int], tuple[str, int]]:
    """(family, weight) → (file, number of the font in it)."""
    fonts = typst.Fonts(include_system_fonts=True, include_embedded_fonts=False).fonts()
    upright = [font for font in fonts if font.style == "normal" and font.path]
    return {(font.family, font.weight): (str(font.path), font.index) for font in upright}


@cache
def _face(family: str, weight: int) -> Face | None:
    found = _installed().get((family, weight)) or _installed().get((family, REGULAR))
    if found is None:
        return None
    path, index = found
    with TTFont(path, fontNumber=index, lazy=True) as opened:
        return Face(path, index, frozenset(opened.getBestCmap()))


@cache
def stack(style: str, language: str, weight: int) -> tuple[Face, ...]:
    """The fonts for a style (serif, sans) and language, the best first. Raises ``ArtworkError`` without any."""
    families = FAMILIES[style].get(language.partition("-")[0], FAMILIES[style][""])
    faces = tuple(face for family in (*families, *RARE) if (face := _face(family, weight)))
    if not faces:
        raise ArtworkError(_("The fonts for posters are not installed: %(names)s.") % {"names": ", ".join(families)})
    return faces


def face_for(character: str, faces: tuple[Face, ...]) -> Face:
    """The first font that has a character. Raises ``ArtworkError``: nothing is ever drawn as a box."""
    for face in faces:
        if ord(character) in face.characters:
            return face
    text = _("No font on this server can draw “%(text)s”. Ask the administrator to install one.")
    raise ArtworkError(text % {"text": character})
