"""What a reader asked for: every state of the search page is an address."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from django.conf import settings
from django.http import QueryDict
from modelsearch.query import MATCH_NONE, And, Phrase, PlainText, SearchQuery

LONGEST_QUERY = 200  # characters
FACETS = ("kind", "topic", "audience", "stage", "year")
DEEPEST_PAGE = 20
_INVISIBLE = re.compile(r"[\x00-\x1f\x7f\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff]+")
_QUOTED = re.compile(r'"([^"]+)"|“([^”]+)”|«([^»]+)»|「([^」]+)」')


@dataclass(frozen=True)
class Question:
    """A query, the language its results are in, and what narrows them down."""

    text: str
    language: str
    filters: Mapping[str, str]
    page: int = 1
    is_cut: bool = False

    @classmethod
    def read(cls, parameters: QueryDict, language: str) -> "Question":
        """From an address; what makes no sense there is left out."""
        typed = _INVISIBLE.sub(" ", parameters.get("q", ""))
        text = " ".join(typed[:LONGEST_QUERY].split())
        asked = parameters.get("language", "")
        return cls(
            text,
            asked if asked in dict(settings.LANGUAGES) else language,
            {name: value for name in FACETS if (value := parameters.get(name, "")[:80])},
            _page_number(parameters.get("page", "")),
            len(typed) > LONGEST_QUERY,
        )

    def without(self, facet: str) -> dict[str, str]:
        return {name: value for name, value in self.filters.items() if name != facet}


def _page_number(text: str) -> int:
    return min(max(int(text), 1), DEEPEST_PAGE) if text.isascii() and text.isdecimal() and len(text) < 4 else 1


def parse(text: str, operator: str = "and") -> SearchQuery:
    """A query as people type it: words, and phrases in quotation marks. A lone quotation mark means nothing."""
    parts: list[SearchQuery] = [Phrase("".join(groups)) for groups in _QUOTED.findall(text)]
    words = _QUOTED.sub(" ", text).strip()
    if words:
        parts.append(PlainText(words, operator=operator))
    if not parts:
        return MATCH_NONE
    return parts[0] if len(parts) == 1 else And(parts)
