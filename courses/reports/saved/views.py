"""Keeping a report, having it sent, and seeing what one keeps."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from cms.accounts.api import signed_in
from courses.reports.models import SavedReport
from courses.reports.registry import REPORTS, Report
from courses.reports.saved.forms import SavedReportForm
from courses.reports.saved.sending import send_to
from courses.reports.scope import Scope
from courses.reports.words import words_of

MOST_KEPT = 50


@login_required
@never_cache
@require_safe
def saved(request: HttpRequest) -> HttpResponse:
    """The reports that one keeps, and those that colleagues send."""
    user = signed_in(request)
    context = {
        "own": [
            (kept, report, report.address(kept.subject) + kept.words)
            for kept in SavedReport.objects.of(user).prefetch_related("readers")
            if (report := REPORTS[kept.report])
        ],
        "sent": SavedReport.objects.sent_to(user).select_related("owner"),
    }
    return render(request, "reports/saved.html", context)


@login_required
@never_cache
def save(request: HttpRequest, name: str, subject: str) -> HttpResponse:
    """Keeps what a page shows. The calendar year of today is not kept: the report goes on with the years."""
    user, report = signed_in(request), REPORTS[name]
    subject = subject if report.is_about_one else ""
    query = words_of(request.GET)
    if query.get("year") == str(timezone.localdate().year):
        del query["year"]
    table, scope = report.made_for(user, subject, query)
    kept = SavedReport(owner=user, report=name, subject=subject, query=query, title=table.title[:120])
    kept.starts_on = timezone.localdate() + timedelta(days=1)
    if SavedReport.objects.of(user).count() >= MOST_KEPT:
        messages.error(request, _("You keep %(number)s reports. Delete one first.") % {"number": MOST_KEPT})
        return redirect("reports:saved")
    return _form(request, kept, scope, report)


@login_required
@never_cache
def change(request: HttpRequest, pk: UUID) -> HttpResponse:
    kept = get_object_or_404(SavedReport.objects.of(signed_in(request)), pk=pk)
    report = REPORTS[kept.report]
    try:
        scope = report.ask(kept.owner, kept.subject, kept.query).scope
    except Http404:
        messages.error(request, _("What it is about is not there any more, or you may not see it any more."))
        return redirect("reports:saved")
    return _form(request, kept, scope, report)


def _form(request: HttpRequest, kept: SavedReport, scope: Scope, report: Report) -> HttpResponse:
    form = SavedReportForm(request.POST or None, instance=kept, scope=scope)
    if request.method == "POST" and form.is_valid():
        kept.plan_next(timezone.localdate())
        kept = form.save()
        kept.readers.set(form.cleaned_data["to"])
        messages.success(request, _("The report is kept."))
        return redirect("reports:saved")
    context: dict[str, Any] = {"form": form, "kept": kept, "report": report, "scope": scope}
    return render(request, "reports/save.html", context, status=400 if form.errors else 200)


@login_required
@require_POST
def delete(request: HttpRequest, pk: UUID) -> HttpResponse:
    get_object_or_404(SavedReport.objects.of(signed_in(request)), pk=pk).delete()
    messages.success(request, _("The report is not kept any more."))
    return redirect("reports:saved")


@login_required
@require_POST
def send_now(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One letter to oneself, to see what it looks like."""
    user = signed_in(request)
    kept = get_object_or_404(SavedReport.objects.of(user), pk=pk)
    try:
        is_sent = send_to(kept, user)
    except OSError:
        messages.error(request, _("The mail server did not take the letter. Try again later."))
        return redirect("reports:saved")
    if is_sent:
        messages.success(request, _("The letter is on its way to %(address)s.") % {"address": user.email})
    else:
        messages.error(request, kept.problem)
    return redirect("reports:saved")


@login_required
@require_POST
def leave(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Ends that a colleague's report is sent to oneself."""
    user = signed_in(request)
    get_object_or_404(SavedReport.objects.sent_to(user), pk=pk).readers.remove(user)
    messages.success(request, _("It is not sent to you any more."))
    return redirect("reports:saved")
