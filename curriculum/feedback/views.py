"""Reporting a mistake, and seeing what became of it."""

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from cms.accounts.api import signed_in
from cms.accounts.limits import allows
from curriculum.feedback.forms import MistakeForm
from curriculum.feedback.models import MistakeReport
from curriculum.plans.api import readable_lesson
from curriculum.plans.models import LessonPlanPage

MOST_PER_HOUR = 60  # a school has one address for all its teachers
REPORTS_PER_PAGE = 50


@never_cache
def report(request: HttpRequest, key: UUID) -> HttpResponse:
    """A form for a mistake in the lesson of the address's language; afterwards a link to follow it by."""
    lesson = _lesson(key)
    form = MistakeForm(request.POST if request.method == "POST" else None)
    if request.method != "POST" or not form.is_valid():
        status = 422 if form.is_bound else 200
        return render(request, "feedback/report.html", {"form": form, "lesson": lesson}, status=status)
    if not allows(request, "mistake", MOST_PER_HOUR, 3600):
        return render(request, "feedback/too_many.html", {"form": form, "lesson": lesson}, status=429)
    if form.cleaned_data["website"]:  # a robot: it is thanked and forgotten
        return redirect(lesson.get_url(request))
    mistake = MistakeReport.objects.create(
        page=lesson,
        lesson_key=lesson.translation_key,
        lesson_title=lesson.title,
        language=lesson.locale.language_code,
        version=lesson.version,
        part=form.cleaned_data["part"],
        message=form.cleaned_data["message"],
        reporter=signed_in(request) if request.user.is_authenticated else None,
    )
    return redirect("feedback:follow", token=mistake.token)


def _lesson(key: UUID) -> LessonPlanPage:
    lesson = readable_lesson(key, get_language() or "en")
    if lesson is None:
        raise Http404
    return lesson


@never_cache
@require_safe
def follow(request: HttpRequest, token: str) -> HttpResponse:
    """What became of a report, for whoever has its link."""
    mistake = MistakeReport.objects.followed_as(token)
    if mistake is None:
        raise Http404
    return render(request, "feedback/follow.html", {"mistake": mistake})


@login_required
@never_cache
@require_safe
def mine(request: HttpRequest) -> HttpResponse:
    """The reports of the signed-in teacher."""
    reports = MistakeReport.objects.of(signed_in(request))
    page = Paginator(reports, REPORTS_PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "feedback/mine.html", {"reports": page})
