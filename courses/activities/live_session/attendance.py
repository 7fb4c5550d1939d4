"""Who was at a live session: by check-in at its event, or by the list of whoever runs it."""

from collections.abc import Iterable
from typing import Any

from allauth.account.models import EmailAddress
from django.db.models import Q
from django.dispatch import receiver

from cms.accounts.models import User
from cms.campaigns.events.checkin import attended
from cms.campaigns.events.models import Attendance
from courses.activities.live_session.models import LiveSession
from courses.activities.recording import tell
from courses.enrolment.models import Enrolment
from courses.records.api import Act, Verb


def attend(enrolment: Enrolment, activity: int, via: str, instructor: int | None = None) -> None:
    """Records that the learner was there: once, whoever says it how often."""
    context: dict[str, Any] = {"via": via} | ({"instructor": instructor} if instructor else {})
    tell(enrolment, [Act(Verb.ATTENDED, f"attended:{activity}", activity, context=context)])


def has_checked_in(learner: User, session: LiveSession) -> bool:
    """Whether the learner was checked in at the session's event."""
    if session.event is None:
        return False
    at_event = Attendance.objects.filter(event_key=session.event.translation_key)
    return at_event.filter(_registered_by(learner)).exists()


def _registered_by(learner: User) -> Q:
    """Registrations of an account, or of an address that the account has proved to be its own."""
    addresses = EmailAddress.objects.filter(user=learner, verified=True).values("email")
    return Q(registration__user=learner) | Q(registration__email__in=addresses)


@receiver(attended)
def record_check_in(attendance: Attendance, **kwargs: Any) -> None:
    """A check-in at an event is an attendance in every course that the person takes and that has the event in it."""
    for enrolment, activity in _places(attendance):
        attend(enrolment, activity, "event")


def _places(attendance: Attendance) -> Iterable[tuple[Enrolment, int]]:
    registration = attendance.registration
    proved = EmailAddress.objects.filter(email__iexact=registration.email, verified=True).values("user")
    enrolments = Enrolment.objects.filter(Q(learner=registration.user_id) | Q(learner__in=proved))
    found = enrolments.filter(
        version__modules__activities__live_sessions__event__translation_key=attendance.event_key
    ).values_list("pk", "version__modules__activities__pk")
    by_pk = Enrolment.objects.in_bulk([pk for pk, _activity in found])
    return [(by_pk[pk], activity) for pk, activity in found]
