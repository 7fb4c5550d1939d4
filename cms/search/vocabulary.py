"""The site's own words: terms kept whole in Chinese, and wordings that mean the same.

The backend's parameter ``VOCABULARY`` names a function that gives them; search itself knows no model.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from django.conf import settings
from django.core.cache import cache
from django.utils.module_loading import import_string
from django.utils.translation import get_language

from cms.search.analysis.chinese import Segmenter
from cms.search.analysis.folding import normalise
from cms.search.analysis.languages import DEFAULT
from cms.search.analysis.queries import Analysis, synonyms_of

CACHE_SECONDS = 300
CACHE_KEY = "search-vocabulary"


@dataclass
class Vocabulary:
    """``synonyms`` are groups of wordings that mean the same, each with its language's code."""

    chinese_terms: list[str] = field(default_factory=list)
    synonyms: list[tuple[str, list[str]]] = field(default_factory=list)


def load(source: str | None) -> Vocabulary:
    """The vocabulary as it is now, from the function named in the settings."""
    if source is None:
        return Vocabulary()
    chinese_terms, synonyms = import_string(source)()
    return Vocabulary([normalise(term) for term in chinese_terms], synonyms)


def forget() -> None:
    """Lets the next query see terms that were just changed."""
    cache.delete(CACHE_KEY)


def analysis_for(source: str | None, notes: Mapping[str, Any], language: str | None = None) -> Analysis:
    """How a query is read now: cut as the index was cut, with the synonyms of today."""
    segmenter = segmenter_for(notes.get("chinese_terms", ()))
    groups: list[Any] = cache.get_or_set(CACHE_KEY, lambda: load(source).synonyms, CACHE_SECONDS) if source else []  # type: ignore[assignment]
    frozen = tuple((code, tuple(wordings)) for code, wordings in groups)
    return Analysis(reader_languages(language), segmenter, _synonyms(frozen, segmenter))


def segmenter_for(terms: Iterable[str]) -> Segmenter:
    return _segmenter(tuple(sorted(terms)))


@lru_cache(maxsize=4)
def _segmenter(terms: tuple[str, ...]) -> Segmenter:
    return Segmenter(terms)


@lru_cache(maxsize=4)
def _synonyms(groups: tuple[tuple[str, Sequence[str]], ...], segmenter: Segmenter) -> Any:
    return synonyms_of(groups, segmenter)


def reader_languages(language: str | None = None) -> tuple[str, ...]:
    """The reader's language first, then the others of the site."""
    own = language or get_language() or settings.LANGUAGE_CODE
    codes = [code for code, _name in settings.LANGUAGES]
    own = own if own in codes else DEFAULT
    return (own, *(code for code in codes if code != own))
