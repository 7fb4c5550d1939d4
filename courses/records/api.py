"""The only door into the learning record, and what is derived from it."""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Count, Max, Q
from django.dispatch import Signal
from django.utils import timezone

from courses.catalogue.api import activities_of
from courses.catalogue.models import Activity
from courses.enrolment.models import Enrolment
from courses.records.models import Statement

Verb = Statement.Verb
# Sent once per enrolment, inside the transaction that records the completion of the whole course.
# Keyword arguments: enrolment, statement.
course_completed = Signal()


@dataclass(frozen=True)
class Progress:
    """Where a learner stands. ``resume_at`` is the first activity not done, or the last one."""

    activities: list[Activity]
    done: frozenset[int]
    launched: int | None
    completed_at: datetime | None

    @property
    def percent(self) -> int:
        return round(100 * len(self.done) / len(self.activities)) if self.activities else 0

    @property
    def is_complete(self) -> bool:
        return self.completed_at is not None

    @property
    def resume_at(self) -> Activity | None:
        """The activity opened last if it is not done yet, otherwise the first that is not done."""
        open_ones = [activity for activity in self.activities if activity.pk not in self.done]
        for activity in open_ones:
            if activity.pk == self.launched:
                return activity
        candidates = open_ones or self.activities[-1:]
        return candidates[0] if candidates else None


@transaction.atomic
def record(
    enrolment: Enrolment,
    verb: Statement.Verb,
    activity: Activity | None = None,
    *,
    key: str,
    result: dict[str, Any] | None = None,
) -> Statement:
    """Add one statement to an enrolment's record and return it.

    ``key`` names the act: recording the same act again (a double click, a retry) returns the statement
    that is already there. When the statement completes the last activity, the completion of the course
    is recorded too, once, and ``course_completed`` is sent in the same transaction. Raises
    ``ValueError`` for an activity of another course.
    """
    if activity is not None and activity.module.course_id != enrolment.course_id:
        raise ValueError("The activity does not belong to the enrolment's course.")
    # The lock makes statements of one enrolment wait for each other, so the chain never forks.
    Enrolment.objects.select_for_update().get(pk=enrolment.pk)
    known = Statement.objects.filter(enrolment=enrolment, key=key).first()
    if known:
        return known
    statement = _append(enrolment, verb, activity, key, result or {})
    if verb == Verb.COMPLETED and activity is not None:
        _complete_course(enrolment)
    return statement


def _append(
    enrolment: Enrolment, verb: Statement.Verb, activity: Activity | None, key: str, result: dict[str, Any]
) -> Statement:
    last = Statement.objects.filter(enrolment=enrolment).order_by("-sequence").first()
    statement = Statement(
        enrolment=enrolment,
        sequence=last.sequence + 1 if last else 1,
        verb=verb,
        activity=activity,
        result=result,
        key=key,
        stored_at=timezone.now(),
        previous_hash=last.hash if last else "",
    )
    statement.hash = statement_hash(statement)
    statement.save(force_insert=True)
    return statement


def _complete_course(enrolment: Enrolment) -> None:
    progress = progress_of(enrolment)
    if progress.is_complete or len(progress.done) < len(progress.activities):
        return
    statement = _append(enrolment, Verb.COMPLETED, None, "completed:course", {"completion": True})
    course_completed.send(sender=Statement, enrolment=enrolment, statement=statement)


def statement_hash(statement: Statement) -> str:
    """SHA-256 over the statement as canonical JSON (sorted keys, UTF-8) and the hash before it."""
    content = {
        "id": str(statement.id),
        "enrolment": str(statement.enrolment_id),
        "sequence": statement.sequence,
        "verb": str(statement.verb),
        "activity": statement.activity_id,
        "result": statement.result,
        "key": statement.key,
        "stored_at": statement.stored_at.isoformat(),
        "previous_hash": statement.previous_hash,
    }
    return hashlib.sha256(json.dumps(content, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


def first_broken_link(enrolment: Enrolment) -> int | None:
    """The sequence number of the first statement that was altered, removed or put in; ``None`` if all is well."""
    previous = ""
    for expected, statement in enumerate(enrolment.statements.order_by("sequence"), start=1):
        intact = statement.sequence == expected and statement.previous_hash == previous
        if not intact or statement.hash != statement_hash(statement):
            return expected
        previous = statement.hash
    return None


def progress_of(enrolment: Enrolment) -> Progress:
    """Derived from the record alone. Two queries."""
    done: set[int] = set()
    launched, completed_at = None, None
    for statement in enrolment.statements.order_by("sequence"):
        if statement.verb == Verb.COMPLETED and statement.activity_id:
            done.add(statement.activity_id)
        elif statement.verb == Verb.COMPLETED:
            completed_at = statement.stored_at
        elif statement.verb == Verb.LAUNCHED:
            launched = statement.activity_id
    activities = activities_of(enrolment.course)
    known = {activity.pk for activity in activities}
    return Progress(activities, frozenset(done & known), launched, completed_at)


@dataclass(frozen=True)
class Standing:
    """One enrolment in a report."""

    done: int
    completed_at: datetime | None


def standings(enrolments: Iterable[Enrolment]) -> dict[UUID, Standing]:
    """How far each enrolment has come, in one query whatever their number."""
    completed = Q(verb=Verb.COMPLETED)
    rows = (
        Statement.objects.filter(enrolment__in=[enrolment.pk for enrolment in enrolments])
        .order_by()
        .values("enrolment")
        .annotate(
            done=Count("activity", filter=completed, distinct=True),
            completed_at=Max("stored_at", filter=completed & Q(activity__isnull=True)),
        )
    )
    return {row["enrolment"]: Standing(row["done"], row["completed_at"]) for row in rows}
