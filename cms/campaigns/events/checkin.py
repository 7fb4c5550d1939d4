"""Checking people in: who may, whom a ticket belongs to, and what a phone sends when it is back in the net."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.dispatch import Signal
from django.utils import timezone
from django.utils.dateparse import parse_datetime

from cms.accounts.models import User
from cms.campaigns.events.models import Attendance, EventPage, EventSession, Registration
from cms.directory.models import Organisation

# A phone's clock may be wrong and its battery empty for a day; more than that is no check-in.
EARLY, LATE = timedelta(hours=4), timedelta(days=2)
MOST_SCANS = 500

# Sent once for each new attendance, with ``attendance``, in the transaction that stores it: training hours listen.
attended = Signal()


def events_for(user: User) -> Any:
    """The events whose guests ``user`` may check in: all for people who publish, else those of their own bodies."""
    events = EventPage.objects.filter(live=True)
    if user.has_perm("wagtailadmin.access_admin"):
        return events
    bodies = Organisation.objects.visible_to(user)
    return events.filter(organiser__in=bodies.values("pk"))


@dataclass(frozen=True)
class Scan:
    """What a phone has seen: a ticket, when, and for which session."""

    scan_id: UUID
    code: str
    session_key: UUID
    at: datetime


@dataclass(frozen=True)
class Answer:
    """What became of a scan: ok, already, waiting, cancelled, unknown or too_late."""

    scan_id: str
    result: str
    name: str = ""


def read_scan(data: Any) -> Scan | None:
    """A scan from JSON; None for anything that is none."""
    try:
        at = parse_datetime(str(data["at"]))
        scan = Scan(UUID(str(data["id"])), str(data["code"])[:40].upper(), UUID(str(data["session"])), at)  # type: ignore[arg-type]
    except (KeyError, TypeError, ValueError):
        return None
    return scan if at and timezone.is_aware(at) else None


def check_in(event: EventPage, scan: Scan, checked_by: str) -> Answer:
    """Stores that somebody came: once for each session, however often it is scanned or sent."""
    known = Attendance.objects.filter(scan_id=scan.scan_id).select_related("registration").first()
    if known:
        return Answer(str(scan.scan_id), "ok", known.registration.name)
    registration = Registration.objects.filter(event_key=event.translation_key, code=scan.code).first()
    session = next((one for one in event.sessions.all() if one.key == scan.session_key), None)
    if registration is None or session is None:
        return Answer(str(scan.scan_id), "unknown")
    if not registration.is_confirmed:
        return Answer(str(scan.scan_id), registration.state, registration.name)
    if not session.starts_at - EARLY <= scan.at <= session.ends_at + LATE or scan.at > timezone.now() + EARLY:
        return Answer(str(scan.scan_id), "too_late", registration.name)
    return _store(event, session, registration, scan, checked_by)


def _store(event: EventPage, session: EventSession, registration: Registration, scan: Scan, checked_by: str) -> Answer:
    try:
        with transaction.atomic():
            attendance = Attendance.objects.create(
                event_key=event.translation_key,
                session_key=session.key,
                registration=registration,
                scan_id=scan.scan_id,
                scanned_at=scan.at,
                checked_by=checked_by,
            )
            attended.send(sender=Attendance, attendance=attendance)
    except IntegrityError:
        return Answer(str(scan.scan_id), "already", registration.name)
    return Answer(str(scan.scan_id), "ok", registration.name)


def guest_list(event: EventPage) -> list[dict[str, Any]]:
    """What a phone needs to know when it is offline: each ticket with its holder, and the sessions they came to."""
    came: dict[Any, list[str]] = {}
    for registration_id, session in Attendance.objects.filter(event_key=event.translation_key).values_list(
        "registration_id", "session_key"
    ):
        came.setdefault(registration_id, []).append(str(session))
    guests = Registration.objects.filter(event_key=event.translation_key).filter(~Q(state="cancelled"))
    return [
        {"code": guest.code, "name": guest.name, "state": guest.state, "came": came.get(guest.pk, [])}
        for guest in guests.order_by("name")
    ]


def current_session(event: EventPage) -> EventSession | None:
    """The session going on, else the next, else the last."""
    sessions = event.ordered_sessions
    return next(
        (session for session in sessions if session.ends_at >= timezone.now()), sessions[-1] if sessions else None
    )
