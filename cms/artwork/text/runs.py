"""A line as runs: pieces of one font and one direction, in the order in which they stand on the page.

The direction of numbers and neutral characters follows UAX #9, rules W7, N1 and N2, at one level of embedding,
which is all that slogans, names and dates have. Within a run, raqm (HarfBuzz and FriBidi) shapes and orders.
"""

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from PIL import ImageFont

from cms.artwork.text.fonts import Face, face_for

RIGHT = {"R", "AL", "AN"}
INVISIBLE = {"\u200b", "\u2060", "\ufeff", "\u200e", "\u200f"}


@dataclass(frozen=True)
class Run:
    text: str
    face: Face
    direction: str

    def font(self, size: float) -> ImageFont.FreeTypeFont:
        return self.face.at(size)

    def width(self, size: float) -> float:
        return float(self.font(size).getlength(self.text, direction=self.direction))


def runs(text: str, faces: tuple[Face, ...], *, right_to_left: bool) -> list[Run]:
    """The runs of one line from left to right."""
    shown = [" " if character.isspace() else character for character in text if character not in INVISIBLE]
    directions = _directions(shown, "rtl" if right_to_left else "ltr")
    fonts = _fonts(shown, faces)
    pieces = [
        Run("".join(character for character, _key in group), face, direction)
        for (face, direction), group in groupby(
            zip(shown, zip(fonts, directions, strict=True), strict=True), key=lambda pair: pair[1]
        )
    ]
    return list(_visual(pieces, right_to_left))


def _directions(characters: list[str], base: str) -> list[str]:
    """The direction of each character: its own, or for neutral ones that of both neighbours, else the base."""
    strong: list[str | None] = []
    last = base
    for character in characters:
        own = _strong(character)
        if own is None and last == "ltr" and unicodedata.bidirectional(character) == "EN":
            own = "ltr"  # a number belongs to the Latin word before it (W7)
        strong.append(own)
        last = own or last
    found = list(strong)
    for place, own in enumerate(strong):
        if own:
            continue
        before = next((value for value in reversed(strong[:place]) if value), base)
        after = next((value for value in strong[place + 1 :] if value), base)
        found[place] = before if before == after else base
    return [value or base for value in found]


def _strong(character: str) -> str | None:
    kind = unicodedata.bidirectional(character)
    if kind in RIGHT:
        return "rtl"
    return "ltr" if kind == "L" else None


def _fonts(characters: list[str], faces: tuple[Face, ...]) -> list[Face]:
    """The font of each character; spaces stay in the font before them."""
    found: list[Face] = []
    for character in characters:
        if character.isspace() and found:
            found.append(found[-1] if 32 in found[-1].characters else faces[0])
        else:
            found.append(face_for(" " if character.isspace() else character, faces))
    return found


def _visual(pieces: list[Run], right_to_left: bool) -> Iterator[Run]:
    """Pieces from left to right: stretches against the base direction keep their own inner order."""
    stretches = [list(group) for _direction, group in groupby(pieces, key=lambda run: run.direction)]
    if right_to_left:
        stretches.reverse()
    for stretch in stretches:
        backwards = stretch[0].direction == "rtl"
        yield from reversed(stretch) if backwards else iter(stretch)
