from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from wagtail.admin import messages

from cms.harvesting.models import ExternalItem, Source
from cms.harvesting.tasks import ask_for

SHOWN = 30


def harvests(request: HttpRequest, pk: int) -> HttpResponse:
    """What became of the looks into a source; another can be asked for."""
    source = get_object_or_404(Source, pk=pk)
    if not request.user.has_perm("harvesting.change_source"):  # type: ignore[union-attr]
        raise PermissionDenied
    if request.method == "POST":
        ask_for(source, anew="anew" in request.POST, force="force" in request.POST)
        messages.success(request, _("The source is being looked into."))
        return redirect("harvesting_admin:harvests", pk)
    context = {
        "source": source,
        "harvests": source.harvests.all()[:SHOWN],
        "shown": ExternalItem.objects.shown().filter(source=source).count(),
        "page_title": str(source),
    }
    return render(request, "harvesting/admin/harvests.html", context)
