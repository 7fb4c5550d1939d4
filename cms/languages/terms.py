"""Approved terms: where a text speaks of one, and whether its translation uses the approved word.

Words are compared by their stems (Snowball), so that a term is found in any case or number. Chinese has no
inflection and is compared as it stands.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

import snowballstemmer
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe
from wagtail_localize.models import StringSegment, Translation

from cms.vocabulary.data import column
from cms.vocabulary.models import GlossaryTerm

STEMMERS = {"en": "english", "fr": "french", "es": "spanish", "ru": "russian", "ar": "arabic"}
WORD = re.compile(r"[^\W\d_]+(?:[’'\u064b-\u0652]*[^\W\d_]+)*")
ARABIC_MARKS = re.compile(r"[\u064b-\u0652\u0640]")
ARTICLE = re.compile(r"^(?:وال|بال|كال|فال|لل|ال)")


@dataclass(frozen=True)
class ApprovedTerm:
    """A term in the language of the source and the word approved for it in the target's."""

    source: str
    target: str


@dataclass(frozen=True)
class Unused:
    """A segment whose source has a term and whose translation has not the approved word for it."""

    text: str
    translation: str
    term: ApprovedTerm


def approved_terms(source_language: str, target_language: str) -> list[ApprovedTerm]:
    """Every glossary term with a wording in both languages; the longest first, so that it is found first."""
    names = column("title", source_language), column("title", target_language)
    pairs = ((getattr(term, names[0]), getattr(term, names[1])) for term in GlossaryTerm.objects.all())
    found = [ApprovedTerm(source, target) for source, target in pairs if source and target]
    return sorted(found, key=lambda term: -len(term.source))


def terms_in(text: str, terms: Iterable[ApprovedTerm], language: str) -> list[ApprovedTerm]:
    """The terms a text speaks of; not those that are part of a longer one only."""
    rest, found = text, []
    for term in terms:
        places = occurrences(rest, term.source, language)
        if places:
            found.append(term)
            for start, end in reversed(places):
                rest = f"{rest[:start]}\u0000{rest[end:]}"
    return found


def occurrences(text: str, term: str, language: str) -> list[tuple[int, int]]:
    """Where a term stands in a text, in whatever form."""
    if language not in STEMMERS:
        return [match.span() for match in re.finditer(re.escape(term), text, re.IGNORECASE)]
    wanted = [_stem(word.group(), language) for word in WORD.finditer(term)]
    words = list(WORD.finditer(text))
    stems = [_stem(word.group(), language) for word in words]
    count = len(wanted)
    return [
        (words[place].start(), words[place + count - 1].end())
        for place in range(len(words) - count + 1)
        if wanted and all(map(_same, stems[place : place + count], wanted))
    ]


def _same(one: str, other: str) -> bool:
    """Whether two stems are of one word; a Russian stem may lose a vowel (уровень, уровня)."""
    if one == other:
        return True
    shorter = min(len(one), len(other))
    is_cyrillic = "а" <= one[:1] <= "я"
    return (
        is_cyrillic and shorter >= 5 and abs(len(one) - len(other)) <= 1 and one[: shorter - 1] == other[: shorter - 1]
    )


@lru_cache(maxsize=20_000)
def _stem(word: str, language: str) -> str:
    word = word.lower().replace("ё", "е")
    if language == "ar":
        word = ARTICLE.sub("", ARABIC_MARKS.sub("", word))
    return str(snowballstemmer.stemmer(STEMMERS[language]).stemWord(word))


def highlighted(text: str, terms: Iterable[ApprovedTerm], language: str) -> SafeString:
    """The text with its terms marked; the approved word stands beside each as its title."""
    places: list[tuple[int, int, ApprovedTerm]] = []
    for term in terms:
        for start, end in occurrences(text, term.source, language):
            if not any(start < other_end and other_start < end for other_start, other_end, _other in places):
                places.append((start, end, term))
    parts, last = [], 0
    for start, end, term in sorted(places, key=lambda place: place[0]):
        parts.append(escape(text[last:start]))
        parts.append(format_html('<mark title="{}">{}</mark>', term.target, text[start:end]))
        last = end
    parts.append(escape(text[last:]))
    return mark_safe("".join(parts))  # every part is escaped above


def unused_terms(translation: Translation) -> list[Unused]:
    """The segments of a translation that do not use an approved term, in reading order."""
    source, target = translation.source.locale.language_code, translation.target_locale.language_code
    terms = approved_terms(source, target)
    segments = (
        StringSegment.objects.filter(source=translation.source)
        .annotate_translation(translation.target_locale)
        .filter(translation__isnull=False)
        .select_related("string")
        .order_by("order", "pk")
    )
    return [
        Unused(segment.string.data, segment.translation, term)
        for segment in segments
        for term in terms_in(segment.string.data, terms, source)
        if not occurrences(segment.translation, term.target, target)
    ]
