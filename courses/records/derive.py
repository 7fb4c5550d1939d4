"""What follows from an enrolment's statements: a pure function of them, so that it can be made anew any time.

The state is kept as JSON with sorted keys, so that the same statements give the same bytes. Activities are
named by the key they keep in every version of the course.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from courses.catalogue.outline import Step
from courses.records.spans import Span, length, union
from courses.records.verbs import PLAYED_SEGMENTS, POSITION, Verb

SEEN = (Verb.ANSWERED, Verb.SUBMITTED, Verb.RESPONDED, Verb.ATTENDED, Verb.SCORED, Verb.PASSED, Verb.FAILED)


@dataclass
class Mark:
    """One activity: milliseconds spent, what was played and where the film was left, the share of points, when done."""

    spent: int = 0
    played: list[Span] = field(default_factory=list)
    position: int = 0
    scaled: float | None = None
    verbs: set[str] = field(default_factory=set)
    done_at: str | None = None

    @property
    def seconds(self) -> int:
        return self.spent // 1000

    def played_milliseconds(self) -> int:
        """How much of the film was played, each stretch once."""
        return length(self.played)

    def to_json(self) -> dict[str, Any]:
        found: dict[str, Any] = {
            "spent": self.spent,
            "played": self.played,
            "position": self.position,
            "scaled": self.scaled,
            "verbs": sorted(self.verbs),
            "done_at": self.done_at,
        }
        return {name: value for name, value in found.items() if value}

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> "Mark":
        return cls(
            spent=data.get("spent", 0),
            played=[(start, end) for start, end in data.get("played", ())],
            position=data.get("position", 0),
            scaled=data.get("scaled"),
            verbs=set(data.get("verbs", ())),
            done_at=data.get("done_at"),
        )


@dataclass
class State:
    """Where one enrolment stands after some of its statements."""

    marks: dict[str, Mark] = field(default_factory=dict)
    at: str | None = None
    flags: int = 0
    started_at: datetime | None = None
    last_at: datetime | None = None
    completed_at: datetime | None = None

    @property
    def milliseconds(self) -> int:
        return sum(mark.spent for mark in self.marks.values())

    def mark(self, key: str) -> Mark:
        return self.marks.setdefault(key, Mark())

    def at_activity(self, key: str) -> Mark:
        """What is known of an activity, without noting that it was asked for."""
        return self.marks.get(key) or Mark()

    def done(self) -> set[str]:
        """Keys of the activities that are done."""
        return {key for key, mark in self.marks.items() if mark.done_at}

    def to_text(self) -> str:
        marks = {key: mark.to_json() for key, mark in self.marks.items()}
        return json.dumps({"at": self.at, "marks": marks}, sort_keys=True, separators=(",", ":"))

    def load(self, text: str) -> None:
        data = json.loads(text)
        self.at = data.get("at")
        self.marks = {key: Mark.from_json(mark) for key, mark in data.get("marks", {}).items()}

    def add(self, verb: str, key: str | None, result: Mapping[str, Any], stored_at: datetime) -> None:
        """Takes one more statement into account. ``key`` is the activity's, ``None`` for the course."""
        self.started_at = self.started_at or stored_at
        self.last_at = stored_at
        if key is None:
            self._add_to_course(verb, result, stored_at)
            return
        mark = self.mark(key)
        if verb == Verb.LAUNCHED:
            self.at = key
        elif verb == Verb.COMPLETED:
            mark.done_at = mark.done_at or stored_at.isoformat()
        elif verb in (Verb.EXPERIENCED, Verb.PLAYED):
            self._add_time(mark, result)
        elif verb in SEEN:
            mark.verbs.add(str(verb))
        if "score" in result and verb in (Verb.PASSED, Verb.FAILED, Verb.SCORED):
            mark.scaled = max(mark.scaled or 0.0, result["score"].get("scaled", 0.0))

    def _add_to_course(self, verb: str, result: Mapping[str, Any], stored_at: datetime) -> None:
        if verb == Verb.COMPLETED:
            self.completed_at = self.completed_at or stored_at
        for key in result.get("redo", ()):
            if key in self.marks:
                self.marks[key] = Mark(spent=self.marks[key].spent)

    def _add_time(self, mark: Mark, result: Mapping[str, Any]) -> None:
        mark.spent += length((start, end) for start, end in result.get("spans", ()))
        if played := result.get(PLAYED_SEGMENTS):
            mark.played = union([*mark.played, *((start, end) for start, end in played)])
        mark.position = result.get(POSITION, mark.position)
        self.flags += len(result.get("flags", ()))


def required(steps: Iterable[Step]) -> set[str]:
    """Keys of the activities without which the course is not complete."""
    return {str(step.key) for step in steps if not step.is_optional}
