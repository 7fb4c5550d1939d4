"""The door: for people who may check in, on a phone, also without a net."""

import json
from dataclasses import asdict
from uuid import UUID, uuid4

from django.contrib.auth.decorators import login_required
from django.contrib.staticfiles import finders
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from cms.accounts.api import signed_in
from cms.campaigns.events.checkin import (
    MOST_SCANS,
    Answer,
    Scan,
    check_in,
    current_session,
    events_for,
    guest_list,
    read_scan,
)
from cms.campaigns.events.models import EventPage, Registration


def _event(request: HttpRequest, key: UUID) -> EventPage:
    """The event in the reader's language, else in another, if they may check people in; 404 for everybody else."""
    events = events_for(signed_in(request)).filter(translation_key=key).select_related("locale")
    found = list(events.prefetch_related("sessions"))
    own = (event for event in found if event.locale.language_code == get_language())
    event = next(own, found[0] if found else None)
    if event is None:
        raise Http404
    return event


@never_cache
@login_required
def door(request: HttpRequest, key: UUID) -> HttpResponse:
    """The check-in page of one event. Without JavaScript a code is typed in and sent."""
    event = _event(request, key)
    answer = None
    if request.method == "POST":
        answer = _typed(request, event)
    context = {"event": event, "session": current_session(event), "answer": answer, "guests": guest_list(event)}
    return render(request, "events/door.html", context)


def _typed(request: HttpRequest, event: EventPage) -> Answer:
    session = current_session(event)
    code = "".join(request.POST.get("code", "").upper().split())[:40]
    if session is None:
        return Answer("", "unknown")
    return check_in(event, Scan(uuid4(), code, session.key, timezone.now()), str(signed_in(request)))


@never_cache
@login_required
@require_GET
def guests(request: HttpRequest, key: UUID) -> JsonResponse:
    return JsonResponse({"guests": guest_list(_event(request, key))})


@never_cache
@login_required
@require_POST
def sync(request: HttpRequest, key: UUID) -> JsonResponse:
    """What a phone has scanned, now or while it was offline. Each scan is answered; a bad one harms no other."""
    event = _event(request, key)
    try:
        data = json.loads(request.body)["scans"]
    except (ValueError, KeyError, TypeError):
        return JsonResponse({"error": "scans"}, status=400)
    if not isinstance(data, list) or len(data) > MOST_SCANS:
        return JsonResponse({"error": "scans"}, status=400)
    by = str(signed_in(request))
    scans = [read_scan(item) for item in data]
    answers = [asdict(check_in(event, scan, by)) for scan in scans if scan]
    return JsonResponse({"answers": answers})


@never_cache
@require_GET
def ticket(request: HttpRequest, code: str) -> HttpResponse:
    """Where the code on a ticket leads: to the check-in for those at the door, to a word for all others."""
    registration = get_object_or_404(Registration, code=code.upper()) if request.user.is_authenticated else None
    if registration and events_for(signed_in(request)).filter(translation_key=registration.event_key).exists():
        event = _event(request, registration.event_key)
        context = {
            "event": event,
            "session": current_session(event),
            "guests": guest_list(event),
            "code": registration.code,
        }
        return render(request, "events/door.html", context)
    return render(request, "events/ticket.html")


@require_GET
def worker(request: HttpRequest) -> HttpResponse:
    """The service worker of the door, served from where its scope begins."""
    path = finders.find("js/door-worker.js")
    assert isinstance(path, str)
    with open(path, encoding="utf-8") as file:
        response = HttpResponse(file.read(), content_type="text/javascript; charset=utf-8")
    response["Service-Worker-Allowed"] = reverse("checkin:home")
    response["Cache-Control"] = "no-cache"
    return response


@never_cache
@login_required
@require_GET
def home(request: HttpRequest) -> HttpResponse:
    """The events whose guests one may check in, those not over first."""
    events = events_for(signed_in(request)).filter(locale__language_code=get_language()).prefetch_related("sessions")
    coming = [event for event in events if not event.is_over]
    coming.sort(key=lambda event: event.begins_at or timezone.now())
    return render(request, "events/doors.html", {"events": coming})
