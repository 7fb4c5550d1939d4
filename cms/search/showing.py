"""Results as the page shows them: title, address, the passage that answers, other languages."""

from collections import defaultdict
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import get_language
from modelsearch.index import SearchField
from wagtail.models import Page

from cms.search import vocabulary
from cms.search.analysis.queries import Analysis
from cms.search.documents import texts_of
from cms.search.finding import Result
from cms.search.kinds import Passage, Scope
from cms.search.snippets import Wanted, hits_in, mark

NAME_COUNTS = 2  # times as much as a word of its text: who asks for article 22 wants article 22


def shown(results: list[Result], query: str, language: str, scope: Scope) -> list[dict[str, Any]]:
    """What the template needs of each result."""
    elsewhere = _other_languages([result.row for result in results], scope)
    readings = {
        code: vocabulary.analysis_of_today(code) for code in {language, str(get_language()), settings.LANGUAGE_CODE}
    }
    return [
        _one(result, query, language, scope.request, readings) | elsewhere.get(result.row, {}) for result in results
    ]


def _one(
    result: Result, query: str, language: str, request: HttpRequest, readings: dict[str, Analysis]
) -> dict[str, Any]:
    own = language if result.kind.has_languages else _language_of(result.row)
    url = result.kind.address(result.row, request)
    wanted = Wanted.of(query, own, readings[own])
    passage = _best_passage(result, wanted)
    text = passage.text if passage else _text(result, own)
    return {
        "kind": result.kind.label,
        "title": str(result.row),
        "title_parts": mark(str(result.row), wanted, whole=True),
        "url": f"{url}#{passage.anchor}" if passage and passage.anchor else url,
        "label": passage.label if passage else "",
        "language": own,
        "is_foreign": own != get_language(),
        "parts": mark(text, wanted),
    }


def _language_of(record: Any) -> str:
    """The reader's language, or the first one where a record has no title in it."""
    reader = str(get_language())
    title = getattr(record, f"title_{reader.replace('-', '_')}", None)
    return reader if title else str(settings.LANGUAGE_CODE)


def _best_passage(result: Result, wanted: Wanted) -> Passage | None:
    """The passage with most of what was asked for, if any has some of it."""
    if result.kind.passages is None:
        return None
    best, most = None, 0
    for passage in result.kind.passages(result.row):
        found = NAME_COUNTS * _different(passage.names, wanted) + _different(passage.text, wanted)
        if found > most:
            best, most = passage, found
    return best


def _different(text: str, wanted: Wanted) -> int:
    return len({hit.phrase for hit in hits_in(text, wanted)})


def _text(result: Result, language: str) -> str:
    """A result's texts in one language, as far as they were written for readers, without its title."""
    stored = {field.name for field in result.row._meta.get_fields()}
    written = [field for field in type(result.row).get_search_fields() if field.field_name in stored]
    texts = [text for text in texts_of(result.row, SearchField, written) if text.language == language]
    title = str(result.row)
    lines = (line.strip() for text in texts if text.value != title for line in text.value.splitlines())
    return " · ".join(line for line in lines if line)


def _other_languages(rows: list[Any], scope: Scope) -> dict[Any, dict[str, Any]]:
    """For each page, the other languages it can be read in: one query for all."""
    pages = [row for row in rows if isinstance(row, Page)]
    if not pages:
        return {}
    keys = {page.translation_key for page in pages}
    translations = scope.unrestricted(Page.objects.filter(live=True, translation_key__in=keys)).select_related("locale")
    by_key: dict[Any, dict[str, str]] = defaultdict(dict)
    for page in translations:
        by_key[page.translation_key][page.locale.language_code] = page.get_url(scope.request) or ""
    own = {page: page.locale_id for page in pages}
    codes = {locale.pk: locale.language_code for locale in {page.locale for page in translations}}
    return {
        page: {
            "also": [
                {"code": code, "url": by_key[page.translation_key][code]}
                for code, _name in settings.LANGUAGES
                if code in by_key[page.translation_key] and code != codes.get(own[page])
            ]
        }
        for page in pages
    }
