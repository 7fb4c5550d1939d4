from typing import Any

from django.dispatch import receiver

from courses.credentials.api import grant
from courses.enrolment.models import Enrolment
from courses.records.api import course_completed
from courses.records.models import Statement


@receiver(course_completed)
def grant_certificate(enrolment: Enrolment, statement: Statement, **kwargs: Any) -> None:
    """Runs inside the transaction that recorded the completion: both are there, or neither is."""
    grant(enrolment, statement)
