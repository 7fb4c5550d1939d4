"""Languages that people speak: ISO 639-1 codes, names from CLDR in the reader's language."""

from functools import cache

from babel import Locale
from django.conf import settings
from django.utils.translation import get_language


@cache
def codes() -> tuple[str, ...]:
    return tuple(sorted(code for code in map(str, Locale.parse("en").languages) if len(code) == 2))


@cache
def _names(language: str) -> dict[str, str]:
    names = Locale.parse(language, sep="-").languages
    return {code: str(names.get(code, code)) for code in codes()}


def tongue_name(code: str) -> str:
    """The name in the reader's language; the code itself for one that is unknown."""
    return _names(get_language() or settings.LANGUAGE_CODE).get(code, code)


def sorted_choices() -> list[tuple[str, str]]:
    return sorted(((code, tongue_name(code)) for code in codes()), key=lambda pair: pair[1])
