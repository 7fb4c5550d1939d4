from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from cms.bases import jsonld
from cms.bases.calendar import coming_at
from cms.bases.maps import drawn
from cms.bases.models import TrainingBase

PAGE_SIZE = 50
SHOWN = 20


@require_safe
def bases(request: HttpRequest) -> HttpResponse:
    """All bases as a map and as a table."""
    rows = TrainingBase.objects.public().select_related("organisation__region").prefetch_related("topics")
    pages = Paginator(rows, PAGE_SIZE).get_page(request.GET.get("page"))
    found = [base for base in pages if base.latitude is not None and base.longitude is not None]
    places = [(str(one), one.get_absolute_url(), float(one.latitude), float(one.longitude)) for one in found]
    numbers = {base.pk: number for number, base in enumerate(found, start=1)}
    context = {"pages": pages, "map": drawn(places), "rows": [(numbers.get(base.pk), base) for base in pages]}
    return render(request, "bases/bases.html", context)


@require_safe
def base(request: HttpRequest, slug: str) -> HttpResponse:
    """What a base has, what takes place there, and how it was judged."""
    rows = TrainingBase.objects.public().select_related("organisation__region").prefetch_related("topics")
    found: TrainingBase = get_object_or_404(rows, slug=slug)
    context = {
        "base": found,
        "entries": coming_at(found, timezone.now())[:SHOWN],
        "evaluations": found.evaluations.filter(published_at__isnull=False).prefetch_related("scores__criterion"),
        "structured_data": jsonld.place(found, request.build_absolute_uri(request.path)),
    }
    return render(request, "bases/base.html", context)
