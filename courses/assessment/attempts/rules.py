"""What a quiz allows one person: how often, how long, until when, and what they may see afterwards."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from uuid import UUID

from django.db.models import Q

from cms.accounts.models import User
from courses.assessment.models import Accommodation, Attempt, Quiz

# A saved answer travels, and a phone in a tunnel tries again: this long after the end it still counts.
GRACE = timedelta(seconds=60)


@dataclass(frozen=True)
class Allowance:
    """The rules of a quiz as they apply to one person, with what they were granted beyond them."""

    attempts: int | None
    minutes: Decimal | None
    due_at: datetime | None

    def ends_at(self, started_at: datetime) -> datetime | None:
        """When an attempt begun then ends by itself."""
        ends = [self.due_at] if self.due_at else []
        if self.minutes is not None:
            ends.append(started_at + timedelta(seconds=float(self.minutes * 60)))
        return min(ends, default=None)

    def is_over(self, now: datetime) -> bool:
        return self.due_at is not None and now >= self.due_at


def allowance(quiz: Quiz, learner: User, activity_key: UUID) -> Allowance:
    """What ``learner`` may do in this quiz. What was granted for it goes before what was granted for all."""
    granted = Accommodation.objects.filter(Q(activity_key=activity_key) | Q(activity_key=None), learner=learner)
    rows = sorted(granted, key=lambda row: row.activity_key is None)
    extra = max((row.extra_time for row in rows), default=0)
    more = max((row.extra_attempts for row in rows), default=0)
    due_at = next((row.due_at for row in rows if row.due_at), quiz.due_at)
    return Allowance(
        attempts=quiz.attempts_allowed + more if quiz.attempts_allowed else None,
        minutes=Decimal(quiz.time_limit) * (100 + extra) / 100 if quiz.time_limit else None,
        due_at=due_at,
    )


def is_late(attempt: Attempt, now: datetime) -> bool:
    """Whether an answer that arrives now comes too late to count."""
    return attempt.ends_at is not None and now > attempt.ends_at + GRACE


@dataclass(frozen=True)
class Result:
    """What counts of all attempts: the share of points in percent, and whether that passes."""

    percent: Decimal
    passed: bool


def result(quiz: Quiz, attempts: Sequence[Attempt]) -> Result | None:
    """By the quiz's way of grading, over attempts that are marked, in the order in which they were begun."""
    marked = [attempt for attempt in attempts if attempt.passed is not None and attempt.points_possible]
    if not marked:
        return None
    shares = [100 * (attempt.points or 0) / Decimal(attempt.points_possible or 1) for attempt in marked]
    counted = {
        Quiz.Grading.BEST: max(shares),
        Quiz.Grading.LAST: shares[-1],
        Quiz.Grading.AVERAGE: sum(shares, Decimal(0)) / len(shares),
    }[Quiz.Grading(quiz.grading)]
    return Result(counted, passed=counted >= quiz.pass_percent)


def reveals(quiz: Quiz, allowed: Allowance, attempts: Sequence[Attempt], now: datetime) -> bool:
    """Whether answers and explanations may be shown after an attempt was handed in."""
    if quiz.reveal == Quiz.Reveal.SUBMITTED:
        return True
    if quiz.reveal == Quiz.Reveal.DUE:
        return allowed.due_at is not None and now >= allowed.due_at + GRACE
    if quiz.reveal == Quiz.Reveal.FINISHED:
        found = result(quiz, attempts)
        used_up = allowed.attempts is not None and len(attempts) >= allowed.attempts
        return bool(found and found.passed) or used_up
    return False
