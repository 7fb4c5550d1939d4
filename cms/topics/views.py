from typing import Any

from django.db.models import Prefetch
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from cms.languages.tags import language_tag
from cms.topics.lists import lists_on
from cms.vocabulary.models import GlossaryTerm, Topic

TERMS = Prefetch("glossary_terms", GlossaryTerm.objects.order_by("slug"))


@require_safe
def topics(request: HttpRequest) -> HttpResponse:
    """The IP rights, each explained in a few lines with its terms of art."""
    rights = Topic.objects.filter(narrower=None).prefetch_related(TERMS)  # type: ignore[misc]
    return render(request, "topics/topics.html", {"topics": rights})


@require_safe
def topic(request: HttpRequest, slug: str) -> HttpResponse:
    """One topic with all that the platform has on it, in the reader's language."""
    rows = Topic.objects.select_related("broader").prefetch_related(TERMS)  # type: ignore[misc]
    found: Topic = get_object_or_404(rows, slug=slug)
    language = get_language() or "en"
    context = {
        "topic": found,
        "narrower": found.narrower.all(),
        "lists": lists_on(found, request, language),
        "structured_data": _defined_term(found, request, language),
    }
    return render(request, "topics/topic.html", context)


def _defined_term(found: Topic, request: HttpRequest, language: str) -> dict[str, Any]:
    """schema.org: DefinedTerm."""
    return {
        "@context": "https://schema.org",
        "@type": "DefinedTerm",
        "url": request.build_absolute_uri(request.path),
        "name": str(found),
        "description": found.description,
        "termCode": found.slug,
        "inLanguage": language_tag(language),
    }
