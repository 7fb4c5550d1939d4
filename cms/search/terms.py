"""Topics and terms of art as results: a topic leads to its page, a term to its place on its topic's page."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from cms.search.kinds import Kind, Scope
from cms.vocabulary.models import GlossaryTerm, Topic


def _page(topic: Topic, request: HttpRequest) -> str:
    return reverse("topics:topic", args=[topic.slug])


def _place(term: GlossaryTerm, request: HttpRequest) -> str:
    page = _page(term.topic, request) if term.topic else reverse("topics:topics")
    return f"{page}#{term.slug}"


def _all_topics(scope: Scope) -> Any:
    return Topic.objects.all()


def _all_terms(scope: Scope) -> Any:
    return GlossaryTerm.objects.select_related("topic")  # type: ignore[misc]


TOPIC = Kind("topic", _("Topic"), Topic, _all_topics, _page, {"topic": "slug"}, has_languages=False)
TERM = Kind("term", _("Term of art"), GlossaryTerm, _all_terms, _place, {"topic": "topic__slug"}, has_languages=False)
