"""What a teacher asked the library for: every state is an address."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from urllib.parse import urlencode

from django.conf import settings
from django.db.models import TextChoices
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from cms.search.asking import Question
from curriculum.library.facets import FACETS, Options

MOST_VALUES = 20  # of one facet


class Sort(TextChoices):
    RELEVANCE = "relevance", _("Best match")
    GRADE = "grade", _("Stage and grade")
    NEWEST = "newest", _("Newest")
    TAUGHT = "taught", _("Most taught")


@dataclass(frozen=True)
class LibraryQuestion:
    """Words, language and facets. ``unknown`` are values the address has and the library does not."""

    text: str
    language: str
    filters: Mapping[str, tuple[str, ...]]
    sort: Sort
    page: int = 1
    unknown: tuple[str, ...] = ()

    @classmethod
    def read(cls, parameters: QueryDict, language: str, options: Options) -> "LibraryQuestion":
        asked = Question.read(parameters, language)
        filters, unknown = {}, []
        for facet in FACETS:
            values = [value[:80] for value in dict.fromkeys(parameters.getlist(facet.name)) if value][:MOST_VALUES]
            known = {option.value for option in options[facet.name]}
            unknown += [value for value in values if value not in known]
            if values:
                filters[facet.name] = tuple(values)
        wanted = parameters.get("language", "")
        if wanted and wanted not in dict(settings.LANGUAGES):
            unknown.append(wanted[:80])
        return cls(asked.text, asked.language, filters, _sort(parameters, asked.text), asked.page, tuple(unknown))

    def without(self, name: str, value: str | None = None) -> "LibraryQuestion":
        """The same question without one value of a facet, or without the facet."""
        left = tuple(other for other in self.filters.get(name, ()) if value is not None and other != value)
        others = {key: values for key, values in self.filters.items() if key != name}
        return replace(self, filters=others | ({name: left} if left else {}), page=1)

    def in_language(self, language: str) -> "LibraryQuestion":
        return replace(self, language=language, page=1)

    def address(self, reader_language: str) -> str:
        """The query string of this question; values that say nothing are left out."""
        pairs = [("q", self.text)] if self.text else []
        pairs += [(name, value) for name, values in self.filters.items() for value in values]
        if self.language != reader_language:
            pairs.append(("language", self.language))
        if self.sort != _default_sort(self.text):
            pairs.append(("sort", self.sort.value))
        return f"?{urlencode(pairs)}"


def _sort(parameters: QueryDict, text: str) -> Sort:
    asked = parameters.get("sort", "")
    if asked not in Sort.values or (asked == Sort.RELEVANCE and not text):
        return _default_sort(text)
    return Sort(asked)


def _default_sort(text: str) -> Sort:
    return Sort.RELEVANCE if text else Sort.GRADE
