"""A bar chart drawn on the server: each bar has its label above it and its number beside it."""

from collections.abc import Sequence
from dataclasses import dataclass

WIDTH = 320
ROW = 46
BAR = 14
NUMBER_ROOM = 48


@dataclass(frozen=True)
class Bar:
    """A bar, in units of the drawing; ``text`` is its number as it is written."""

    label: str
    text: str
    y: int
    length: int
    start: int
    text_at: int


@dataclass(frozen=True)
class Chart:
    width: int
    height: int
    bars: list[Bar]
    label_at: int


def chart(values: Sequence[tuple[str, int | None, str]], *, right_to_left: bool = False) -> Chart:
    """Bars for (label, value, text); a value that may not be told has none. They grow from the reading side."""
    most = max((value or 0 for _label, value, _text in values), default=0)
    room = WIDTH - NUMBER_ROOM
    bars = []
    for number, (label, value, text) in enumerate(values):
        length = round((value or 0) / most * room) if most else 0
        start = WIDTH - length if right_to_left else 0
        text_at = start - 8 if right_to_left else length + 8
        bars.append(Bar(label, text, number * ROW, length, start, text_at))
    return Chart(WIDTH, len(values) * ROW, bars, WIDTH if right_to_left else 0)
