from typing import Any

from allauth.account.signals import email_confirmed
from django.dispatch import receiver

from cms.campaigns.events.checkin import attended
from cms.campaigns.events.models import Attendance
from courses.credentials.events import enter_attendance, enter_past_attendances
from courses.credentials.issuing import grant
from courses.enrolment.models import Enrolment
from courses.records.api import course_completed
from courses.records.models import Statement


@receiver(course_completed)
def grant_certificate(enrolment: Enrolment, statement: Statement, **kwargs: Any) -> None:
    """Runs inside the transaction that recorded the completion: both are there, or neither is."""
    grant(enrolment, statement)


@receiver(attended)
def grant_event_hours(attendance: Attendance, **kwargs: Any) -> None:
    """Runs inside the transaction that stored the check-in."""
    enter_attendance(attendance)


@receiver(email_confirmed)
def grant_past_event_hours(email_address: Any, **kwargs: Any) -> None:
    enter_past_attendances(email_address.user)
