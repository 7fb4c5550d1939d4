from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from cms.competences import jsonld
from cms.competences.developing import offers_for
from cms.competences.matrix import matrix_of
from cms.competences.models import Framework


@require_safe
def frameworks(request: HttpRequest) -> HttpResponse:
    """The professions that have a framework."""
    return render(request, "competences/frameworks.html", {"frameworks": Framework.objects.published()})


@require_safe
def framework(request: HttpRequest, slug: str) -> HttpResponse:
    """Each competence at each level, with what develops it."""
    found: Framework = get_object_or_404(Framework.objects.published(), slug=slug)
    matrix = matrix_of(found)
    offers = offers_for([cell.pk for cell in matrix.descriptors])
    rows = [
        (
            row.competence,
            [
                (level, cell, offers.get(cell.pk, []))
                for level, cell in zip(matrix.levels, row.cells, strict=True)
                if cell
            ],
        )
        for row in matrix.rows
    ]
    context = {
        "framework": found,
        "levels": matrix.levels,
        "rows": rows,
        "structured_data": jsonld.term_set(matrix, request.build_absolute_uri(request.path)),
    }
    return render(request, "competences/framework.html", context)
