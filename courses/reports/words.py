"""The words of an address that say how a report is cut; what else stands there is of the page only."""

from collections.abc import Mapping

from django.utils.http import urlencode

WORDS = ("unit", "year", "by", "status", "grade")


def words_of(query: Mapping[str, str]) -> dict[str, str]:
    return {word: query[word] for word in WORDS if word in query}


def as_address(words: Mapping[str, str]) -> str:
    """To put behind an address; empty where there are none."""
    return f"?{urlencode(words)}" if words else ""
