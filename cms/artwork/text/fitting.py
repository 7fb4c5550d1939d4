"""Text in a box: as large as it may be, in lines of even length, never over the edge."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

from django.utils.translation import gettext as _

from cms.artwork.errors import ArtworkError
from cms.artwork.text.fonts import Face, stack
from cms.artwork.text.lines import clauses, smaller, units
from cms.artwork.text.runs import Run, runs

REFERENCE = 100.0  # size at which widths are measured: they grow with the size
LEADING = {"zh": 1.35, "ar": 1.5, "": 1.22}
STEP = 0.96
# A slogan of a few clauses stands one clause a line where that makes it hardly smaller.
MOST_CLAUSES = 4
WORTH_IT = 0.82


@dataclass(frozen=True)
class Style:
    """How a text is set: serif or sans, 400 or 700, and the sizes in pixels between which it may be."""

    family: str
    weight: int
    largest: float
    smallest: float


@dataclass(frozen=True)
class Line:
    """A line's runs from left to right, and how far its ink reaches at the size of its text."""

    runs: tuple[Run, ...]
    width: float
    above: float
    below: float


@dataclass(frozen=True)
class Setting:
    """A text that fits: its size, its lines, the distance between baselines, and the height of its ink."""

    size: float
    lines: tuple[Line, ...]
    advance: float

    @property
    def height(self) -> float:
        if not self.lines:
            return 0
        return self.lines[0].above + self.advance * (len(self.lines) - 1) + self.lines[-1].below

    @property
    def width(self) -> float:
        return max((line.width for line in self.lines), default=0)


@lru_cache(maxsize=512)
def fit(text: str, language: str, style: Style, width: float, height: float) -> Setting:
    """The largest setting of ``text`` within a box of pixels. Raises ``ArtworkError`` where even the smallest does
    not fit."""
    faces = stack(style.family, language, style.weight)
    whole = _largest(units(text, language), language, faces, style, (width, height))
    said = clauses(text, language)
    if 1 < len(said) <= MOST_CLAUSES:
        by_clause = _largest(said, language, faces, style, (width, height), each_a_line=True)
        if by_clause and (whole is None or by_clause.size >= whole.size * WORTH_IT):
            return by_clause
    if whole:
        return whole
    setting = _set(units(text, language), language, faces, style.smallest, width, force=True)
    if setting and setting.height <= height and setting.width <= width:
        return setting
    raise ArtworkError(_("“%(text)s” is too long for the poster. Please shorten it.") % {"text": text})


def _largest(
    pieces: tuple[str, ...],
    language: str,
    faces: tuple[Face, ...],
    style: Style,
    box: tuple[float, float],
    *,
    each_a_line: bool = False,
) -> Setting | None:
    size = style.largest
    while size >= style.smallest:
        setting = _set(pieces, language, faces, size, box[0], each_a_line=each_a_line)
        if setting and setting.width <= box[0] and setting.height <= box[1]:
            return setting
        size *= STEP
    return None


def _set(
    whole: tuple[str, ...],
    language: str,
    faces: tuple[Face, ...],
    size: float,
    width: float,
    *,
    force: bool = False,
    each_a_line: bool = False,
) -> Setting | None:
    """Lines at one size; None where a word would have to be taken apart, unless forced."""
    right_to_left = language == "ar"

    def measure(piece: str) -> float:
        return _width(piece.rstrip(), faces, right_to_left) * size / REFERENCE

    pieces: list[str] = []
    for unit in whole:
        if measure(unit) <= width:
            pieces.append(unit)
        elif force or (language.startswith("zh") and not each_a_line):
            pieces += smaller(unit)
        else:
            return None
    lines = [piece.strip() for piece in pieces] if each_a_line else _even(pieces, width, measure)
    shaped = tuple(_line(line, faces, size, right_to_left) for line in lines)
    return Setting(size, shaped, size * LEADING.get(language.partition("-")[0], LEADING[""]))


@lru_cache(maxsize=4096)
def _width(text: str, faces: tuple[Face, ...], right_to_left: bool) -> float:
    return sum(run.width(REFERENCE) for run in runs(text, faces, right_to_left=right_to_left))


def _even(pieces: list[str], width: float, measure: Callable[[str], float]) -> list[str]:
    """Lines no wider than ``width``, as few as can be, and as even as can be with so few."""
    best = _wrap(pieces, width, measure)
    low, high = width / 2, width
    while len(best) > 1 and high - low > width / 64:
        middle = (low + high) / 2
        tried = _wrap(pieces, middle, measure)
        if len(tried) == len(best) and all(measure(line) <= middle for line in tried):
            best, high = tried, middle
        else:
            low = middle
    return best


def _wrap(pieces: list[str], width: float, measure: Callable[[str], float]) -> list[str]:
    lines: list[str] = []
    for piece in pieces:
        if lines and measure(lines[-1] + piece) <= width:
            lines[-1] += piece
        else:
            lines.append(piece)
    return [line.strip() for line in lines]


def _line(text: str, faces: tuple[Face, ...], size: float, right_to_left: bool) -> Line:
    """The runs of a line with its ink: how far above and below the baseline."""
    found = tuple(runs(text, faces, right_to_left=right_to_left))
    boxes = [run.font(size).getbbox(run.text, anchor="ls", direction=run.direction) for run in found]
    above = max((-box[1] for box in boxes), default=0)
    below = max((box[3] for box in boxes), default=0)
    return Line(found, sum(run.width(size) for run in found), above, max(below, 0))
