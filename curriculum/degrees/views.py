from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from curriculum.degrees import jsonld
from curriculum.degrees.finding import chosen_in, facets_of, found_for
from curriculum.degrees.models import DegreeProgramme

PAGE_SIZE = 20
MOST_COMPARED = 3


@require_safe
def degrees(request: HttpRequest) -> HttpResponse:
    """The directory, each programme with a box by which it is compared."""
    chosen = chosen_in(request.GET)
    rows = found_for(chosen).prefetch_related("topics").order_by("level", "slug")
    pages = Paginator(rows.distinct(), PAGE_SIZE).get_page(request.GET.get("page"))
    context = {"pages": pages, "facets": facets_of(chosen), "count": pages.paginator.count}
    return render(request, "degrees/degrees.html", context)


@require_safe
def degree(request: HttpRequest, slug: str) -> HttpResponse:
    rows = DegreeProgramme.objects.public().select_related("institution__region").prefetch_related("topics")
    found = get_object_or_404(rows, slug=slug)
    data = jsonld.program(found, request.build_absolute_uri(request.path))
    return render(request, "degrees/degree.html", {"degree": found, "structured_data": data})


@require_safe
def compare(request: HttpRequest) -> HttpResponse:
    """Up to three side by side, in the order in which they were chosen."""
    slugs = list(dict.fromkeys(slug.replace("\x00", "") for slug in request.GET.getlist("degree")))
    asked = slugs[:MOST_COMPARED]
    rows = DegreeProgramme.objects.public().select_related("institution__region").filter(slug__in=asked)
    by_slug = {row.slug: row for row in rows}
    found = [by_slug[slug] for slug in asked if slug in by_slug]
    context = {"degrees": found, "left_out": max(len(slugs) - MOST_COMPARED, 0), "most": MOST_COMPARED}
    return render(request, "degrees/compare.html", context)
