from typing import Any

from django.core.paginator import Paginator
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from cms.harvesting.models import ExternalItem, Source
from cms.languages.tags import language_tag

PAGE_SIZE = 20


@require_safe
def items(request: HttpRequest) -> HttpResponse:
    """What partners have in the reader's language, by partner."""
    shown = ExternalItem.objects.shown().filter(language__in=[get_language(), ""])
    in_language = Q(items__is_shown=True, items__language__in=[get_language(), ""])
    sources = Source.objects.annotate(count=Count("items", filter=in_language)).filter(count__gt=0)
    asked = request.GET.get("source", "")
    chosen = next((source for source in sources if str(source.pk) == asked), None)
    if chosen:
        shown = shown.filter(source=chosen)
    found = Paginator(shown.select_related("source").order_by("-changed_at", "pk"), PAGE_SIZE)
    context = {"pages": found.get_page(request.GET.get("page")), "sources": sources, "chosen": chosen}
    return render(request, "harvesting/items.html", context)


@require_safe
def item(request: HttpRequest, pk: str) -> HttpResponse:
    """What an item is, whose it is, and the way there."""
    rows = ExternalItem.objects.shown().select_related("source__licence", "source__organisation")
    found: ExternalItem = get_object_or_404(rows.prefetch_related("topics"), pk=pk)
    return render(request, "harvesting/item.html", {"item": found, "structured_data": creative_work(found)})


def creative_work(found: ExternalItem) -> dict[str, Any]:
    """schema.org: CreativeWork, with its own address: it lies with the partner."""
    work = {
        "@context": "https://schema.org",
        "@type": "CreativeWork",
        "url": found.url,
        "name": found.title,
        "description": found.description,
        "inLanguage": found.language_tag or (language_tag(found.language) if found.language else ""),
        "datePublished": found.published,
        "license": found.licence_text,
        "keywords": found.subjects,
        "author": [{"@type": "Person", "name": name} for name in found.creators],
        "provider": {"@type": "Organization", "name": found.source.name},
    }
    return {name: value for name, value in work.items() if value}
