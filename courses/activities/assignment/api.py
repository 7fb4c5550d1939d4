"""Handing in and marking, with what each leaves in the record."""

import uuid
from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils.translation import get_language

from cms.accounts.models import User
from courses.activities.assignment.models import Criterion, Marking, Submission
from courses.activities.place import Place
from courses.activities.recording import tell
from courses.catalogue.outline import steps_of
from courses.records.api import Act, Verb


@transaction.atomic
def hand_in(place: Place, form_key: uuid.UUID, text: str, file: Any) -> Submission:
    """Stores a submission once, however often the form is sent, and records it."""
    submission, created = Submission.objects.get_or_create(
        form_key=form_key,
        defaults={
            "enrolment": place.enrolment,
            "activity": place.activity,
            "activity_key": place.activity.key,
            "text": text,
            "language": get_language() or "en",
        },
    )
    if created and file:
        ending = file.name.rpartition(".")[2].lower()
        submission.file_name = file.name[-200:]
        submission.file.save(f"{submission.pk}.{ending}", file)
    act = Act(
        Verb.SUBMITTED, f"submitted:{submission.pk}", place.activity.pk, result={"submission": str(submission.pk)}
    )
    tell(place.enrolment, [act])
    return submission


@transaction.atomic
def mark(submission: Submission, points: Mapping[str, int], comment: str, marker: User) -> Marking:
    """Stores what a marker gave, once, and records it. A second marker's points change nothing."""
    Submission.objects.select_for_update().get(pk=submission.pk)
    known = Marking.objects.filter(submission=submission).first()
    if known:
        return known
    criteria = list(submission.activity.criteria.all())
    possible = sum(criterion.points for criterion in criteria)
    earned = sum(_within(criterion, points) for criterion in criteria)
    rules = submission.activity.assignments.first()
    needed = rules.pass_percent if rules else 0
    marking = Marking.objects.create(
        submission=submission,
        points={str(criterion.key): _within(criterion, points) for criterion in criteria},
        earned=earned,
        possible=possible,
        comment=comment,
        passed=earned * 100 >= needed * possible,
        marker=marker,
    )
    _record(submission, marking)
    return marking


def _within(criterion: Criterion, points: Mapping[str, int]) -> int:
    return max(0, min(points.get(str(criterion.key), 0), criterion.points))


def _record(submission: Submission, marking: Marking) -> None:
    enrolment = submission.enrolment
    steps = steps_of(enrolment.version_id)
    activity = next((step.pk for step in steps if step.key == submission.activity_key), None)
    if activity is None:
        return
    score = {"raw": marking.earned, "min": 0, "max": marking.possible, "scaled": round(float(marking.scaled), 4)}
    result = {"score": score, "submission": str(submission.pk)}
    verb = Verb.PASSED if marking.passed else Verb.FAILED
    context = {"instructor": marking.marker_id}
    tell(enrolment, [Act(verb, f"marked:{submission.pk}", activity, result=result, context=context)])
