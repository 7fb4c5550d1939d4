"""What there is on a topic: every kind that search knows and that has topics, each list as it is today."""

from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import Promise

from cms.search.kinds import Kind, Scope, kinds
from cms.vocabulary.models import GlossaryTerm, Topic

SHOWN = 5
OWN_PLACE = (Topic, GlossaryTerm)  # they stand on the page by themselves


@dataclass(frozen=True)
class Entry:
    title: str
    text: str
    url: str


@dataclass(frozen=True)
class TopicList:
    """The first of a kind; ``more_url`` leads to all of them and is empty where there are no more."""

    slug: str
    label: str | Promise
    entries: list[Entry]
    more_url: str


def lists_on(topic: Topic, request: HttpRequest, language: str) -> list[TopicList]:
    """One list for each kind that has anything on the topic or on one that is a part of it."""
    scope = Scope(request, language)
    slugs = [topic.slug, *topic.narrower.values_list("slug", flat=True)]
    found = (_list(kind, scope, topic, slugs) for kind in kinds() if _is_listed(kind))
    return [one for one in found if one.entries]


def _is_listed(kind: Kind) -> bool:
    return "topic" in kind.facets and kind.model not in OWN_PLACE


def _list(kind: Kind, scope: Scope, topic: Topic, slugs: list[str]) -> TopicList:
    rows = kind.today(kind.public(scope).filter(**{f"{kind.facets['topic']}__in": slugs}))
    # A row with two of the topics comes twice; whatever its order is, it is shown once.
    first = list({row.pk: row for row in rows[: (SHOWN + 1) * len(slugs)]}.values())
    entries = [
        Entry(str(row), getattr(row, "summary", "") or "", kind.address(row, scope.request)) for row in first[:SHOWN]
    ]
    asked = urlencode({"kind": kind.slug, "topic": topic.slug})
    return TopicList(
        kind.slug, kind.many or kind.label, entries, f"{reverse('search:search')}?{asked}" if len(first) > SHOWN else ""
    )
