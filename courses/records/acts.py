"""What may be recorded: an act of a learner, with the time they say it took or the stretch they say they played."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from courses.records.spans import Span
from courses.records.verbs import Verb


@dataclass(frozen=True)
class Act:
    """One act, not stored yet. ``key`` names it: an act with a key that is known is not stored again.

    ``span`` is the time that a browser says the person was active, in milliseconds since 1970 by our clock,
    ``active`` how many of these milliseconds; ``segments`` are stretches of a film in milliseconds from its start.
    ``is_observed``: the span lies between two requests that we saw ourselves, so that it may be long.
    """

    verb: Verb
    key: str
    activity: int | None = None
    part: str = ""
    result: Mapping[str, Any] = field(default_factory=dict)
    context: Mapping[str, Any] = field(default_factory=dict)
    happened_at: datetime | None = None
    span: Span | None = None
    active: int = 0
    segments: tuple[Span, ...] = ()
    is_observed: bool = False


class ActRefused(Exception):
    """An act that cannot have been; ``code`` says why. Nothing of it is stored, and nothing else is touched."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code
