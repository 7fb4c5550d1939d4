"""What a person marks: answers that no rule can."""

from decimal import Decimal

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from cms.accounts.models import User
from courses.assessment.attempts.taking import total
from courses.assessment.models import Attempt, AttemptQuestion


def waiting() -> QuerySet[AttemptQuestion]:
    """Answers that wait for a marker, the oldest first."""
    found = AttemptQuestion.objects.filter(attempt__submitted_at__isnull=False, fraction=None)
    return found.select_related("content", "attempt__quiz__activity__module__course").order_by(
        "attempt__submitted_at", "position"
    )


@transaction.atomic
def mark(asked: AttemptQuestion, fraction: Decimal, comment: str, marker: User) -> Attempt:
    """Stores what a marker says, once: a second click, or a second marker, changes nothing.

    Returns the attempt, whose result is known when nothing of it waits any more.
    """
    attempt = Attempt.objects.select_for_update().select_related("quiz__activity").get(pk=asked.attempt_id)
    fresh = AttemptQuestion.objects.get(pk=asked.pk)
    if fresh.fraction is None:
        fresh.fraction, fresh.comment = fraction, comment
        fresh.marked_by, fresh.marked_at = marker, timezone.now()
        fresh.save()
        total(attempt)
    return attempt
