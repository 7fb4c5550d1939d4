from django.db.models import Prefetch
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from cms.vocabulary.models import GlossaryTerm, Topic


@require_safe
def topics(request: HttpRequest) -> HttpResponse:
    """The IP rights, each explained in a few lines with its terms of art."""
    terms = Prefetch("glossary_terms", GlossaryTerm.objects.order_by("slug"))
    rights = Topic.objects.filter(narrower=None).prefetch_related(terms)  # type: ignore[misc]
    return render(request, "vocabulary/topics.html", {"topics": rights})
