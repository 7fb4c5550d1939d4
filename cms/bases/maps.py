"""A map of places drawn on the server: points on a grid of degrees, as far apart as they are (plate carrée, with the
widths of the middle latitude)."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil, cos, floor, radians

WIDTH = 400
MARGIN = 30
MOST_HEIGHT = 320
SMALLEST = 4.0  # degrees that are shown at least, so that one place is no blank sheet
STEPS = (1, 2, 5, 10, 20, 45)
MOST_LINES = 5


@dataclass(frozen=True)
class Point:
    """A place on the drawing; ``number`` is that of the list beside it."""

    number: int
    label: str
    url: str
    x: int
    y: int


@dataclass(frozen=True)
class Line:
    label: str
    at: int


@dataclass(frozen=True)
class Map:
    width: int
    height: int
    points: list[Point]
    meridians: list[Line]
    parallels: list[Line]


def drawn(places: Sequence[tuple[str, str, float, float]]) -> Map | None:
    """A map of (label, address, latitude, longitude); None without any place."""
    if not places:
        return None
    south, north = _span([place[2] for place in places], -90, 90)
    west, east = _span([place[3] for place in places], -180, 180)
    narrow = max(cos(radians((south + north) / 2)), 0.2)
    scale = (WIDTH - 2 * MARGIN) / ((east - west) * narrow)
    scale = min(scale, (MOST_HEIGHT - 2 * MARGIN) / (north - south))
    height = round((north - south) * scale) + 2 * MARGIN
    beside = max((WIDTH - 2 * MARGIN) / (narrow * scale) - (east - west), 0) / 2  # the sheet is always as wide
    west, east = west - beside, east + beside

    def across(longitude: float) -> int:
        return round(MARGIN + (longitude - west) * narrow * scale)

    def down(latitude: float) -> int:
        return round(MARGIN + (north - latitude) * scale)

    points = [
        Point(number, label, url, across(longitude), down(latitude))
        for number, (label, url, latitude, longitude) in enumerate(places, start=1)
    ]
    meridians = [Line(_degrees(degree, "E", "W"), across(degree)) for degree in _lines(west, east)]
    parallels = [Line(_degrees(degree, "N", "S"), down(degree)) for degree in _lines(south, north)]
    return Map(WIDTH, height, points, meridians, parallels)


def _span(values: list[float], lowest: float, highest: float) -> tuple[float, float]:
    """From below the smallest to above the largest value, and never less than ``SMALLEST`` degrees."""
    low, high = min(values), max(values)
    room = max((high - low) * 0.1, (SMALLEST - (high - low)) / 2, 0.5)
    return max(low - room, lowest), min(high + room, highest)


def _lines(low: float, high: float) -> list[int]:
    step = next((step for step in STEPS if (high - low) / step <= MOST_LINES), STEPS[-1])
    return list(range(ceil(low / step) * step, floor(high / step) * step + 1, step))


def _degrees(degree: int, positive: str, negative: str) -> str:
    degree = (degree + 180) % 360 - 180 if abs(degree) > 180 else degree
    return f"{abs(degree)}°{positive if degree > 0 else negative if degree < 0 else ''}"
