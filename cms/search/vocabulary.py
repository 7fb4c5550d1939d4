"""The site's own words: terms kept whole in Chinese, and names that mean the same.

The backend's parameter ``VOCABULARY`` names a function that gives them; search itself knows no model.
"""

import time
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from typing import Any

from django.conf import settings
from django.utils.module_loading import import_string
from django.utils.translation import get_language

from cms.search.analysis.chinese import Segmenter
from cms.search.analysis.folding import normalise
from cms.search.analysis.languages import DEFAULT
from cms.search.analysis.queries import Analysis, synonyms_of
from cms.search.analysis.synonyms import Synonyms

SECONDS_KEPT = 60  # how long a changed term takes to reach the queries of other processes

Names = Mapping[str, list[str]]  # what one thing is called, by language; its official name first


@dataclass(eq=False)
class Vocabulary:
    """The things that have names here."""

    things: list[Names] = field(default_factory=list)

    @cached_property
    def chinese_terms(self) -> list[str]:
        return sorted({normalise(name) for names in self.things for name in names.get("zh-hans", ())})

    @lru_cache(maxsize=2)  # noqa: B019 - a vocabulary lives for a minute
    def synonyms(self, segmenter: Segmenter) -> Synonyms:
        groups = ((code, names) for thing in self.things for code, names in thing.items() if len(names) > 1)
        return synonyms_of(groups, segmenter)

    def translated(self, text: str, language: str, into: str) -> str | None:
        """The official name in another language of what a text names; nothing if it is no term."""
        wanted = normalise(text)
        for thing in self.things:
            if any(normalise(name) == wanted for name in thing.get(language, ())):
                return next(iter(thing.get(into, ())), None)
        return None


def load(source: str | None) -> Vocabulary:
    """The vocabulary as it is now, from the function named in the settings."""
    return Vocabulary(import_string(source)() if source else [])


def present(source: str | None) -> Vocabulary:
    """The vocabulary as it was at most a minute ago."""
    return _loaded(source, int(time.monotonic() // SECONDS_KEPT))


@lru_cache(maxsize=4)
def _loaded(source: str | None, _minute: int) -> Vocabulary:
    return load(source)


def forget() -> None:
    """Lets the next query of this process see terms that were just changed."""
    _loaded.cache_clear()


def of_the_site() -> Vocabulary:
    """The vocabulary of the default backend, whichever that is."""
    source = settings.WAGTAILSEARCH_BACKENDS["default"].get("VOCABULARY")
    return present(str(source) if source else None)


def analysis_for(source: str | None, notes: Mapping[str, Any], language: str | None = None) -> Analysis:
    """How a query is read now: cut as the index was cut, with the synonyms of today."""
    segmenter = segmenter_for(notes.get("chinese_terms", ()))
    return Analysis(reader_languages(language), segmenter, present(source).synonyms(segmenter))


def analysis_of_today(language: str | None = None) -> Analysis:
    """How a text is read without an index at hand: with the terms and synonyms of today."""
    words = of_the_site()
    segmenter = segmenter_for(words.chinese_terms)
    return Analysis(reader_languages(language), segmenter, words.synonyms(segmenter))


def segmenter_for(terms: Iterable[str]) -> Segmenter:
    return _segmenter(tuple(terms))


@lru_cache(maxsize=4)
def _segmenter(terms: tuple[str, ...]) -> Segmenter:
    return Segmenter(terms)


def reader_languages(language: str | None = None) -> tuple[str, ...]:
    """The reader's language first, then the others of the site."""
    own = language or get_language() or settings.LANGUAGE_CODE
    codes = [code for code, _name in settings.LANGUAGES]
    own = own if own in codes else DEFAULT
    return (own, *(code for code in codes if code != own))
