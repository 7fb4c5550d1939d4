"""Posters and cards: a design, a size and the words of one language become an image."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import segno
from django.utils.translation import gettext
from PIL import Image, ImageDraw

from cms.artwork.boxes import Box, Sheet
from cms.artwork.designs import Design
from cms.artwork.errors import ArtworkError
from cms.artwork.formats import Format
from cms.artwork.ornaments import mosaic, rosette_mask, seal
from cms.artwork.pictures import Picture, cover
from cms.artwork.text.fitting import Setting, Style, fit

LARGER = {"ar": 1.35}  # Arabic letters are low for their size
QUIET_ZONE = 4  # modules around a QR code (ISO/IEC 18004)


@dataclass(frozen=True)
class Words:
    """What a poster says in one language; ``bodies`` are the organisations behind it, the first the most important."""

    language: str
    slogan: str
    theme: str
    dates: str
    bodies: tuple[str, ...]
    url: str

    @property
    def is_right_to_left(self) -> bool:
        return self.language == "ar"


@dataclass(frozen=True)
class Placed:
    """A text where it stands: ``baseline`` is the first line's, the box is what it may use."""

    role: str
    setting: Setting
    box: Box
    baseline: float
    colour: str

    @property
    def ink(self) -> tuple[float, float]:
        """How high and how low its ink reaches."""
        top = self.baseline - self.setting.lines[0].above
        return top, top + self.setting.height


def place_texts(words: Words, design: Design, size: Format, *, has_picture: bool) -> list[Placed]:
    """Every text of a sheet in its box. Raises ``ArtworkError`` where one does not fit."""
    sheet = Sheet(size, words.is_right_to_left)
    elements = design.elements(size.layout, has_picture=has_picture)
    placed = (_place(words, design, sheet, element) for element in elements if element["kind"] == "text")
    return [text for text in placed if text]


def _place(words: Words, design: Design, sheet: Sheet, element: dict[str, Any]) -> Placed | None:
    box = sheet.box(element["box"])
    percent = sheet.format.height / 100
    largest = element["largest"] * percent * LARGER.get(words.language, 1)
    style = Style(element["family"], element["weight"], largest, element["smallest"] * percent)
    setting = _setting(words, element["role"], style, box)
    if setting is None:
        return None
    free = box.height - setting.height
    above = {"top": 0.0, "middle": free / 2, "bottom": free}[element.get("valign", "middle")]
    return Placed(
        element["role"], setting, box, box.top + above + setting.lines[0].above, design.colour(element["colour"])
    )


def _setting(words: Words, role: str, style: Style, box: Box) -> Setting | None:
    if role == "bodies":
        return _bodies(words, style, box)
    text = str(getattr(words, role)).strip()
    return fit(text, words.language, style, box.width, box.height) if text else None


def _bodies(words: Words, style: Style, box: Box) -> Setting | None:
    """As many organisations as there is room for, and a word for the others."""
    for count in range(len(words.bodies), 0, -1):
        names = list(words.bodies[:count])
        if count < len(words.bodies):
            names.append(gettext("and others"))
        try:
            return fit(" · ".join(names), words.language, style, box.width, box.height)
        except ArtworkError:
            continue
    return None


