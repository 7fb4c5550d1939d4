"""What the browser tells while somebody learns, and what it asks to know whether it was saved."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from courses.activities.place import own_enrolment
from courses.activities.recording import tell
from courses.catalogue.outline import steps_of
from courses.enrolment.models import Enrolment
from courses.player.reported import MOST_BYTES, REASONS, Report, ReportRefused, read
from courses.records.api import Entry, State


@login_required
@never_cache
@require_POST
def statements(request: HttpRequest, enrolment: UUID) -> HttpResponse:
    """Stores what a browser reports: each act once, however often it is sent. Each is answered by itself."""
    own = get_object_or_404(Enrolment.objects.of(request.user), pk=enrolment)
    if int(request.headers.get("Content-Length") or 0) > MOST_BYTES:
        return _refusal(_("This report is too large. Nothing of it was stored."), 413)
    try:
        reports = read(request.body, own)
    except ReportRefused:
        return _refusal(_("This report cannot be read. Nothing of it was stored."), 400)
    recorded = tell(own, [report.act for report in reports if report.act])
    answers = _answers(reports, recorded.entries)
    return JsonResponse({"answers": answers, "activities": _standing(own, reports, recorded.state)})


def _refusal(message: str, status: int) -> JsonResponse:
    return JsonResponse({"message": message}, status=status)


def _answers(reports: Iterable[Report], entries: Iterable[Entry]) -> list[dict[str, str]]:
    following = iter(entries)
    return [_answer(report, next(following) if report.act else None) for report in reports]


def _answer(report: Report, entry: Entry | None) -> dict[str, str]:
    refused = entry.refused if entry else report.refused
    if refused:
        return {"key": report.key, "result": "refused", "why": refused, "message": str(REASONS.get(refused, refused))}
    return {"key": report.key, "result": "stored" if entry and entry.is_new else "known"}


def _standing(enrolment: Enrolment, reports: Iterable[Report], state: State) -> dict[str, dict[str, Any]]:
    """Where the learner stands by now at each activity that was reported on."""
    touched = {report.act.activity for report in reports if report.act}
    found = {}
    for step in steps_of(enrolment.version_id):
        if step.pk in touched:
            mark = state.at_activity(str(step.key))
            found[str(step.key)] = {
                "seconds": mark.seconds,
                "missing": max(0, step.required_minutes * 60 - mark.seconds),
                "played": mark.played_milliseconds() // 1000,
                "done": mark.done_at is not None,
            }
    return found


@login_required
@never_cache
@require_safe
def token(request: HttpRequest, enrolment: UUID) -> HttpResponse:
    """A fresh token for forms, for pages that were kept on the phone for days."""
    own_enrolment(request, enrolment)
    return JsonResponse({"token": get_token(request)})
