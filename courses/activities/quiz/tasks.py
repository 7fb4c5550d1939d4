"""Attempts whose time is up are handed in, whether or not anybody looks."""

from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django_tasks import task

from courses.activities.quiz.recording import hand_in
from courses.assessment.api import GRACE
from courses.assessment.models import Attempt
from courses.enrolment.models import Enrolment

MARGIN = timedelta(seconds=2)


@task()
def close_when_due(attempt: str) -> None:
    """Hands in one attempt if its time is up by now."""
    close_overdue(pk=UUID(attempt))


def plan_closing(attempt: Attempt) -> None:
    """Has the worker look at an attempt with an end when it has come. Cron does the same for all that are over."""
    if attempt.ends_at and close_when_due.get_backend().supports_defer:
        due = attempt.ends_at + GRACE + MARGIN
        transaction.on_commit(lambda: close_when_due.using(run_after=due).enqueue(str(attempt.pk)))


def close_overdue(now: datetime | None = None, **which: object) -> int:
    """Hands in and records the attempts that ended without being handed in; how many there were."""
    limit = (now or timezone.now()) - GRACE
    overdue = Attempt.objects.filter(submitted_at=None, ends_at__lt=limit, **which).select_related("quiz__activity")
    closed = 0
    for attempt in overdue:
        enrolment = _enrolment_of(attempt)
        if enrolment:
            hand_in(enrolment, attempt)
            closed += 1
    return closed


def _enrolment_of(attempt: Attempt) -> Enrolment | None:
    course = attempt.quiz.activity.module.course_id
    found = Enrolment.objects.filter(learner=attempt.learner_id, course=course, round=attempt.round)
    return found.select_related("version", "learner").first()
