"""Editors' tools: the template, importing it, and the table of lessons and languages."""

import tempfile
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.http import require_safe

from cms.accounts.api import signed_in
from cms.documents.extract import TOOK_TOO_LONG, UNPACKS_TOO_FAR, ExtractionError
from curriculum.drafting.elements import NO_WORD_DOCUMENT, TOO_MANY_PARAGRAPHS, elements_of
from curriculum.drafting.forms import ImportForm
from curriculum.drafting.importing import Imported, NotALesson, import_lesson
from curriculum.drafting.languages import table_of
from curriculum.drafting.reading import read
from curriculum.drafting.template import write_template
from curriculum.plans.models import LessonPlanPage

LESSONS_PER_PAGE = 25
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@require_safe
def template(request: HttpRequest, language: str) -> FileResponse:
    """The template in one language."""
    if language not in dict(settings.LANGUAGES):
        raise Http404
    file = tempfile.NamedTemporaryFile(suffix=".docx")  # noqa: SIM115  (the response closes it)
    with override(language):
        write_template(Path(file.name), language)
    return FileResponse(file, as_attachment=True, filename=f"lesson-plan-{language}.docx", content_type=DOCX)


def import_view(request: HttpRequest) -> HttpResponse:
    """Takes a filled-in template and shows, line by line, what was not understood."""
    user = signed_in(request)
    form = ImportForm(request.POST or None, request.FILES or None, user=user)
    context: dict[str, Any] = {"form": form, "languages": settings.LANGUAGES}
    if not form.fields["parent"].queryset.exists():  # type: ignore[attr-defined]
        raise PermissionDenied
    if request.method == "POST" and form.is_valid():
        imported = _import(form, user)
        if imported is not None:
            return render(request, "drafting/imported.html", {"imported": imported})
    status = 422 if form.errors else 200
    return render(request, "drafting/import.html", context, status=status)


def _import(form: ImportForm, user: Any) -> Imported | None:
    """The draft, or nothing and the reason in the form."""
    with tempfile.NamedTemporaryFile(suffix=".docx") as copy:
        for chunk in form.cleaned_data["file"].chunks():
            copy.write(chunk)
        copy.flush()
        try:
            return import_lesson(read(elements_of(copy.name)), form.cleaned_data["parent"].specific, user)
        except ExtractionError as error:
            form.add_error("file", _why_unreadable(str(error)))
        except NotALesson as error:
            form.add_error("file", str(error))
    return None


def _why_unreadable(reason: str) -> str:
    """What is wrong with an upload and what to do; the reader itself speaks English only."""
    if reason == NO_WORD_DOCUMENT:
        return _("This file is not a Word document. Save it as .docx and choose it again. Nothing was imported.")
    if reason in (UNPACKS_TOO_FAR, TOOK_TOO_LONG, TOO_MANY_PARAGRAPHS):
        return _("This file holds more than one lesson may. Shorten it and choose it again. Nothing was imported.")
    return _("This Word document is damaged. Open it, save it anew and choose it again. Nothing was imported.")


@require_safe
def languages(request: HttpRequest) -> HttpResponse:
    """Lessons by languages: what is up to date, behind, a draft or missing."""
    sources = LessonPlanPage.objects.filter(locale__language_code=settings.LANGUAGE_CODE).order_by("path")
    page = Paginator(sources, LESSONS_PER_PAGE).get_page(request.GET.get("page"))
    context = {"page": page, "rows": table_of(page.object_list), "languages": settings.LANGUAGES}
    return render(request, "drafting/languages.html", context)
