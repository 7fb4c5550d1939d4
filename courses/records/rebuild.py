"""Making anew what is derived from the statements, a few hundred people at a time."""

import json
from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import Any

from django.db import transaction

from courses.catalogue.models import Activity
from courses.enrolment.models import Enrolment
from courses.records import timing
from courses.records.models import CountedTime, EnrolmentProgress, Statement
from courses.records.replay import COLUMNS, fold
from courses.records.spans import Span

PEOPLE_AT_A_TIME = 500


def rebuild() -> Iterator[int]:
    """Rebuilds all progress and counted time; yields the number of statements read after each portion."""
    keys = {pk: str(key) for pk, key in Activity.objects.values_list("pk", "key")}
    learners = Enrolment.objects.order_by("learner").values_list("learner", flat=True).distinct()
    portion: list[int] = []
    for learner in learners.iterator():
        portion.append(learner)
        if len(portion) == PEOPLE_AT_A_TIME:
            yield _rebuild_people(portion, keys)
            portion = []
    if portion:
        yield _rebuild_people(portion, keys)


@transaction.atomic
def _rebuild_people(learners: list[int], keys: dict[int, str]) -> int:
    # Writers lock a person's time before an enrolment's progress; so do we, and they wait.
    list(CountedTime.objects.select_for_update().filter(pk__in=learners).order_by("pk").values_list("pk"))
    enrolments = {
        enrolment.pk: enrolment for enrolment in Enrolment.objects.filter(learner__in=learners).order_by("pk")
    }
    list(EnrolmentProgress.objects.select_for_update().filter(pk__in=enrolments).order_by("pk").values_list("pk"))
    spans: dict[int, list[Span]] = {}
    rows: list[EnrolmentProgress] = []
    count = 0
    statements = Statement.objects.filter(enrolment__learner__in=learners).order_by("enrolment_id", "sequence")
    for pk, found in groupby(statements.values_list(*COLUMNS).iterator(5000), key=lambda row: row[0]):
        enrolment = enrolments[pk]
        taken = spans.setdefault(enrolment.learner_id, [])
        read = _collecting(found, taken)
        rows.append(fold(enrolment, read, keys))
        count += rows[-1].sequence
    _store(rows, spans)
    return count


def _collecting(rows: Iterable[tuple[Any, ...]], spans: list[Span]) -> Iterator[tuple[Any, ...]]:
    """The rows as they come, with the time they count put aside."""
    for row in rows:
        spans.extend((start, end) for start, end in row[4].get("spans", ()))
        yield row


def _store(rows: list[EnrolmentProgress], spans: dict[int, list[Span]]) -> None:
    fields = [field.name for field in EnrolmentProgress._meta.concrete_fields if not field.primary_key]
    EnrolmentProgress.objects.bulk_create(
        rows, update_conflicts=True, unique_fields=["enrolment"], update_fields=fields, batch_size=500
    )
    times = [
        CountedTime(learner_id=learner, spans=json.dumps(timing.remember([], found), separators=(",", ":")))
        for learner, found in spans.items()
        if found
    ]
    CountedTime.objects.bulk_create(
        times, update_conflicts=True, unique_fields=["learner"], update_fields=["spans"], batch_size=500
    )


def derived_bytes() -> bytes:
    """All that is derived, in one order, as bytes: what a rebuild must reproduce."""
    progress = EnrolmentProgress.objects.order_by("pk").values_list()
    time = CountedTime.objects.exclude(spans="[]").order_by("pk").values_list()
    lines = [*map(repr, progress), *map(repr, time)]
    return "\n".join(lines).encode()
