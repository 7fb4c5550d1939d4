"""Hours for attended events: each session earns its part, for the person whose address it is beyond doubt."""

from decimal import Decimal

from allauth.account.models import EmailAddress
from django.db import transaction

from cms.accounts.models import User
from cms.campaigns.events.models import Attendance, EventPage
from courses.credentials import ledger
from courses.credentials.models import CreditEntry
from courses.enrolment.api import home_of

ONE_TENTH = Decimal("0.1")


@transaction.atomic
def enter_attendance(attendance: Attendance) -> CreditEntry | None:
    """The hours of one attendance; none for an event without training hours or for somebody unknown."""
    learner = _person(attendance)
    editions = list(EventPage.objects.filter(translation_key=attendance.event_key).select_related("locale"))
    event = next((edition for edition in editions if edition.training_hours), None)
    if learner is None or event is None:
        return None
    # Two sessions that are scanned at once wait for each other: each gets its own part.
    User.objects.select_for_update().get(pk=learner.pk)
    before = CreditEntry.objects.filter(learner=learner, key__startswith=f"event:{attendance.event_key.hex}:").count()
    key = f"event:{attendance.event_key.hex}:{attendance.session_key.hex}:{learner.pk}"
    hours = _part(event, before + 1) - _part(event, before)
    home = home_of(learner)
    return ledger.enter(
        learner,
        key,
        hours,
        organisation=home,
        source=CreditEntry.Source.EVENT,
        earned_on=ledger.day_at(home, attendance.scanned_at),
        titles={edition.locale.language_code: edition.title for edition in editions},
        topics=ledger.with_broader(event.topics.values_list("slug", flat=True)),
        audiences=sorted(event.audiences.values_list("slug", flat=True)),
    )


def enter_past_attendances(learner: User) -> int:
    """What a person attended under an address that is only now proved to be theirs; how many lines it gave."""
    addresses = EmailAddress.objects.filter(user=learner, verified=True).values_list("email", flat=True)
    found = Attendance.objects.filter(registration__email__in=[address.lower() for address in addresses])
    return sum(enter_attendance(attendance) is not None for attendance in found.order_by("scanned_at"))


def _part(event: EventPage, sessions: int) -> Decimal:
    """The hours of so many sessions: all of them together give the event's hours, to the tenth."""
    total = max(1, event.sessions.count())
    hours = Decimal(event.training_hours or 0)
    return (hours * min(sessions, total) / total).quantize(ONE_TENTH)


def _person(attendance: Attendance) -> User | None:
    """Whoever registered while signed in, else the owner of the address, if it was confirmed."""
    registration = attendance.registration
    if registration.user_id:
        return User.objects.get(pk=registration.user_id)
    address = EmailAddress.objects.filter(email__iexact=registration.email, verified=True).select_related("user")
    found = address.first()
    return found.user if found else None
