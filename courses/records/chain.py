"""The hash over each statement and the one before it, and what checking the chain finds."""

import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from courses.records.models import Statement


def statement_hash(statement: Statement) -> str:
    """SHA-256 over the statement as canonical JSON (sorted keys, UTF-8) and the hash before it."""
    text = json.dumps(content_of(statement), sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()


def content_of(statement: Statement) -> dict[str, Any]:
    """What the hash covers. What a statement leaves empty is left out, so that a field added to the record in a later
    edition of Imprint changes no hash that was there before."""
    content: dict[str, Any] = {
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
    if statement.part:
        content["part"] = statement.part
    if statement.context:
        content["context"] = statement.context
    if statement.happened_at:
        content["happened_at"] = statement.happened_at.isoformat()
    return content


@dataclass(frozen=True)
class Fault:
    """Something wrong in a record: ``what`` is altered, missing, out-of-order or cut-off."""

    enrolment: UUID
    sequence: int
    what: str

    def __str__(self) -> str:
        return f"{self.enrolment} #{self.sequence}: {self.what}"


def faults(statements: Iterable[Statement], end: tuple[int, str] | None = None) -> Iterator[Fault]:
    """Every fault in the statements of one enrolment, which come by sequence.

    ``end`` is the sequence and hash of the last statement that progress was derived from: a record that
    does not reach it has been cut off.
    """
    previous, sequence, enrolment = "", 0, None
    for statement in statements:
        enrolment = statement.enrolment_id
        for missing in range(sequence + 1, statement.sequence):
            yield Fault(enrolment, missing, "missing")
        if statement.hash != statement_hash(statement):
            yield Fault(enrolment, statement.sequence, "altered")
        elif statement.sequence == sequence + 1 and statement.previous_hash != previous:
            yield Fault(enrolment, statement.sequence, "out-of-order")
        previous, sequence = statement.hash, statement.sequence
    if end and enrolment:
        for missing in range(sequence + 1, end[0] + 1):
            yield Fault(enrolment, missing, "cut-off")
        if end[0] == sequence and end[1] != previous:
            yield Fault(enrolment, sequence, "altered")
