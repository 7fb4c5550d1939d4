"""Topics and terms of art as results: each leads to its place on the topics page."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from cms.search.kinds import Kind, Scope
from cms.vocabulary.models import GlossaryTerm, NamedTerm, Topic


def _address(term: NamedTerm, request: HttpRequest) -> str:
    return f"{reverse('vocabulary:topics')}#{term.slug}"


def _all_topics(scope: Scope) -> Any:
    return Topic.objects.all()


def _all_terms(scope: Scope) -> Any:
    return GlossaryTerm.objects.all()


TOPIC = Kind("topic", _("Topic"), Topic, _all_topics, _address, {"topic": "slug"}, has_languages=False)
TERM = Kind("term", _("Term of art"), GlossaryTerm, _all_terms, _address, {"topic": "topic__slug"}, has_languages=False)
