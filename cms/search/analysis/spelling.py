"""Words near to a word: for fuzzy queries and for "did you mean"."""

from collections.abc import Sequence

from rapidfuzz import process
from rapidfuzz.distance import OSA

from cms.search.analysis.folding import fold, normalise

SHORT = 4  # up to this length one letter may differ, beyond it two
MOST_NEIGHBOURS = 20


def neighbours(word: str, words: Sequence[str]) -> list[tuple[str, int]]:
    """Words within one or two edits (a swap of neighbours is one), nearest first, with their distance."""
    word = normalise(word)
    allowed = 1 if len(word) <= SHORT else 2
    near = process.extract(word, words, scorer=OSA.distance, score_cutoff=allowed, limit=MOST_NEIGHBOURS)
    found = {text: int(distance) for text, distance, _index in near}
    if not word.isascii():  # an accent or a seat of hamza is not an error
        found = {text: 0 if fold(text) == fold(word) else distance for text, distance in found.items()}
    return sorted(found.items(), key=lambda pair: (pair[1], pair[0][:1] != word[:1]))
