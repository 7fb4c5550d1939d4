"""How acts become statements. Only ``courses.records.api`` calls this."""

import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import lru_cache
from typing import Any
from uuid import UUID

from django.utils import timezone

from courses.catalogue.models import CourseVersion
from courses.catalogue.outline import Step, steps_of
from courses.enrolment.models import Enrolment
from courses.records import timing
from courses.records.acts import Act, ActRefused
from courses.records.chain import statement_hash
from courses.records.derive import State, required
from courses.records.models import CountedTime, EnrolmentProgress, Statement
from courses.records.replay import fill, replayed, state_of
from courses.records.spans import Span
from courses.records.verbs import PLAYED_SEGMENTS, POSITION, Verb

# Asked after each act: the acts that follow from where the person stands now, such as a completion.
Consequences = Callable[[State, Act], Iterable[Act]]
# Asked before each new act: why it cannot be now, or nothing.
Permission = Callable[[State, Act], str]


@dataclass
class Entry:
    """What became of one act: the statement, or why it was refused. ``is_new`` is false for one that was known."""

    act: Act
    statement: Statement | None = None
    refused: str = ""
    is_new: bool = False


@dataclass
class Writing:
    """One enrolment's record while it is written to: locked, with its end, its state and what is to be added."""

    enrolment: Enrolment
    progress: EnrolmentProgress
    steps: tuple[Step, ...]
    now: datetime
    state: State
    revision: str
    known: dict[str, Statement]
    time: CountedTime | None = None
    spans: list[Span] = field(default_factory=list)
    added: list[Statement] = field(default_factory=list)


def write(
    enrolment: Enrolment, acts: Sequence[Act], follow: Consequences | None, allow: Permission | None
) -> tuple[list[Entry], Writing]:
    """Adds the acts in their order, each once. Call it inside a transaction."""
    writing = _open(enrolment, acts)
    entries = []
    for act in acts:
        entry = _take(writing, act, allow)
        entries.append(entry)
        if entry.is_new and follow:
            for consequence in follow(writing.state, act):
                _take(writing, consequence)
    _complete(writing)
    _close(writing)
    return entries, writing


def _open(enrolment: Enrolment, acts: Sequence[Act]) -> Writing:
    timed = any(act.span for act in acts)
    # Always in this order, so that two writers never wait for each other in a circle.
    time = _locked_time(enrolment) if timed else None
    progress = _locked_progress(enrolment)
    progress.enrolment = enrolment
    state = state_of(progress)
    known = Statement.objects.filter(enrolment=enrolment, key__in={act.key for act in acts})
    return Writing(
        enrolment=enrolment,
        progress=progress,
        steps=steps_of(enrolment.version_id),
        now=timezone.now(),
        state=state,
        revision=str(version_number(enrolment.version_id)),
        known={statement.key: statement for statement in known},
        time=time,
        spans=[(start, end) for start, end in json.loads(time.spans)] if time else [],
    )


def _locked_progress(enrolment: Enrolment) -> EnrolmentProgress:
    """The row that stands for the enrolment's record: whoever holds it writes, everyone else waits."""
    rows = EnrolmentProgress.objects.select_for_update()
    found = rows.filter(pk=enrolment.pk).first()
    if found is None:
        # None yet, or thrown away: it follows from the statements that there are.
        EnrolmentProgress.objects.bulk_create([replayed(enrolment)], ignore_conflicts=True)
        found = rows.get(pk=enrolment.pk)
    return found


def _locked_time(enrolment: Enrolment) -> CountedTime:
    rows = CountedTime.objects.select_for_update()
    found = rows.filter(pk=enrolment.learner_id).first()
    if found is None:
        CountedTime.objects.bulk_create([CountedTime(learner_id=enrolment.learner_id)], ignore_conflicts=True)
        found = rows.get(pk=enrolment.learner_id)
    return found


@lru_cache(maxsize=4096)
def version_number(version: UUID) -> int:
    """The number of a version, which it keeps: asked of the database once."""
    return CourseVersion.objects.values_list("number", flat=True).get(pk=version)


def _take(writing: Writing, act: Act, allow: Permission | None = None) -> Entry:
    known = writing.known.get(act.key)
    if known:
        return Entry(act, known)
    if allow and (reason := allow(writing.state, act)):
        return Entry(act, refused=reason)
    try:
        result = _result(writing, act)
        statement = _append(writing, act, result)
    except ActRefused as refused:
        return Entry(act, refused=refused.code)
    return Entry(act, statement, is_new=True)


def _result(writing: Writing, act: Act) -> dict[str, Any]:
    result = dict(act.result)
    if act.span is None:
        return result
    step = _step(writing, act)
    counted = timing.count(
        act,
        taken=writing.spans,
        now=timing.milliseconds(writing.now),
        enrolled=timing.milliseconds(writing.enrolment.enrolled_at),
        spent=writing.state.at_activity(str(step.key)).spent,
        minutes=step.minutes,
    )
    if act.segments:
        result[POSITION] = act.segments[-1][1]
        result[PLAYED_SEGMENTS] = timing.count_segments(act, counted, step.media_seconds * timing.SECOND)
    writing.spans = timing.remember(writing.spans, counted.spans)
    result |= {"spans": counted.spans, "duration": f"PT{counted.milliseconds / timing.SECOND:.3f}S"}
    if counted.flags:
        result |= {"flags": counted.flags, "claimed": act.active}
    return result


def _step(writing: Writing, act: Act) -> Step:
    for step in writing.steps:
        if step.pk == act.activity:
            return step
    raise ActRefused("not-in-this-course")


def _append(writing: Writing, act: Act, result: dict[str, Any]) -> Statement:
    step = _step(writing, act) if act.activity else None
    progress = writing.progress
    statement = Statement(
        enrolment=writing.enrolment,
        sequence=progress.sequence + 1,
        verb=act.verb,
        activity_id=act.activity,
        part=act.part,
        result=result,
        context={"revision": writing.revision, **act.context},
        key=act.key,
        happened_at=act.happened_at,
        stored_at=writing.now,
        previous_hash=progress.hash,
    )
    statement.hash = statement_hash(statement)
    progress.sequence, progress.hash = statement.sequence, statement.hash
    writing.state.add(act.verb, str(step.key) if step else None, result, writing.now)
    writing.known[act.key] = statement
    writing.added.append(statement)
    return statement


def _complete(writing: Writing) -> None:
    """The completion of the course follows from that of its last required activity, once."""
    needed = required(writing.steps)
    if writing.state.completed_at is None and needed and needed <= writing.state.done():
        _append(writing, Act(Verb.COMPLETED, "completed:course"), {"completion": True})


def _close(writing: Writing) -> None:
    if not writing.added:
        return
    Statement.objects.bulk_create(writing.added)
    fill(writing.progress, writing.state)
    writing.progress.save(force_update=True)
    if writing.time:
        writing.time.spans = json.dumps(writing.spans, separators=(",", ":"))
        writing.time.save(force_update=True)
