"""The few words around a hit, with the hits marked."""

import re
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from cms.search.analysis.folding import HAN, normalise
from cms.search.analysis.languages import stems
from cms.search.analysis.queries import Analysis
from cms.search.analysis.synonyms import Phrase
from cms.search.analysis.tokens import RUNS

HAN_CHARACTER = re.compile(f"[{HAN}]")
LONGEST_TERM = 20  # Han characters
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
class Token:
    """What stands at one position of a text: a word with its stems, or a Han character and what follows."""

    start: int
    stop: int
    stems: tuple[str, ...]
    han: str = ""

    def span_of(self, term: str) -> tuple[int, int] | None:
        """From where to where a term stands here."""
        if self.han:
            return (self.start, self.start + len(term)) if self.han.startswith(term) else None
        return (self.start, self.stop) if term in self.stems else None


def hits_in(source: str, wanted: Wanted) -> list[Hit]:
    """Where what is wanted stands in a text; the longest wording first, none inside another."""
    tokens = _tokens(source, wanted.language)
    found: list[Hit] = []
    for position, token in tokens.items():
        if found and token.start < found[-1].stop:
            continue
        keys = (token.han[0],) if token.han else token.stems
        candidates = (phrase for key in keys for phrase in wanted.phrases.get(key, ()))
        hit = next((hit for phrase in candidates if (hit := _hit_at(tokens, position, phrase))), None)
        if hit:
            found.append(hit)
    return found


def _hit_at(tokens: Mapping[int, Token], position: int, phrase: Phrase) -> Hit | None:
    """The phrase, if all its terms stand at their distance from here."""
    spans = []
    for distance, term in phrase:
        token = tokens.get(position + distance)
        span = token.span_of(term) if token else None
        if span is None:
            return None
        spans.append(span)
    return Hit(spans[0][0], max(stop for _start, stop in spans), phrase)


def _tokens(source: str, language: str) -> dict[int, Token]:
    """The text by position, counted as the index counts them."""
    tokens: dict[int, Token] = {}
    position = 0
    for match in RUNS.finditer(source):
        run, start = normalise(match.group()), match.start()
        if not match.group(1):
            tokens[position] = Token(start, match.end(), stems(run, language))
            position += 1
            continue
        if len(run) == len(match.group()):
            for offset in range(len(run)):
                han = run[offset : offset + LONGEST_TERM]
                tokens[position + offset] = Token(start + offset, start + offset + 1, (), han)
        position += len(run)
    return tokens


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
