"""Packs for teachers. A lesson's files are made at once, everything larger in the background."""

from base64 import b64encode
from typing import Any
from uuid import UUID

from django.conf import settings
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import content_disposition_header
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from cms.accounts.limits import allows
from curriculum.packs.api import EmptyPack, is_readable, make, pack_for
from curriculum.packs.booklets import licences_of, missing_in
from curriculum.packs.forms import PackForm
from curriculum.packs.models import Format, Pack
from curriculum.packs.sources import NoSuchSource, Source, find_source
from curriculum.packs.tasks import make_pack

NEW_PER_HOUR = 300  # a school has one address for all its teachers


def _source(kind: str, key: str) -> Source:
    try:
        return find_source(kind, key)
    except NoSuchSource:
        raise Http404 from None


# --- one lesson, at once ------------------------------------------------------------------------------
@require_safe
def lesson_file(request: HttpRequest, key: UUID, name: str) -> HttpResponseBase:
    """One file of a lesson in the language of the address; ``?with=`` names a second language."""
    source = _source("lesson", str(key))
    second = request.GET.get("with", "")
    languages = [str(get_language())]
    if second in dict(settings.LANGUAGES) and second not in languages and Format(name).can_be_bilingual:
        languages.append(second)
    if not all(source.lessons_in(code) for code in languages):
        raise Http404
    pack, _is_new = pack_for(source, Format(name), languages)
    if pack.state != Pack.State.READY:
        if not allows(request, "lesson-file", NEW_PER_HOUR, 3600):
            return render(request, "components/too_many_files.html", status=429)
        pack = make(pack)
    if pack.state == Pack.State.FAILED:
        return render(request, "packs/not_made.html", {"pack": pack}, status=500)
    return _file(pack)


# --- anything, in the background ----------------------------------------------------------------------
@never_cache
def options(request: HttpRequest, kind: str, key: str) -> HttpResponse:
    """What a pack will hold, what will be missing in it, and a form to ask for it."""
    source = _source(kind, key)
    form = PackForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        response = _ask(request, source, form)
        if response is not None:
            return response
    languages = form.languages if form.is_bound and form.is_valid() else [str(get_language())]
    return render(request, "packs/options.html", _options(source, form, languages))


def _ask(request: HttpRequest, source: Source, form: PackForm) -> HttpResponse | None:
    if not allows(request, "pack", NEW_PER_HOUR, 3600):
        return render(request, "components/too_many_files.html", status=429)
    try:
        pack, is_new = pack_for(source, Format(form.cleaned_data["format"]), form.languages)
    except EmptyPack:
        form.add_error("language", _("None of these lessons exists in this language yet."))
        return None
    if is_new:
        make_pack.enqueue(str(pack.pk))
    return redirect("packs:prepared", pk=pack.pk)


def _options(source: Source, form: PackForm, languages: list[str]) -> dict[str, Any]:
    lessons = source.lessons_in(languages[0])
    return {
        "source": source,
        "title": source.title_in(languages[0]),
        "form": form,
        "lessons": lessons,
        "missing": missing_in(source, languages),
        "licences": licences_of(lessons),
        "notices": source.notices(),
    }


@never_cache
@require_safe
def prepared(request: HttpRequest, pk: UUID) -> HttpResponse:
    """How far a pack is, and the file when it is ready. The page may be left and come back to."""
    pack = get_object_or_404(Pack, pk=pk)
    template = "packs/state.html" if getattr(request, "htmx", None) else "packs/prepared.html"
    return render(request, template, {"pack": pack, "is_readable": is_readable(pack)})


@require_safe
def pack_file(request: HttpRequest, pk: UUID) -> HttpResponseBase:
    """The finished file, streamed from disk; none while it is being made, or once a lesson is not public."""
    pack = get_object_or_404(Pack, pk=pk, state=Pack.State.READY)
    if not is_readable(pack):
        raise Http404
    return _file(pack)


def _file(pack: Pack) -> FileResponse:
    response = FileResponse(pack.file.open("rb"), content_type=Format(pack.format).content_type)
    response["Content-Length"] = str(pack.size)
    response["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=pack.file_name) or ""
    # RFC 9530: whoever downloads can check that nothing was lost on the way.
    response["Repr-Digest"] = f"sha-256=:{b64encode(bytes.fromhex(pack.sha256)).decode()}:"
    return response
