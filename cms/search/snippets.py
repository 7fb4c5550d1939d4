"""The few words around a hit, with the hits marked."""

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from cms.search.analysis.folding import HAN, normalise
from cms.search.analysis.languages import stems
from cms.search.analysis.queries import Analysis
from cms.search.analysis.synonyms import Phrase
from cms.search.analysis.tokens import RUNS

HAN_CHARACTER = re.compile(f"[{HAN}]")
WIDTH, WIDTH_HAN = 220, 90  # characters
LEAD = 60  # characters before the first hit
SEARCHED = 12  # hits after the first that are looked at for the best place
LONGEST_SOURCE = 20_000


@dataclass(frozen=True)
class Wanted:
    """What a reader asked for, in all its wordings, by the first term of each; to be found in this language."""

    phrases: Mapping[str, list[Phrase]]
    language: str

    @classmethod
    def of(cls, query: str, language: str, analysis: Analysis) -> "Wanted":
        phrases: dict[str, list[Phrase]] = defaultdict(list)
        groups = analysis.groups(query)
        telling = [group for group in groups if not group.optional] or groups
        for group in telling:
            for wording in group.wordings:
                first = wording.phrase[0][1]
                phrases[first[0] if HAN_CHARACTER.match(first) else first].append(wording.phrase)
        return cls({first: sorted(found, key=_length, reverse=True) for first, found in phrases.items()}, language)


def _length(phrase: Phrase) -> int:
    return phrase[-1][0] + len(phrase[-1][1])


@dataclass(frozen=True)
class Hit:
    start: int
    stop: int
    phrase: Phrase


@dataclass(frozen=True)
class Part:
    text: str
    is_hit: bool = False


def mark(source: str, wanted: Wanted, whole: bool = False) -> list[Part]:
    """The passage of a text that holds most of what was asked for, with the hits marked.

    :param whole: keep the text as it is instead of cutting a passage
    """
    source = " ".join(source[:LONGEST_SOURCE].split())
    hits = hits_in(source, wanted)
    start, stop = (0, len(source)) if whole else _passage(source, hits, wanted.language)
    parts = [Part("… ")] if start else []
    place = start
    for hit in hits:
        if hit.start >= place and hit.stop <= stop:
            parts += [Part(source[place : hit.start]), Part(source[hit.start : hit.stop], True)]
            place = hit.stop
    parts.append(Part(source[place:stop] + (" …" if stop < len(source) else "")))
    return [part for part in parts if part.text]


@dataclass(frozen=True)
class Stretch:
    """A word with its stems, or a run of Han characters, each of which has a position of its own."""

    position: int
    start: int
    stop: int
    stems: tuple[str, ...]
    han: str = ""

    def span_of(self, term: str, position: int) -> tuple[int, int] | None:
        """From where to where a term stands at a position."""
        if not self.han:
            return (self.start, self.stop) if term in self.stems and position == self.position else None
        offset = position - self.position
        place = self.start + offset
        return (place, place + len(term)) if self.han.startswith(term, offset) else None


def hits_in(source: str, wanted: Wanted) -> list[Hit]:
    """Where what is wanted stands in a text; the longest wording first, none inside another."""
    stretches = _stretches(source, wanted.language)
    positions = [stretch.position for stretch in stretches]
    found: list[Hit] = []
    for position, place, key in _candidates(stretches, wanted.phrases):
        if found and place < found[-1].stop:
            continue
        for phrase in wanted.phrases[key]:
            if hit := _hit_at(stretches, positions, position, phrase):
                found.append(hit)
                break
    return found


def _candidates(stretches: list[Stretch], wanted: Mapping[str, object]) -> Iterator[tuple[int, int, str]]:
    """Where something wanted may begin: its position, its place in the text, and the key of what it may be."""
    for stretch in stretches:
        for key in stretch.stems:
            if key in wanted:
                yield stretch.position, stretch.start, key
        for offset, character in enumerate(stretch.han):
            if character in wanted:
                yield stretch.position + offset, stretch.start + offset, character


def _hit_at(stretches: list[Stretch], positions: list[int], position: int, phrase: Phrase) -> Hit | None:
    """The phrase, if all its terms stand at their distance from here."""
    spans = []
    for distance, term in phrase:
        stretch = stretches[bisect_right(positions, position + distance) - 1]
        span = stretch.span_of(term, position + distance)
        if span is None:
            return None
        spans.append(span)
    return Hit(spans[0][0], max(stop for _start, stop in spans), phrase)


def _stretches(source: str, language: str) -> list[Stretch]:
    """The text with positions counted as the index counts them."""
    stretches: list[Stretch] = []
    position = 0
    for match in RUNS.finditer(source):
        run, (start, stop) = normalise(match.group()), match.span()
        if not match.group(1):
            stretches.append(Stretch(position, start, stop, stems(run, language)))
            position += 1
            continue
        if len(run) == stop - start:
            stretches.append(Stretch(position, start, stop, (), run))
        position += len(run)
    return stretches


def _passage(source: str, hits: list[Hit], language: str) -> tuple[int, int]:
    """From where to where the text is shown: where most different terms stand close together."""
    width = WIDTH_HAN if language == "zh-hans" else WIDTH
    best, most = 0, 0
    for number, hit in enumerate(hits):
        near = hits[number : number + SEARCHED]
        inside = len({other.phrase for other in near if other.stop <= hit.start + width - LEAD})
        if inside > most:
            best, most = hit.start, inside
    start = max(best - LEAD, 0)
    return _at_words(source, start, min(start + width, len(source)))


def _at_words(source: str, start: int, stop: int) -> tuple[int, int]:
    """Moves both ends to spaces nearby, so that no word is cut."""
    if start:
        space = source.find(" ", start, start + 25)
        start = space + 1 if space >= 0 else start
    if stop < len(source):
        space = source.rfind(" ", max(stop - 25, start), stop)
        stop = space if space > start else stop
    return start, stop
