"""Texts to terms with their places, and what a reader typed to its words."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from cms.search.analysis.chinese import Segmenter
from cms.search.analysis.folding import HAN, fold, normalise
from cms.search.analysis.languages import is_chinese_stop_word, terms_of

RUNS = re.compile(rf"([{HAN}]+)|([^\W_{HAN}]+)")
LONGEST_WORD = 64
LONGEST_SUFFIX = 12  # characters of Chinese a completion may span

Token = tuple[str, int]  # a term and its position: Han characters count one each, other words one


@dataclass(frozen=True)
class Run:
    """A stretch of one kind of writing, normalised."""

    text: str
    is_han: bool
    position: int


def runs(text: str) -> Iterator[Run]:
    """The words of a text; Chinese is given as a whole, for it has no spaces."""
    position = 0
    for han, word in RUNS.findall(normalise(text)):
        yield Run(han or word[:LONGEST_WORD], bool(han), position)
        position += len(han) or 1


WHOLE = "\x02"  # before the words of a whole name: no text holds it
LONGEST_NAME = 8  # words


def whole_name(text: str) -> str | None:
    """The term under which a short text is found as a whole: a page called just what was asked for."""
    words = [fold(run.text) for run in runs(text)]
    return WHOLE + " ".join(words) if 0 < len(words) <= LONGEST_NAME else None


def index_tokens(text: str, language: str, segmenter: Segmenter) -> tuple[list[Token], set[str]]:
    """The terms under which a text of this language is found, and its words as they are written.

    Stop words are left out and keep their position. This runs over every word of the site: it is
    written for speed.
    """
    tokens: list[Token] = []
    words: set[str] = set()
    position = 0
    for han, word in RUNS.findall(normalise(text)):
        if han:
            tokens += [
                (part, position + start) for part, start in segmenter.index_words(han) if not is_chinese_stop_word(part)
            ]
            position += len(han)
            continue
        if len(word) > LONGEST_WORD:
            word = word[:LONGEST_WORD]
        words.add(word)
        for term in terms_of(word, language):
            tokens.append((term, position))
        position += 1
    return tokens, words


def completion_tokens(text: str) -> Iterator[Token]:
    """The terms a reader may be typing: unstemmed words, and Chinese from any character on."""
    for run in runs(text):
        if not run.is_han:
            yield fold(run.text), run.position
            continue
        for start in range(len(run.text)):
            yield run.text[start : start + LONGEST_SUFFIX], run.position + start
