"""From statements to progress: by the whole record of one enrolment, or statement by statement as it grows."""

from collections.abc import Iterable, Mapping
from typing import Any

from courses.catalogue.models import Activity
from courses.catalogue.outline import steps_of
from courses.enrolment.models import Enrolment
from courses.records.derive import State, required
from courses.records.models import EnrolmentProgress, Statement
from courses.records.timing import SECOND

COLUMNS = ("enrolment_id", "sequence", "verb", "activity_id", "result", "stored_at", "hash")


def replayed(enrolment: Enrolment) -> EnrolmentProgress:
    """The progress that follows from the statements there are, unsaved."""
    rows = list(Statement.objects.filter(enrolment=enrolment).order_by("sequence").values_list(*COLUMNS))
    activities = {row[3] for row in rows if row[3]}
    keys = Activity.objects.filter(pk__in=activities).values_list("pk", "key") if activities else []
    return fold(enrolment, rows, {pk: str(key) for pk, key in keys})


def fold(enrolment: Enrolment, rows: Iterable[tuple[Any, ...]], keys: Mapping[int, str]) -> EnrolmentProgress:
    """The progress that follows from rows of ``COLUMNS``, in their order. ``keys`` are those of the activities."""
    progress, state = EnrolmentProgress(enrolment=enrolment), State()
    for _pk, sequence, verb, activity, result, stored_at, digest in rows:
        state.add(verb, keys[activity] if activity else None, result, stored_at)
        progress.sequence, progress.hash = sequence, digest
    fill(progress, state)
    return progress


def fill(progress: EnrolmentProgress, state: State) -> None:
    """Writes a state into its row."""
    needed = required(steps_of(progress.enrolment.version_id))
    progress.state = state.to_text()
    progress.done = len(needed & state.done())
    progress.total = len(needed)
    progress.seconds = state.milliseconds // SECOND
    progress.flags = state.flags
    progress.started_at, progress.last_at = state.started_at, state.last_at
    progress.completed_at = state.completed_at


def state_of(progress: EnrolmentProgress) -> State:
    """The state that a row holds."""
    state = State(
        flags=progress.flags,
        started_at=progress.started_at,
        last_at=progress.last_at,
        completed_at=progress.completed_at,
    )
    state.load(progress.state)
    return state
