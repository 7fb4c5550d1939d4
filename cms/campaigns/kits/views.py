"""Kits for everyone: look at them, take one file, or all of them with one's own logo."""

from typing import Any
from uuid import UUID

from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import content_disposition_header
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from cms.accounts.limits import allows
from cms.artwork.errors import ArtworkError
from cms.artwork.formats import FORMATS
from cms.campaigns.kits.api import is_public, kit_for
from cms.campaigns.kits.content import page_in_language
from cms.campaigns.kits.drawing import one_size, preview
from cms.campaigns.kits.forms import KitForm
from cms.campaigns.kits.models import Kit
from cms.campaigns.kits.tasks import make_kit
from cms.statistics.api import count
from cms.statistics.models import Act

KITS_AN_HOUR, FILES_AN_HOUR = 30, 300
TYPES = {"png": "image/png", "jpg": "image/jpeg", "pdf": "application/pdf", "zip": "application/zip"}


def _page(key: UUID) -> Any:
    page = page_in_language(key)
    if page is None:
        raise Http404
    return page


@never_cache
def kit(request: HttpRequest, key: UUID) -> HttpResponse:
    """The kit of a campaign in the reader's language, and a form for all of it in one file."""
    page = _page(key)
    form = KitForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        if not allows(request, "kit", KITS_AN_HOUR, 3600):
            return render(request, "components/too_many_files.html", status=429)
        logo = form.keep_logo()
        if not form.errors:
            made, is_new = kit_for(key, str(get_language()), for_all=form.cleaned_data["languages"] == "all", logo=logo)
            if is_new:
                make_kit.enqueue(str(made.pk))
            return redirect("kits:prepared", pk=made.pk)
    context = {"page": page, "face": page.face, "form": form, "formats": FORMATS.values()}
    return render(request, "kits/kit.html", context, status=400 if form.errors else 200)


@require_safe
def preview_file(request: HttpRequest, key: UUID, name: str) -> HttpResponse:
    """A small picture of one size."""
    page, size = _page(key), FORMATS.get(name)
    if size is None:
        raise Http404
    try:
        content = preview(page, size)
    except ArtworkError as error:
        return HttpResponse(str(error), status=500, content_type="text/plain; charset=utf-8")
    return HttpResponse(content, content_type="image/png", headers={"Cache-Control": "public, max-age=600"})


@require_safe
def one_file(request: HttpRequest, key: UUID, name: str, suffix: str) -> HttpResponseBase:
    """One file of a kit; it is drawn now if nobody took it before."""
    page, size = _page(key), FORMATS.get(name)
    if size is None or suffix not in {"png", "jpg", "pdf", "image"}:
        raise Http404
    if not allows(request, "kit-file", FILES_AN_HOUR, 3600):
        return render(request, "components/too_many_files.html", status=429)
    try:
        files = one_size(page, size)
    except ArtworkError as error:
        return render(request, "kits/not_drawn.html", {"reason": str(error)}, status=500)
    wanted = {"png", "jpg"} if suffix == "image" else {suffix}
    found = next((file for file in files if file.suffix in wanted), None)
    if found is None:
        raise Http404
    count(request, key, Act.DOWNLOAD, page.locale.language_code)
    return _response(found.file, f"{page.title} – {found.name}", found.suffix)


@never_cache
@require_safe
def prepared(request: HttpRequest, pk: UUID) -> HttpResponse:
    """How far a kit is, and the file when it is ready. The page may be left and come back to."""
    made = get_object_or_404(Kit, pk=pk)
    if not is_public(made):
        raise Http404
    template = "kits/state.html" if getattr(request, "htmx", None) else "kits/prepared.html"
    return render(request, template, {"kit": made})


@never_cache
@require_safe
def kit_file(request: HttpRequest, pk: UUID) -> HttpResponseBase:
    made = get_object_or_404(Kit, pk=pk, state=Kit.State.READY)
    if not is_public(made):
        raise Http404
    count(request, made.subject, Act.DOWNLOAD, made.language)
    languages = _("all languages") if made.for_all_languages else made.language
    return _response(made.file, f"{made.title} – {languages}.zip", "zip")


def _response(file: Any, name: str, suffix: str) -> FileResponse:
    response = FileResponse(file.open("rb"), content_type=TYPES[suffix])
    response["Content-Disposition"] = (
        content_disposition_header(as_attachment=suffix in {"pdf", "zip"}, filename=name) or ""
    )
    return response
