"""Countries and regions of the world: ISO 3166-1 codes, names from CLDR in the reader's language."""

from functools import cache

from babel import Locale
from django.conf import settings
from django.utils.functional import lazy
from django.utils.translation import get_language

# Territories that CLDR names and ISO 3166-1 does not: reserved codes, groups and inventions.
NOT_IN_ISO = {"AC", "CP", "CQ", "DG", "EA", "EU", "EZ", "IC", "QO", "TA", "UN", "XA", "XB", "XK", "ZZ"}
# What ISO 3166-1 itself calls it, where CLDR is shorter.
OFFICIAL = {
    "TW": {
        "en": "Taiwan, Province of China",
        "zh-hans": "中国台湾省",
        "fr": "Taïwan, Province de Chine",
        "es": "Taiwán, Provincia de China",
        "ru": "Тайвань, провинция Китая",
        "ar": "تايوان، مقاطعة صينية",
    }
}


@cache
def codes() -> tuple[str, ...]:
    """The codes in small letters, as our addresses have them."""
    named = map(str, Locale.parse("en").territories)
    return tuple(sorted(code.lower() for code in named if len(code) == 2 and code not in NOT_IN_ISO))


@cache
def _names(language: str) -> dict[str, str]:
    territories = Locale.parse(language, sep="-").territories
    return {
        code: OFFICIAL.get(code.upper(), {}).get(language) or str(territories.get(code.upper(), code.upper()))
        for code in codes()
    }


def country_name(code: str) -> str:
    """The name in the reader's language; the code itself for one that is unknown."""
    return _names(get_language() or settings.LANGUAGE_CODE).get(code, code.upper())


_lazy_name = lazy(country_name, str)


def choices() -> list[tuple[str, str]]:
    """For a form: every code with its name, which follows the reader's language."""
    return [(code, _lazy_name(code)) for code in codes()]


def sorted_choices() -> list[tuple[str, str]]:
    """The same in the order of the names."""
    return sorted(((code, country_name(code)) for code in codes()), key=lambda pair: pair[1])
