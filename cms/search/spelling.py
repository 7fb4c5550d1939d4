"""What a reader may have meant: words of the site near to words that nothing here holds."""

from typing import Any

from cms.search.analysis.folding import normalise
from cms.search.analysis.languages import is_stop_word
from cms.search.analysis.queries import Analysis
from cms.search.analysis.spelling import neighbours
from cms.search.analysis.tokens import RUNS
from cms.search.engine.errors import IndexUnavailable
from cms.search.engine.schema import TEXT
from cms.search.engine.snapshot import Snapshot


def suggestion(text: str, backend: Any, language: str) -> str | None:
    """The query with its unknown words replaced by the nearest known ones, or nothing to say."""
    if not hasattr(backend, "snapshot"):
        return None
    try:
        snapshot = backend.snapshot()
        analysis = backend.analysis(snapshot, language)
        meant = RUNS.sub(lambda match: _nearest(match.group(), bool(match.group(1)), snapshot, analysis), text)
    except IndexUnavailable:
        return None
    return meant if normalise(meant) != normalise(text) else None


def _nearest(word: str, is_han: bool, snapshot: Snapshot, analysis: Analysis) -> str:
    """The word itself if the index knows it, else its most frequent near neighbour."""
    if is_han:
        return _nearest_term(word, snapshot, analysis)
    if len(word) < 3 or word.isdecimal() or is_stop_word(normalise(word), analysis.languages[0]):
        return word
    if _frequency(word, snapshot, analysis):
        return word
    near = neighbours(word, snapshot.words)
    if not near:
        return word
    least = near[0][1]
    same_start = [found for found, distance in near if distance <= least + 1 and found[:1] == normalise(word)[:1]]
    candidates = [found for found, distance in near if distance == least] + same_start
    return max(candidates, key=lambda found: (-dict(near)[found], _frequency(found, snapshot, analysis)))


def _nearest_term(text: str, snapshot: Snapshot, analysis: Analysis) -> str:
    """Chinese is compared as a whole with the terms of art: one wrong character is the usual slip."""
    terms = [term for term in snapshot.notes.get("chinese_terms", ()) if abs(len(term) - len(text)) <= 1]
    if len(text) < 2 or normalise(text) in terms or _knows_all(text, snapshot, analysis):
        return text
    near = [term for term, distance in neighbours(text, terms) if distance == 1]
    return near[0] if near else text


def _knows_all(text: str, snapshot: Snapshot, analysis: Analysis) -> bool:
    groups = analysis.groups(text)
    return all(snapshot.frequency(TEXT, group.term) for group in groups if len(group.term) > 1) and any(
        len(group.term) > 1 for group in groups
    )


def _frequency(word: str, snapshot: Snapshot, analysis: Analysis) -> int:
    """In how many documents a word stands, in any of its readings."""
    terms = {wording.phrase[0][1] for group in analysis.groups(word) for wording in group.wordings}
    return max((snapshot.frequency(TEXT, term) for term in terms), default=0)
