"""A campaign's days as they are written in each language."""

import re
from datetime import date

from babel import Locale
from babel.dates import format_date, parse_pattern

from cms.campaigns.phases import Period

DAY_FIRST = {"en": "en_GB"}  # as everywhere on the site
ABBREVIATED_MONTH = re.compile(r"(?<![ML])M{3}(?!M)")


def period_text(period: Period, language: str) -> str:
    """One day, or the first to the last without saying twice what both share (CLDR interval formats)."""
    locale = Locale.parse(DAY_FIRST.get(language, language.replace("-", "_")))
    first, last = period.starts_on, period.ends_on
    if first == last:
        return str(format_date(first, "long", locale))
    # Most languages have these with short months only; there is room for whole ones.
    formats = locale.interval_formats.get("yMMMMd") or locale.interval_formats["yMMMd"]
    patterns = formats[_largest_difference(first, last)]
    parts = [
        parse_pattern(ABBREVIATED_MONTH.sub("MMMM", pattern)).apply(day, locale)
        for pattern, day in zip(patterns, (first, last), strict=True)
    ]
    return "".join(parts).replace("\u2009", " ")


def _largest_difference(first: date, last: date) -> str:
    if first.year != last.year:
        return "y"
    return "M" if first.month != last.month else "d"
