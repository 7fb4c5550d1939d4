"""Registering, one's own ticket, and calendars."""

from datetime import timedelta
from typing import Any
from uuid import UUID

import segno
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from cms.campaigns.events.api import RegistrationClosed, cancel, event_of, places_of, register
from cms.campaigns.events.forms import RegisterForm
from cms.campaigns.events.ical import MIME_TYPE, calendar
from cms.campaigns.events.links import find, token_of
from cms.campaigns.events.models import EventIndexPage, EventPage, Registration
from cms.correspondence.mail import absolute
from cms.languages.switcher import readable

FEED_PAST = timedelta(days=90)


def _event(key: UUID) -> EventPage:
    event = event_of(key)
    if event is None:
        raise Http404
    return event


@never_cache
def sign_up(request: HttpRequest, key: UUID) -> HttpResponse:
    """The form, or why there is none."""
    event = _event(key)
    form = RegisterForm(request)
    if request.method == "POST" and form.is_valid():
        try:
            registration = register(event, form.form_key, str(get_language()), form.applicant)
        except RegistrationClosed:
            messages.error(request, _("The registration for this event is closed."))
            return redirect(event.url)
        if not _is_theirs(registration, form):
            return render(request, "events/mailed.html", {"event": event})
        return redirect("events:registration", token=token_of(registration))
    context = {"event": event, "form": form, "places": places_of(event)}
    return render(request, "events/sign_up.html", context, status=400 if form.errors else 200)


def _is_theirs(registration: Registration, form: RegisterForm) -> bool:
    """Whether this very form made the registration; whoever just knows an address gets to see nobody's ticket."""
    return registration.form_key == form.form_key


def _registration(token: str) -> Registration:
    registration = find(token)
    if registration is None:
        raise Http404
    return registration


@never_cache
@require_safe
def registration(request: HttpRequest, token: str) -> HttpResponse:
    """One's own place: the ticket, or the place in line."""
    own = _registration(token)
    event = _event(own.event_key)
    ahead = Registration.objects.filter(event_key=own.event_key).waiting().filter(created_at__lt=own.created_at)
    context: dict[str, Any] = {"registration": own, "event": event, "token": token}
    if own.is_confirmed:
        context["ticket"] = ticket_svg(own)
    elif own.state == Registration.State.WAITING:
        context["place_in_line"] = ahead.count() + 1
    response = render(request, "events/registration.html", context)
    response["Referrer-Policy"] = "no-referrer"
    return response


def ticket_svg(own: Registration) -> str:
    """The ticket's address as a QR code, to be shown at the door."""
    code = segno.make(absolute(reverse("checkin:ticket", args=[own.code])), error="m", micro=False)
    return str(code.svg_inline(scale=5, border=4, dark="#1c1e21", light="#ffffff"))


@never_cache
@require_POST
def give_back(request: HttpRequest, token: str) -> HttpResponse:
    cancel(_registration(token))
    messages.success(request, _("Your place is given back. Thank you for telling us."))
    return redirect("events:registration", token=token)


@require_safe
def event_calendar(request: HttpRequest, key: UUID) -> HttpResponse:
    return HttpResponse(calendar([_event(key)]), content_type=MIME_TYPE)


@require_safe
def calendar_feed(request: HttpRequest) -> HttpResponse:
    """All events of the language, to subscribe to in a calendar."""
    index = (
        readable(EventIndexPage.objects.filter(locale__language_code=get_language())).order_by("depth", "path").first()
    )
    if index is None:
        raise Http404
    events = index.events().filter(ends__gte=timezone.now() - FEED_PAST).order_by("begins")
    return HttpResponse(calendar(events, name=index.title), content_type=MIME_TYPE)
