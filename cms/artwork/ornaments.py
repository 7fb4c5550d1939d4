"""Ornaments as masks: the rosette, the maker's seal, the tiles of the mosaic."""

import hashlib
from functools import lru_cache

from PIL import Image, ImageDraw

from cms.artwork.rosette import SIZE as ROSETTE_SIZE
from cms.artwork.rosette import strands
from cms.artwork.text.fonts import BOLD, stack

SMOOTH_BELOW = 1400  # pixels: smaller drawings are made three times as large and brought down


@lru_cache(maxsize=8)
def rosette_mask(name: str, diameter: int) -> Image.Image:
    """The rosette of a name as a mask (L), ``diameter`` pixels wide."""
    scale = 3 if diameter < SMOOTH_BELOW else 1
    side = diameter * scale
    mask = Image.new("L", (side, side), 0)
    draw = ImageDraw.Draw(mask)
    width = max(round(side / 420), 1)
    for strand in strands(name):
        points = [(x / ROSETTE_SIZE * side, y / ROSETTE_SIZE * side) for x, y in strand]
        draw.line([*points, points[0]], fill=255, width=width)
    return mask.reduce(scale) if scale > 1 else mask


@lru_cache(maxsize=8)
def seal(side: int, colour: str, sign: str, edge: str) -> Image.Image:
    """The maker's seal: 印 cut out of a square, with an edge that sets it off from what is below."""
    scale = 3 if side < SMOOTH_BELOW // 2 else 1
    full = side * scale
    image = Image.new("RGBA", (full, full), (0, 0, 0, 0))
    draw = ImageDraw.Draw(image)
    draw.rounded_rectangle((0, 0, full - 1, full - 1), full * 0.1, fill=edge)
    gap = full * 0.05
    draw.rounded_rectangle((gap, gap, full - gap, full - gap), full * 0.08, fill=colour)
    gap *= 2
    draw.rounded_rectangle(
        (gap, gap, full - gap, full - gap), full * 0.05, outline=sign, width=max(round(full * 0.012), 1)
    )
    font = stack("serif", "zh-hans", BOLD)[0].at(full * 0.64)
    box = font.getbbox("印", anchor="ls")
    x = (full - box[0] - box[2]) / 2
    y = (full - box[1] - box[3]) / 2
    draw.text((x, y), "印", font=font, fill=sign, anchor="ls")
    return image.reduce(scale) if scale > 1 else image


SIGNS = 7


def mosaic(name: str, size: tuple[int, int], columns: int, colours: list[str], paper: str) -> Image.Image:
    """Tiles of simple signs; which and in which colours is the name's own. Neighbours differ in colour."""
    scale = 2 if max(size) < SMOOTH_BELOW else 1
    width, height = size[0] * scale, size[1] * scale
    tile = width / columns
    rows = -(-height // tile)
    image = Image.new("RGB", (width, height), paper)
    draw = ImageDraw.Draw(image)
    seed = hashlib.sha256(name.encode()).digest() * 4
    for number in range(int(rows) * columns):
        row, column = divmod(number, columns)
        value = seed[number % len(seed)]
        ground = colours[(value + row + column * 2) % len(colours)] if value % 5 else paper
        others = [colour for colour in [*colours, paper] if colour != ground]
        sign = paper if ground != paper and value % 3 else others[value % (len(others) - 1)]
        _tile(draw, (column * tile, row * tile, tile), ground, sign, value % SIGNS)
    return image.reduce(scale) if scale > 1 else image


def _tile(draw: ImageDraw.ImageDraw, place: tuple[float, float, float], ground: str, sign: str, kind: int) -> None:
    x, y, side = place
    right, bottom = x + side, y + side
    draw.rectangle((x, y, right, bottom), fill=ground)
    inset = side * 0.2
    inner = (x + inset, y + inset, right - inset, bottom - inset)
    match kind:
        case 0:
            draw.pieslice((x, y, x + 2 * side, y + 2 * side), 180, 270, fill=sign)
        case 1:
            draw.ellipse(inner, fill=sign)
        case 2:
            draw.polygon([(x, bottom), (right, bottom), (right, y)], fill=sign)
        case 3:
            for ring in range(3):
                gap = side * (0.08 + 0.15 * ring)
                draw.ellipse((x + gap, y + gap, right - gap, bottom - gap), outline=sign, width=round(side * 0.05))
        case 4:
            draw.pieslice((x - side, y, right, y + 2 * side), 270, 360, fill=sign)
        case 5:
            half = side / 2
            draw.polygon([(x + half, y + inset), (right - inset, y + half), (x + half, bottom - inset)], fill=sign)
            draw.polygon([(x + half, y + inset), (x + inset, y + half), (x + half, bottom - inset)], fill=sign)
        case _:
            draw.rounded_rectangle(inner, side * 0.08, outline=sign, width=round(side * 0.09))
