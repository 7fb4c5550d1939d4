"""What a learner's browser reports: acts in JSON, read strictly, each answered by itself."""

import json
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from courses.catalogue.kinds import kinds
from courses.catalogue.outline import Step, steps_of
from courses.enrolment.models import Enrolment
from courses.records.api import Act, ActRefused, Verb
from courses.records.timing import milliseconds

MOST_BYTES = 64 * 1024
MOST_ACTS = 200
MOST_SEGMENTS = 200
LONGEST_KEY = 60

REASONS = {
    "damaged": _("This is no act that we know."),
    "not-in-this-course": _("This activity is not in your course."),
    "not-for-browsers": _("Only the server records this."),
    "negative": _("It ends before it begins."),
    "future": _("It bears a time that has not come yet."),
    "too-old": _("It is older than a month, or from before you enrolled."),
    "beyond-the-end": _("It goes beyond the end of the film."),
    "not-yet": _("This activity is not done yet."),
}


class ReportRefused(Exception):
    """The whole report cannot be read."""


@dataclass(frozen=True)
class Report:
    """An act as the browser told it, or why it is none."""

    key: str
    act: Act | None
    refused: str = ""


def read(body: bytes, enrolment: Enrolment) -> list[Report]:
    """The acts in a report. Raises ``ReportRefused`` where it is no report at all."""
    try:
        data = json.loads(body)
        sent, acts = int(data["sent"]), list(data["acts"])
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise ReportRefused from error
    if len(acts) > MOST_ACTS:
        raise ReportRefused
    # Every time is told by the browser's clock: what counts is how long before the sending it was.
    offset = milliseconds(timezone.now()) - sent
    steps = {str(step.key): step for step in steps_of(enrolment.version_id)}
    return [_read_one(act, offset, steps) for act in acts]


def _read_one(data: Any, offset: int, steps: dict[str, Step]) -> Report:
    key = str(data.get("key", ""))[: LONGEST_KEY + 1] if isinstance(data, dict) else ""
    try:
        if not 8 <= len(key) <= LONGEST_KEY:
            raise ActRefused("damaged")
        return Report(key, _act(data, key, offset, steps))
    except ActRefused as refused:
        return Report(key, None, refused.code)
    except (ValueError, KeyError, TypeError, OverflowError):
        return Report(key, None, "damaged")


def _act(data: dict[str, Any], key: str, offset: int, steps: dict[str, Step]) -> Act:
    step = steps.get(str(data["activity"]))
    if step is None:
        raise ActRefused("not-in-this-course")
    verb = Verb(data["verb"])
    language = data.get("language")
    context = {"language": language} if language in dict(settings.LANGUAGES) else {}
    if verb == Verb.COMPLETED:
        return _said_done(step, data, offset, context)
    if verb not in kinds()[step.kind].reported:
        raise ActRefused("not-for-browsers")
    start, end = (_whole(moment) + offset for moment in data["span"])
    segments = [(_whole(one), _whole(other)) for one, other in data.get("segments", ())]
    if len(segments) > MOST_SEGMENTS:
        raise ActRefused("damaged")
    return Act(
        verb,
        f"browser:{key}",
        step.pk,
        context=context,
        happened_at=datetime.fromtimestamp(end / 1000, UTC),
        span=(start, end),
        active=_whole(data["active"]),
        segments=tuple(segments),
    )


def _said_done(step: Step, data: dict[str, Any], offset: int, context: dict[str, Any]) -> Act:
    """That an activity was read offline: whether its rule was met is looked at when it is recorded."""
    if not kinds()[step.kind].is_done_by_saying_so(step):
        raise ActRefused("not-for-browsers")
    at = _whole(data["at"]) + offset
    if at > milliseconds(timezone.now()) + 5000:
        raise ActRefused("future")
    happened_at = datetime.fromtimestamp(at / 1000, UTC)
    return Act(
        Verb.COMPLETED,
        f"completed:{step.pk}",
        step.pk,
        result={"completion": True},
        context=context,
        happened_at=happened_at,
    )


def _whole(value: Any) -> int:
    """A whole number of milliseconds; ``TypeError`` for anything else, true and false among them."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise TypeError
    return round(value)
