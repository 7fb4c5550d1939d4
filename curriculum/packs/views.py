from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.http import content_disposition_header
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from cms.languages.switcher import readable
from cms.typeset.api import TypesettingError
from curriculum.packs.api import lesson_plan_pdf
from curriculum.plans.models import LessonPlanPage


def _lesson(key: UUID) -> LessonPlanPage:
    """The readable lesson plan in the language of the address; drafts and private pages do not exist here."""
    lessons = readable(LessonPlanPage.objects.filter(locale__language_code=get_language()))
    lesson: LessonPlanPage | None = lessons.filter(translation_key=key).first()
    if lesson is None:
        raise Http404
    return lesson


@require_safe
def lesson_pdf(request: HttpRequest, key: UUID) -> HttpResponse:
    """The whole lesson plan with its worksheets."""
    lesson = _lesson(key)
    return _pdf(request, lesson, _("%(title)s – lesson plan") % {"title": lesson.title}, worksheets_only=False)


@require_safe
def worksheets_pdf(request: HttpRequest, key: UUID) -> HttpResponse:
    """The worksheets alone, to hand out."""
    lesson = _lesson(key)
    if not lesson.worksheets:
        raise Http404
    return _pdf(request, lesson, _("%(title)s – worksheets") % {"title": lesson.title}, worksheets_only=True)


def _pdf(request: HttpRequest, lesson: LessonPlanPage, name: str, *, worksheets_only: bool) -> HttpResponse:
    try:
        pdf = lesson_plan_pdf(lesson, worksheets_only=worksheets_only)
    except TypesettingError as error:
        return render(request, "packs/not_drawn.html", {"error": error, "page": lesson}, status=500)
    disposition = content_disposition_header(as_attachment=True, filename=f"{name}.pdf") or "attachment"
    return HttpResponse(pdf, content_type="application/pdf", headers={"Content-Disposition": disposition})
