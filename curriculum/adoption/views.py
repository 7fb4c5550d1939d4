"""A teacher's reports, and the popularisation dashboard."""

from typing import Any
from uuid import UUID, uuid4

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import get_language, get_language_bidi
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from cms.accounts.api import signed_in
from cms.tables.api import csv_response, xlsx_response
from curriculum.adoption import api
from curriculum.adoption.figures import Figures
from curriculum.adoption.forms import TaughtForm
from curriculum.adoption.gaps import gaps
from curriculum.adoption.models import TaughtLesson, sees_everything
from curriculum.adoption.scope import Reach
from curriculum.plans.api import readable_lesson
from curriculum.plans.models import LessonPlanPage

REPORTS_PER_PAGE = 50


# --- the teacher --------------------------------------------------------------------------------------
@login_required
@never_cache
@require_safe
def mine(request: HttpRequest) -> HttpResponse:
    """What the signed-in teacher taught."""
    taught = TaughtLesson.objects.of(signed_in(request)).select_related("school", "region")
    page = Paginator(taught, REPORTS_PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "adoption/mine.html", {"taught": page})


@login_required
@never_cache
def report(request: HttpRequest, key: UUID) -> HttpResponse:
    """“I taught this”: a new report."""
    teacher, lesson = signed_in(request), _lesson(key)
    if request.method != "POST":
        initial = {"form_key": uuid4(), "taught_on": timezone.localdate(), "grade": lesson.grade_from}
        own = teacher.memberships.filter(organisation__kind__in=("school", "university")).select_related("organisation")
        if membership := own.first():
            initial["school"] = str(membership.organisation)
        form = TaughtForm(initial=initial, teacher=teacher)
        return render(request, "adoption/report.html", {"form": form, "lesson": lesson})
    form = TaughtForm(request.POST, teacher=teacher)
    if not form.is_valid():
        return render(request, "adoption/report.html", {"form": form, "lesson": lesson}, status=422)
    try:
        api.record(teacher, lesson, form.report, form.cleaned_data["form_key"])
    except PermissionError as error:
        message = _("This form belongs to another account. Open the lesson and report it anew.")
        raise PermissionDenied(message) from error
    messages.success(request, _("Thank you. Your lesson counts."))
    return redirect("adoption:mine")


def _lesson(key: UUID) -> LessonPlanPage:
    lesson = readable_lesson(key, get_language() or "en", or_any_language=True)
    if lesson is None:
        raise Http404
    return lesson


@login_required
@never_cache
def correct(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Changes a report; somebody else's does not exist here."""
    teacher = signed_in(request)
    taught = get_object_or_404(TaughtLesson.objects.of(teacher), pk=pk)
    if request.method != "POST":
        return render(request, "adoption/report.html", {"form": TaughtForm.of(taught, teacher), "taught": taught})
    form = TaughtForm(request.POST, teacher=teacher)
    if not form.is_valid():
        return render(request, "adoption/report.html", {"form": form, "taught": taught}, status=422)
    api.correct(taught, form.report)
    messages.success(request, _("Your report is changed."))
    return redirect("adoption:mine")


@login_required
@never_cache
@require_POST
def withdraw(request: HttpRequest, pk: UUID) -> HttpResponse:
    api.withdraw(get_object_or_404(TaughtLesson.objects.of(signed_in(request)), pk=pk))
    messages.success(request, _("Your report is taken back."))
    return redirect("adoption:mine")


# --- the dashboard ------------------------------------------------------------------------------------
def _reach(request: HttpRequest) -> Reach:
    reach = Reach.of(signed_in(request), request.GET)
    if reach is None:
        raise PermissionDenied(_("Only editors and coordinators see this page. Ask your administrator for the role."))
    return reach


@login_required
@never_cache
@require_safe
def dashboard(request: HttpRequest) -> HttpResponse:
    """Lessons taught and pupils reached, against targets, and where nothing happens."""
    reach = _reach(request)
    context: dict[str, Any] = {
        "reach": reach,
        "figures": Figures(reach),
        "gaps": gaps(reach),
        "sees_everything": sees_everything(request.user),
    }
    return render(request, "adoption/dashboard.html", context)


@login_required
@never_cache
@require_safe
def export(request: HttpRequest, extension: str) -> HttpResponseBase:
    """The dashboard's numbers, with the same small ones left out."""
    reach = _reach(request)
    figures = Figures(reach)
    name, header, rows = f"popularisation-{reach.year}.{extension}", figures.header(), figures.rows()
    if extension == "csv":
        return csv_response(name, header, rows)
    return xlsx_response(name, _("Popularisation"), header, rows, right_to_left=get_language_bidi())
