"""A picture on a poster: cut to its box, and never through what matters in it."""

from dataclasses import dataclass

from PIL import Image

from cms.artwork.boxes import Box


@dataclass(frozen=True)
class Picture:
    """An image with its focal area (left, top, right, bottom in its pixels), where an editor has set one."""

    image: Image.Image
    focal: tuple[int, int, int, int] | None = None


def crop_for(size: tuple[int, int], box: Box, focal: tuple[int, int, int, int] | None) -> tuple[int, int, int, int]:
    """The largest part of a picture with the proportions of ``box``, around the focal area, else the middle."""
    width, height = size
    scale = min(width / box.width, height / box.height)
    part_width, part_height = min(box.width * scale, width), min(box.height * scale, height)
    middle_x, middle_y = width / 2, height / 2
    if focal:
        middle_x, middle_y = (focal[0] + focal[2]) / 2, (focal[1] + focal[3]) / 2
    left = min(max(middle_x - part_width / 2, 0), width - part_width)
    top = min(max(middle_y - part_height / 2, 0), height - part_height)
    return round(left), round(top), round(left + part_width), round(top + part_height)


def cover(picture: Picture, box: Box) -> Image.Image:
    """The picture, filling the box."""
    part = crop_for(picture.image.size, box, picture.focal)
    reduced = picture.image.convert("RGB")
    return reduced.resize((box.width, box.height), Image.Resampling.LANCZOS, box=part, reducing_gap=2.0)
