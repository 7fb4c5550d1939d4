"""Boxes on a sheet: from percent of the trimmed size to pixels of the sheet with its bleed."""

from collections.abc import Sequence
from dataclasses import dataclass

from cms.artwork.formats import Format


@dataclass(frozen=True)
class Box:
    """A rectangle in whole pixels."""

    left: int
    top: int
    width: int
    height: int

    @property
    def right(self) -> int:
        return self.left + self.width

    @property
    def bottom(self) -> int:
        return self.top + self.height

    @property
    def corners(self) -> tuple[int, int, int, int]:
        return self.left, self.top, self.right, self.bottom

    def meets(self, other: "Box") -> bool:
        return (
            self.left < other.right and other.left < self.right and self.top < other.bottom and other.top < self.bottom
        )


@dataclass(frozen=True)
class Sheet:
    """A format to draw on. What reads from the right is mirrored, box by box."""

    format: Format
    is_mirrored: bool

    @property
    def size(self) -> tuple[int, int]:
        return self.format.width + 2 * self.format.bleed, self.format.height + 2 * self.format.bleed

    def box(self, numbers: Sequence[float], *, bleeds: bool = False) -> Box:
        """A box from percents: left, top, width, height; without a height it is a square."""
        left, top, width = (number / 100 for number in numbers[:3])
        if self.is_mirrored:
            left = 1 - left - width
        size, bleed = self.format, self.format.bleed
        pixel_width = width * size.width
        pixel_height = numbers[3] / 100 * size.height if len(numbers) > 3 else pixel_width
        edges = [
            bleed + left * size.width,
            bleed + top * size.height,
            bleed + left * size.width + pixel_width,
            bleed + top * size.height + pixel_height,
        ]
        if bleeds:
            edges = self._spread(edges)
        x, y, right, bottom = (round(edge) for edge in edges)
        return Box(x, y, right - x, bottom - y)

    def _spread(self, edges: list[float]) -> list[float]:
        """Edges that lie on the trim go out to the end of the sheet."""
        bleed, width, height = self.format.bleed, *self.size
        left, top, right, bottom = edges
        return [
            0 if left <= bleed + 1 else left,
            0 if top <= bleed + 1 else top,
            width if right >= width - bleed - 1 else right,
            height if bottom >= height - bleed - 1 else bottom,
        ]

    def point(self, centre: Sequence[float]) -> tuple[float, float]:
        x = 1 - centre[0] / 100 if self.is_mirrored else centre[0] / 100
        return self.format.bleed + x * self.format.width, self.format.bleed + centre[1] / 100 * self.format.height
