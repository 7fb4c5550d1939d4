"""Editors' picks for a query, and the count of queries that tells editors where picks are wanted."""

import logging
from typing import Any

from django.db import DatabaseError
from modelsearch.utils import normalise_query_string
from wagtail.contrib.search_promotions.models import SearchPromotion
from wagtail.models import Page

from cms.search.kinds import Scope
from cms.search.tasks import count_query

logger = logging.getLogger(__name__)


def note_query(text: str) -> None:
    """Counts a query for the editors' report, behind the request; a busy database does not stop a reader."""
    try:
        count_query.enqueue(text)
    except DatabaseError:
        logger.warning("A search query was not counted.", exc_info=True)


def picks_for(text: str, scope: Scope) -> list[dict[str, Any]]:
    """What editors put first for this query: links, and pages anyone may read, in the reader's language."""
    query = normalise_query_string(text)
    picks = list(SearchPromotion.objects.filter(query__query_string=query).select_related("page"))
    pages = _readable([pick.page.translation_key for pick in picks if pick.page], scope)
    shown = [_shown(pick, pages, scope) for pick in picks]
    return [pick for pick in shown if pick]


def _shown(pick: SearchPromotion, pages: dict[Any, Page], scope: Scope) -> dict[str, Any] | None:
    if pick.page is None:
        return {"title": pick.external_link_text, "url": pick.external_link_url, "text": pick.description}
    page = pages.get(pick.page.translation_key)
    return {"title": page.title, "url": page.get_url(scope.request), "text": pick.description} if page else None


def _readable(keys: list[Any], scope: Scope) -> dict[Any, Page]:
    if not keys:
        return {}
    return {page.translation_key: page for page in scope.readable(Page.objects.filter(translation_key__in=keys))}
