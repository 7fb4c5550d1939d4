"""A chart of columns over time, drawn on the server; its table stands beneath it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

WIDTH, HEIGHT, FLOOR = 720, 200, 24


@dataclass(frozen=True)
class Column:
    """One day's column, in units of the drawing."""

    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True)
class ColumnChart:
    width: int
    height: int
    columns: list[Column]
    first: date
    last: date
    most: int


def column_chart(values: Sequence[tuple[date, int]], *, right_to_left: bool = False) -> ColumnChart | None:
    """Columns for (day, number), days without a number included; None where there is nothing to draw."""
    if not values:
        return None
    numbers = dict(values)
    first, last = min(numbers), max(numbers)
    days = [first + timedelta(days=number) for number in range((last - first).days + 1)]
    most = max(numbers.values())
    step = WIDTH / len(days)
    columns = []
    for place, day in enumerate(days):
        height = numbers.get(day, 0) / most * (HEIGHT - FLOOR) if most else 0
        x = WIDTH - (place + 1) * step if right_to_left else place * step
        columns.append(Column(round(x, 1), round(HEIGHT - FLOOR - height, 1), round(step * 0.8, 1), round(height, 1)))
    return ColumnChart(WIDTH, HEIGHT, [column for column in columns if column.height], first, last, most)
