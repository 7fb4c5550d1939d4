"""Texts to terms with their places, and what a reader typed to groups of terms."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from cms.search.analysis.chinese import Segmenter
from cms.search.analysis.folding import HAN, fold, normalise
from cms.search.analysis.languages import is_chinese_stop_word, is_stop_word, stems

_RUNS = re.compile(rf"([{HAN}]+)|([^\W_{HAN}]+)")
LONGEST_WORD = 64
LONGEST_SUFFIX = 12  # characters of Chinese a completion may span


@dataclass(frozen=True)
class Token:
    """A term and its position. Han characters count one each, other words one."""

    term: str
    position: int


@dataclass(frozen=True)
class Run:
    """A stretch of one kind of writing, normalised."""

    text: str
    is_han: bool
    position: int


def runs(text: str) -> Iterator[Run]:
    """The words of a text; Chinese is given as a whole, for it has no spaces."""
    position = 0
    for match in _RUNS.finditer(normalise(text)):
        han, word = match.groups()
        if han:
            yield Run(han, True, position)
            position += len(han)
        else:
            yield Run(word[:LONGEST_WORD], False, position)
            position += 1


def index_tokens(text: str, language: str, segmenter: Segmenter) -> Iterator[Token]:
    """The terms under which a text of this language is found; stop words keep their position."""
    for run in runs(text):
        if run.is_han:
            for word, start in segmenter.index_words(run.text):
                if not is_chinese_stop_word(word):
                    yield Token(word, run.position + start)
        elif not is_stop_word(run.text, language):
            for stem in stems(run.text, language):
                yield Token(stem, run.position)


def written_words(text: str) -> set[str]:
    """The words of a text as written (folded in width and case only), for suggestions."""
    return {run.text for run in runs(text) if not run.is_han and len(run.text) > 2 and not run.text.isdecimal()}


def completion_tokens(text: str) -> Iterator[Token]:
    """The terms a reader may be typing: unstemmed words, and Chinese from any character on."""
    for run in runs(text):
        if not run.is_han:
            yield Token(fold(run.text), run.position)
            continue
        for start in range(len(run.text)):
            yield Token(run.text[start : start + LONGEST_SUFFIX], run.position + start)
