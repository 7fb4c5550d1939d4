"""What an attempt leaves in the learning record: each answer, and what the quiz came to."""

from decimal import Decimal
from typing import Any

from django.db import transaction

from courses.activities.recording import tell
from courses.assessment import api as assessment
from courses.assessment.content import thaw
from courses.assessment.models import Attempt, AttemptQuestion
from courses.assessment.types import TYPES
from courses.catalogue.outline import steps_of
from courses.enrolment.models import Enrolment
from courses.records.api import Act, Verb


@transaction.atomic
def hand_in(enrolment: Enrolment, attempt: Attempt) -> Attempt:
    """Hands in and records: once, however often it is asked."""
    attempt = assessment.submit(attempt)
    record_attempt(enrolment, attempt)
    return attempt


def record_attempt(enrolment: Enrolment, attempt: Attempt) -> None:
    """The statements of an attempt that was handed in. A result that waits for a marker comes later."""
    activity = next_activity(enrolment, attempt)
    if activity is None:
        return
    acts = [_answered(attempt, asked, activity) for asked in assessment.questions_of(attempt) if asked.response]
    acts.append(Act(Verb.SUBMITTED, f"submitted:{attempt.pk}", activity, result={"attempt": str(attempt.pk)}))
    acts += _outcome(enrolment, attempt, activity)
    tell(enrolment, acts)


def record_outcome(enrolment: Enrolment, attempt: Attempt) -> None:
    """The result of an attempt after a person has marked it."""
    activity = next_activity(enrolment, attempt)
    if activity is not None:
        tell(enrolment, _outcome(enrolment, attempt, activity))


def next_activity(enrolment: Enrolment, attempt: Attempt) -> int | None:
    """The quiz in the version of the course that the learner is in by now; ``None`` if it has none."""
    steps = steps_of(enrolment.version_id)
    return next((step.pk for step in steps if step.key == attempt.activity_key), None)


def _answered(attempt: Attempt, asked: AttemptQuestion, activity: int) -> Act:
    question = thaw(asked.content.content)
    result: dict[str, Any] = {
        "response": TYPES[question.kind].text_of(question, asked.response),
        "question": asked.content_id,
        "attempt": str(attempt.pk),
    }
    if asked.fraction is not None:
        result["score"] = {"scaled": float(asked.fraction)}
    return Act(
        Verb.ANSWERED,
        f"answered:{attempt.pk}:{asked.position}",
        activity,
        part=asked.content.content["key"],
        result=result,
        happened_at=asked.answered_at,
    )


def _outcome(enrolment: Enrolment, attempt: Attempt, activity: int) -> list[Act]:
    """The attempt's points, and passed or failed by what counts of all attempts so far."""
    if attempt.passed is None or not attempt.points_possible:
        return []
    points = attempt.points or Decimal(0)
    score = {
        "raw": float(points),
        "min": 0,
        "max": attempt.points_possible,
        "scaled": round(float(points) / attempt.points_possible, 4),
    }
    result = {"score": score, "attempt": str(attempt.pk)}
    attempts = list(
        assessment.attempts_of(attempt.quiz, enrolment.learner, attempt.round).filter(submitted_at__isnull=False)
    )
    counted = assessment.result(attempt.quiz, attempts)
    verb = Verb.PASSED if counted and counted.passed else Verb.FAILED
    return [Act(verb, f"attempt:{attempt.pk}", activity, result=result)]