class Painter:
    """Draws one campaign's kit. What all languages share is drawn once per size and direction."""

    def __init__(self, design: Design, name: str, picture: Picture | None, logos: Sequence[Image.Image]) -> None:
        self.design, self.name, self.picture, self.logos = design, name, picture, list(logos)
        self._ground: tuple[tuple[Format, bool], Image.Image] | None = None

    def paint(self, words: Words, size: Format) -> Image.Image:
        """The sheet with its bleed."""
        sheet = Sheet(size, words.is_right_to_left)
        placed = place_texts(words, self.design, size, has_picture=self.picture is not None)
        image = self._shared(sheet).copy()
        draw = ImageDraw.Draw(image)
        for text in placed:
            _write(draw, text, right_to_left=words.is_right_to_left)
        for element in self._elements(sheet):
            if element["kind"] == "qr":
                self._qr(image, sheet, element, words.url)
        return image

    def _elements(self, sheet: Sheet) -> list[dict[str, Any]]:
        return self.design.elements(sheet.format.layout, has_picture=self.picture is not None)

    def _shared(self, sheet: Sheet) -> Image.Image:
        key = (sheet.format, sheet.is_mirrored)
        if self._ground is None or self._ground[0] != key:
            image = Image.new("RGB", sheet.size, self.design.ground)
            for element in self._elements(sheet):
                if element["kind"] not in {"text", "qr"}:
                    getattr(self, f"_{element['kind']}")(image, sheet, element)
            self._ground = (key, image)
        return self._ground[1]

    # --- elements ---------------------------------------------------------------------------------
    def _fill(self, image: Image.Image, sheet: Sheet, element: dict[str, Any]) -> None:
        box = sheet.box(element["box"], bleeds=element.get("bleed", False))
        image.paste(self.design.colour(element["colour"]), box.corners)

    def _picture(self, image: Image.Image, sheet: Sheet, element: dict[str, Any]) -> None:
        assert self.picture
        box = sheet.box(element["box"], bleeds=element.get("bleed", False))
        image.paste(cover(self.picture, box), box.corners)

    def _rosette(self, image: Image.Image, sheet: Sheet, element: dict[str, Any]) -> None:
        radius = element["radius"] / 100 * min(sheet.format.width, sheet.format.height)
        x, y = sheet.point(element["centre"])
        clip = sheet.box(element["clip"], bleeds=True)
        left, top = round(x - radius), round(y - radius)
        whole = Box(left, top, round(radius * 2), round(radius * 2))
        part = _overlap(whole, clip)
        mask = rosette_mask(self.name, whole.width).crop(
            (part.left - left, part.top - top, part.right - left, part.bottom - top)
        )
        image.paste(self.design.colour(element["colour"]), part.corners, mask)

    def _mosaic(self, image: Image.Image, sheet: Sheet, element: dict[str, Any]) -> None:
        box = sheet.box(element["box"], bleeds=element.get("bleed", False))
        colours = [self.design.colour(name) for name in element["colours"]]
        paper = self.design.colour(element["paper"])
        image.paste(mosaic(self.name, (box.width, box.height), element["columns"], colours, paper), box.corners)

    def _seal(self, image: Image.Image, sheet: Sheet, element: dict[str, Any]) -> None:
        box = sheet.box(element["box"])
        colours = [self.design.colour(element[name]) for name in ("colour", "sign", "edge")]
        mark = seal(box.width, *colours)
        image.paste(mark, (box.left, box.top), mark)

    def _logos(self, image: Image.Image, sheet: Sheet, element: dict[str, Any]) -> None:
        if not self.logos:
            return
        box = sheet.box(element["box"])
        plate = self.design.colour(element["plate"])
        sizes = _logo_sizes([logo.size for logo in self.logos], box)
        gap = box.height // 4
        used = sum(width for width, _height in sizes) + gap * (len(sizes) + 1)
        left = box.right - used if sheet.is_mirrored else box.left
        if plate != self.design.ground:
            ImageDraw.Draw(image).rounded_rectangle(
                (left, box.top, left + used, box.bottom), box.height * 0.08, fill=plate
            )
        else:
            left += gap if sheet.is_mirrored else -gap
        x = left + gap
        pairs = list(zip(self.logos, sizes, strict=True))
        for logo, (width, height) in reversed(pairs) if sheet.is_mirrored else pairs:
            drawn = logo.resize((width, height), Image.Resampling.LANCZOS, reducing_gap=2.0)
            image.paste(drawn, (x, box.top + (box.height - height) // 2), drawn)
            x += width + gap

    def _qr(self, image: Image.Image, sheet: Sheet, element: dict[str, Any], url: str) -> None:
        box = sheet.box(element["box"])
        code = segno.make(url, error="m", micro=False)
        modules = int(code.symbol_size(border=QUIET_ZONE)[0])
        rows = bytes(0 if dark else 255 for row in code.matrix_iter(border=QUIET_ZONE) for dark in row)
        step = max(box.width // modules, 1)
        mask = Image.frombytes("L", (modules, modules), rows).resize((modules * step,) * 2, Image.Resampling.NEAREST)
        light = Image.new("RGB", mask.size, self.design.colour(element["paper"]))
        dark = Image.new("RGB", mask.size, self.design.colour(element["ink"]))
        drawn = Image.composite(light, dark, mask)
        offset = (box.width - mask.width) // 2
        image.paste(drawn, (box.left + offset, box.top + offset))


def _overlap(one: Box, other: Box) -> Box:
    left, top = max(one.left, other.left), max(one.top, other.top)
    right, bottom = min(one.right, other.right), min(one.bottom, other.bottom)
    return Box(left, top, max(right - left, 1), max(bottom - top, 1))


def _logo_sizes(sizes: list[tuple[int, int]], box: Box) -> list[tuple[int, int]]:
    """Logos of about the same area in one row that is no longer than the box."""
    height = box.height * 0.8
    gap = box.height // 4
    natural = [(height * (width / tall) ** 0.5, height * (tall / width) ** 0.5) for width, tall in sizes]
    natural = [(w * min(1, height / h), h * min(1, height / h)) for w, h in natural]
    room = box.width - gap * (len(sizes) + 1)
    scale = min(1.0, room / sum(width for width, _height in natural))
    return [(max(round(width * scale), 1), max(round(tall * scale), 1)) for width, tall in natural]


def _write(draw: ImageDraw.ImageDraw, text: Placed, *, right_to_left: bool) -> None:
    """Lines from the reading side of the box, run by run."""
    y = text.baseline
    for line in text.setting.lines:
        x = text.box.right - line.width if right_to_left else float(text.box.left)
        for run in line.runs:
            font = run.font(text.setting.size)
            draw.text((x, y), run.text, font=font, fill=text.colour, anchor="ls", direction=run.direction)
            x += run.width(text.setting.size)
        y += text.setting.advance
