"""Places: given out one after the other, passed on when somebody cannot come. And the calendar."""

from dataclasses import dataclass
from uuid import UUID

from django.db import transaction

from cms.accounts.models import User
from cms.campaigns.events.models import Desk, EventPage, Registration
from cms.campaigns.events.tasks import write_to
from cms.languages.switcher import best_in


class RegistrationClosed(Exception):
    """The event takes no registrations now."""


@dataclass(frozen=True)
class Applicant:
    name: str
    email: str
    organisation: str = ""
    user: User | None = None


@dataclass(frozen=True)
class Places:
    """How many places there are (None: no limit), how many are taken, and how many people wait."""

    capacity: int | None
    taken: int
    waiting: int

    @property
    def free(self) -> int | None:
        return None if self.capacity is None else max(self.capacity - self.taken, 0)

    @property
    def is_full(self) -> bool:
        return self.free == 0


def event_of(key: UUID, language: str | None = None) -> EventPage | None:
    """The readable event in a language, else in the first one there is."""
    event: EventPage | None = best_in(EventPage.objects.filter(translation_key=key), language)
    return event


def places_of(event: EventPage) -> Places:
    found = Registration.objects.filter(event_key=event.translation_key)
    return Places(event.capacity, found.confirmed().count(), found.waiting().count())


def register(event: EventPage, form_key: UUID, language: str, applicant: Applicant) -> Registration:
    """Gives a place, or one in the line. The same form, or the same address, has one registration.

    :raises RegistrationClosed: nobody can register now
    """
    if not event.is_open:
        raise RegistrationClosed
    email = applicant.email.strip().lower()
    with transaction.atomic():
        _lock(event.translation_key)
        ours = Registration.objects.filter(event_key=event.translation_key)
        known = (
            Registration.objects.filter(form_key=form_key).first()
            or ours.filter(email=email).exclude(state=Registration.State.CANCELLED).first()
        )
        if known:
            transaction.on_commit(lambda: write_to.enqueue(str(known.pk), "registered"))
            return known
        seat = None if ours.waiting().exists() else _free_seat(event)
        registration = Registration.objects.create(
            event_key=event.translation_key,
            form_key=form_key,
            user=applicant.user,
            name=applicant.name,
            email=email,
            organisation=applicant.organisation,
            language=language,
            seat=seat,
            state=Registration.State.CONFIRMED if seat else Registration.State.WAITING,
        )
        transaction.on_commit(lambda: write_to.enqueue(str(registration.pk), "registered"))
    return registration


def cancel(registration: Registration) -> Registration:
    """Gives a place back; the first in line gets it. Once more does nothing."""
    with transaction.atomic():
        _lock(registration.event_key)
        registration.refresh_from_db()
        if registration.state == Registration.State.CANCELLED:
            return registration
        registration.state, registration.seat = Registration.State.CANCELLED, None
        registration.save(update_fields=["state", "seat", "changed_at"])
        transaction.on_commit(lambda: write_to.enqueue(str(registration.pk), "cancelled"))
        _move_up(registration.event_key)
    return registration


def move_up(event_key: UUID) -> int:
    """Gives free places to those in line, the first to come first; returns how many got one."""
    with transaction.atomic():
        _lock(event_key)
        return _move_up(event_key)


def _lock(event_key: UUID) -> None:
    """Whoever asks for a place of this event waits here until the one before has got an answer."""
    Desk.objects.get_or_create(event_key=event_key)
    Desk.objects.select_for_update().get(event_key=event_key)


def _free_seat(event: EventPage) -> int | None:
    """The lowest free seat; None where all are taken."""
    confirmed = Registration.objects.filter(event_key=event.translation_key).confirmed()
    taken = set(confirmed.values_list("seat", flat=True))
    if event.capacity is not None and len(taken) >= event.capacity:
        return None
    return next(number for number in range(1, len(taken) + 2) if number not in taken)


def _move_up(event_key: UUID) -> int:
    event = event_of(event_key)
    if event is None or event.is_over:
        return 0
    moved = 0
    for registration in Registration.objects.filter(event_key=event_key).waiting():
        seat = _free_seat(event)
        if seat is None:
            break
        registration.state, registration.seat = Registration.State.CONFIRMED, seat
        registration.save(update_fields=["state", "seat", "changed_at"])
        transaction.on_commit(lambda pk=registration.pk: write_to.enqueue(str(pk), "moved_up"))  # type: ignore[misc]
        moved += 1
    return moved
