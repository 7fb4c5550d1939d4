"""Where a line may end: UAX #14 for every script, whole words in Chinese, no break before French high marks."""

import re
from functools import lru_cache
from itertools import pairwise

from uniseg.linebreak import line_break_units

# French and Russian typography: these never stand at the beginning of a line, « never at its end.
CLINGS_TO_WORD_BEFORE = re.compile(r" (?=[;:!?»–—])")
CLINGS_TO_WORD_AFTER = re.compile(r"(?<=[«]) ")
NO_BREAK_SPACE = "\u00a0"
ENDS_CLAUSE = set(",.;:!?，。；：！？،؛؟")
# GB/T 15834 and CLREQ 3.1.3: not at the beginning of a line, not at its end, never apart.
NOT_FIRST = set("、，。．：；！？）】》〉」』”’…—～·％℃")
NOT_LAST = set("（【《〈「『“‘")


@lru_cache(maxsize=512)
def units(text: str, language: str) -> tuple[str, ...]:
    """The pieces between which a line may end, trailing spaces included."""
    text = CLINGS_TO_WORD_BEFORE.sub(NO_BREAK_SPACE, CLINGS_TO_WORD_AFTER.sub(NO_BREAK_SPACE, text.strip()))
    pieces = [unit for unit in line_break_units(text) if unit]
    if language.startswith("zh"):
        pieces = _chinese(pieces, text)
    return tuple(pieces)


def clauses(text: str, language: str) -> tuple[str, ...]:
    """The sentences and clauses of a text, each with its marks: the units up to the next of them."""
    found: list[str] = [""]
    for unit in units(text, language):
        found[-1] += unit
        if unit.rstrip()[-1:] in ENDS_CLAUSE:
            found.append("")
    return tuple(clause for clause in found if clause)


def _chinese(pieces: list[str], text: str) -> list[str]:
    """Breaks that UAX #14 allows and that split no word, with the marks where Chinese typography has them."""
    import rjieba  # its dictionary takes 33 MB: only a process that sets Chinese text carries it

    words = _ends(rjieba.cut(text))
    allowed = [end for end in _ends(pieces) if end in words and _may_end(text, end)]
    edges = [0, *allowed] if allowed and allowed[-1] == len(text) else [0, *allowed, len(text)]
    return [text[start:end] for start, end in pairwise(edges)]


def _ends(pieces: list[str]) -> list[int]:
    ends, place = [], 0
    for piece in pieces:
        place += len(piece)
        ends.append(place)
    return ends


def _may_end(text: str, end: int) -> bool:
    """Whether a line may end before the character at ``end``."""
    if end >= len(text):
        return True
    return text[end] not in NOT_FIRST and text[end - 1] not in NOT_LAST


def smaller(unit: str) -> list[str]:
    """A unit that is wider than its line, taken apart where it must be: marks stay where they belong."""
    parts: list[str] = []
    for character in unit:
        if parts and (character in NOT_FIRST or parts[-1][-1] in NOT_LAST):
            parts[-1] += character
        else:
            parts.append(character)
    return parts
