"""What a reader typed, as groups: each group is one thing looked for, in all its wordings."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from cms.search.analysis.chinese import LONG, Segmenter
from cms.search.analysis.languages import LATIN, is_chinese_stop_word, is_stop_word, stems
from cms.search.analysis.synonyms import Phrase, Synonyms
from cms.search.analysis.tokens import Run, runs, whole_name

# How much a wording counts that is not the reader's own.
OTHER_LANGUAGE, INNER_WORDS, SYNONYM = 0.7, 0.6, 0.9
MOST_WORDS = 32  # of one query; what follows is not looked for


@dataclass(frozen=True)
class Wording:
    phrase: Phrase
    boost: float = 1.0


@dataclass(frozen=True)
class Group:
    """One thing looked for. An optional one only raises the score of what is found without it."""

    wordings: tuple[Wording, ...]
    position: int
    optional: bool = False

    @property
    def term(self) -> str:
        return self.wordings[0].phrase[0][1]


@dataclass(frozen=True)
class Analysis:
    """How queries are read: the reader's language first, then the others."""

    languages: tuple[str, ...]
    segmenter: Segmenter
    synonyms: Synonyms

    @lru_cache(maxsize=256)  # noqa: B019 - one page asks for the same text many times
    def groups(self, text: str) -> tuple[Group, ...]:
        """What a text asks for, each thing once. Empty where every word is too common to look for."""
        found = self._plain_groups(text)
        if found and all(group.optional for group in found):
            found = [replace(group, optional=False) for group in found]
        return tuple({group.wordings: group for group in self._with_synonyms(found)}.values())

    @lru_cache(maxsize=256)  # noqa: B019
    def names(self, text: str) -> list[str]:
        """Names that the text, or a Chinese word of it, may be as a whole."""
        words = (word for run in runs(text) if run.is_han for word, _start in self.segmenter.words(run.text))
        candidates = [whole_name(text), *(whole_name(word) for word in words if len(word) > 1)]
        return list(dict.fromkeys(name for name in candidates if name))[:MOST_WORDS]

    def phrases(self, text: str) -> list[Phrase]:
        """A text as a phrase, in each language's reading of it."""
        readings = [_plain_phrase(text, language, self.segmenter) for language in self.languages]
        return list(dict.fromkeys(phrase for phrase in readings if phrase))

    def _plain_groups(self, text: str) -> list[Group]:
        groups: list[Group] = []
        for run in runs(text):
            groups.extend(self._han_groups(run) if run.is_han else self._word_groups(run))
            if len(groups) >= MOST_WORDS:
                break
        return groups[:MOST_WORDS]

    def _word_groups(self, run: Run) -> list[Group]:
        if is_stop_word(run.text, self.languages[0]):
            return []
        boosts: dict[str, float] = {}
        for language in self.languages:
            for stem in stems(run.text, language):
                boosts.setdefault(stem, 1.0 if language == self.languages[0] else OTHER_LANGUAGE)
        wordings = tuple(Wording(((0, stem),), boost) for stem, boost in boosts.items())
        elsewhere = any(is_stop_word(run.text, language) for language in self.languages[1:] if language in LATIN)
        return [Group(wordings, run.position, optional=elsewhere)]

    def _han_groups(self, run: Run) -> list[Group]:
        return [
            Group(self._han_wordings(word), run.position + start, optional=len(word) == 1)
            for word, start in self.segmenter.words(run.text)
            if not is_chinese_stop_word(word)
        ]

    def _han_wordings(self, word: str) -> tuple[Wording, ...]:
        """The word, and the words inside it where together they are all of it."""
        inner = tuple((start, part) for part, start in self.segmenter.index_words(word) if part != word)
        covered = {start + place for start, part in inner for place in range(len(part))}
        if len(word) <= LONG or len(covered) < len(word):
            return (Wording(((0, word),)),)
        ordered = tuple(sorted(inner))
        return (Wording(((0, word),)), Wording(ordered, INNER_WORDS))

    def _with_synonyms(self, groups: list[Group]) -> list[Group]:
        terms = [group.term for group in groups]
        result: list[Group] = []
        place = 0
        while place < len(groups):
            length, others = self.synonyms.match(terms, place)
            taken = groups[place : place + max(length, 1)]
            result.append(_joined(taken, others) if others else taken[0])
            place += len(taken)
        return result


def _joined(groups: Sequence[Group], others: list[Phrase]) -> Group:
    """One group of what was typed and of its synonyms."""
    first = groups[0]
    own = first.wordings if len(groups) == 1 else (Wording(_phrase_of(groups)),)
    wordings = own + tuple(Wording(phrase, SYNONYM) for phrase in others)
    return Group(wordings, first.position, optional=all(group.optional for group in groups))


def _phrase_of(groups: Sequence[Group]) -> Phrase:
    return tuple((group.position - groups[0].position, group.term) for group in groups)


def _plain_phrase(text: str, language: str, segmenter: Segmenter) -> Phrase:
    terms: list[tuple[int, str]] = []
    for run in runs(text):
        if run.is_han:
            terms.extend(
                (run.position + start, word)
                for word, start in segmenter.words(run.text)
                if not is_chinese_stop_word(word)
            )
        elif not is_stop_word(run.text, language):
            terms.append((run.position, stems(run.text, language)[0]))
    return tuple((position - terms[0][0], term) for position, term in terms[:MOST_WORDS])


def synonyms_of(groups: Iterable[tuple[str, Sequence[str]]], segmenter: Segmenter) -> Synonyms:
    """Synonyms from wordings that mean the same, each group with its language."""
    phrases = ([_plain_phrase(wording, language, segmenter) for wording in group] for language, group in groups)
    return Synonyms.of([list(dict.fromkeys(phrase for phrase in group if phrase)) for group in phrases])
