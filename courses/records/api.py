"""The only door into the learning record, and what is derived from it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.dispatch import Signal

from courses.catalogue.api import outline_of
from courses.catalogue.models import Activity, CourseVersion
from courses.catalogue.outline import steps_of
from courses.enrolment.models import Enrolment
from courses.records.acts import Act, ActRefused
from courses.records.chain import Fault, faults
from courses.records.derive import Mark, State
from courses.records.door import Consequences, Entry, Permission, write
from courses.records.models import EnrolmentProgress, Statement
from courses.records.replay import replayed, state_of
from courses.records.verbs import Verb

__all__ = [
    "Act",
    "ActRefused",
    "Entry",
    "Mark",
    "Progress",
    "Recorded",
    "Standing",
    "State",
    "Verb",
    "course_completed",
    "first_fault",
    "keys_to_redo",
    "move",
    "progress_of",
    "progress_of_all",
    "record",
    "record_all",
    "standings",
]

# Sent once per enrolment, inside the transaction that records the completion of the whole course.
# Keyword arguments: enrolment, statement.
course_completed = Signal()


@dataclass(frozen=True)
class Recorded:
    """What became of each act, and where the learner stands after them."""

    entries: list[Entry]
    state: State


@dataclass(frozen=True)
class Progress:
    """Where a learner stands: the activities of their version, and what the record says of each."""

    activities: list[Activity]
    state: State
    flags: int = 0

    @property
    def done(self) -> frozenset[int]:
        """Primary keys of the activities that are done."""
        done = self.state.done()
        return frozenset(activity.pk for activity in self.activities if str(activity.key) in done)

    @property
    def percent(self) -> int:
        needed = [activity for activity in self.activities if not activity.is_optional]
        return round(100 * sum(activity.pk in self.done for activity in needed) / len(needed)) if needed else 0

    @property
    def completed_at(self) -> datetime | None:
        return self.state.completed_at

    @property
    def is_complete(self) -> bool:
        return self.completed_at is not None

    @property
    def launched(self) -> int | None:
        """The activity opened last."""
        return next((activity.pk for activity in self.activities if str(activity.key) == self.state.at), None)

    @property
    def resume_at(self) -> Activity | None:
        """The activity opened last if it is not done yet, otherwise the first that is not done, or the last one."""
        open_ones = [activity for activity in self.activities if activity.pk not in self.done]
        for activity in open_ones:
            if activity.pk == self.launched:
                return activity
        candidates = open_ones or self.activities[-1:]
        return candidates[0] if candidates else None

    def mark(self, activity: Activity) -> Mark:
        return self.state.at_activity(str(activity.key))


def record(
    enrolment: Enrolment,
    verb: Verb,
    activity: Activity | None = None,
    *,
    key: str,
    result: dict[str, Any] | None = None,
    context: dict[str, Any] | None = None,
) -> Statement:
    """Add one act to an enrolment's record and return its statement.

    ``key`` names the act: recording the same act again (a double click, a retry) returns the statement that is
    already there. Raises ``ActRefused`` for an activity that is not in the enrolment's version of the course.
    """
    act = Act(verb, key, activity.pk if activity else None, result=result or {}, context=context or {})
    entry = record_all(enrolment, [act]).entries[0]
    if entry.statement is None:
        raise ActRefused(entry.refused)
    return entry.statement


@transaction.atomic
def record_all(
    enrolment: Enrolment, acts: Sequence[Act], follow: Consequences | None = None, allow: Permission | None = None
) -> Recorded:
    """Add acts in their order, each once, and return what became of each: one that is refused stops no other.

    ``allow`` is asked before each new act why it cannot be; ``follow`` is asked after each new act for those that
    follow from it. When the last required activity is completed, the completion of the course is recorded too,
    once, and ``course_completed`` is sent in the same transaction.
    """
    if not acts:
        return Recorded([], State())
    entries, writing = write(enrolment, acts, follow, allow)
    for statement in writing.added:
        if statement.verb == Verb.COMPLETED and statement.activity_id is None:
            course_completed.send(sender=Statement, enrolment=enrolment, statement=statement)
    return Recorded(entries, writing.state)


@transaction.atomic
def move(enrolment: Enrolment, version: CourseVersion) -> None:
    """Takes an enrolment to another version of its course with its progress; the record says so.

    What the versions in between ask to be done again is open again. A completed enrolment stays as it is.
    """
    Enrolment.objects.select_for_update().get(pk=enrolment.pk)
    enrolment.refresh_from_db(fields=["version"])
    if enrolment.version_id == version.pk or progress_of(enrolment).is_complete:
        return
    before = enrolment.version.number
    redo = sorted(str(key) for key in keys_to_redo(enrolment.version, version))
    enrolment.version = version
    enrolment.save(update_fields=["version"])
    record(enrolment, Verb.REGISTERED, key=f"moved:{version.number}", result={"from": str(before), "redo": redo})


def keys_to_redo(before: CourseVersion, after: CourseVersion) -> set[UUID]:
    """Keys of the activities that were changed so much, on the way to a version, that they are done again."""
    between = CourseVersion.objects.filter(
        course=before.course_id, number__gt=before.number, number__lte=after.number
    ).values_list("pk", flat=True)
    return {step.key for pk in between for step in steps_of(pk) if step.must_be_redone}


def first_fault(enrolment: Enrolment) -> Fault | None:
    """The first statement that was altered, removed or put in; ``None`` if all is well."""
    row = EnrolmentProgress.objects.filter(pk=enrolment.pk).first()
    statements = enrolment.statements.order_by("sequence")
    return next(faults(statements, (row.sequence, row.hash) if row else None), None)


def progress_of(enrolment: Enrolment) -> Progress:
    """Where the learner stands in their version of the course. Two queries."""
    return progress_of_all([enrolment])[enrolment.pk]


def progress_of_all(enrolments: Sequence[Enrolment]) -> dict[UUID, Progress]:
    """Where each enrolment stands: two queries whatever their number, if each has its ``version`` at hand."""
    rows = EnrolmentProgress.objects.in_bulk([enrolment.pk for enrolment in enrolments])
    outlines = outline_of({enrolment.version for enrolment in enrolments})
    found = {}
    for enrolment in enrolments:
        row = rows.get(enrolment.pk) or replayed(enrolment)
        found[enrolment.pk] = Progress(outlines[enrolment.version_id], state_of(row), row.flags)
    return found


@dataclass(frozen=True)
class Standing:
    """One enrolment in a list: activities done of those required, and when all of them were."""

    done: int
    total: int
    completed_at: datetime | None
    seconds: int = 0
    flags: int = 0


def standings(enrolments: Iterable[Enrolment]) -> dict[UUID, Standing]:
    """How far each enrolment has come, in one query whatever their number."""
    rows = EnrolmentProgress.objects.filter(enrolment__in=[enrolment.pk for enrolment in enrolments])
    values = rows.values_list("pk", "done", "total", "completed_at", "seconds", "flags")
    return {
        pk: Standing(done, total, completed_at, seconds, flags)
        for pk, done, total, completed_at, seconds, flags in values
    }
