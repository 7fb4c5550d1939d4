"""What of the ledger counts for a plan in a period, and when it was enough."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from courses.training.owed.facts import Line, Period, Rule


@dataclass(frozen=True)
class Earned:
    """Hours in the period, required courses that are done, and when both were enough."""

    hours: Decimal
    courses: int
    done_at: datetime | None


def earned(
    rule: Rule, period: Period, lines: Iterable[Line], *, owed: Decimal, carried: Decimal, today: date, begins: datetime
) -> Earned:
    """Walks the ledger in the order in which it was written.

    A course counts once in a period, unless the plan says that repeats count. A required course is done by any
    completion whose certificate still holds, also an earlier one; its hours count in the period in which they
    were earned. What was revoked counts for nothing.
    """
    lines = sorted(lines, key=lambda line: line.entered_at)
    revoked = {line.certificate for line in lines if line.certificate and line.source == "correction"}
    hours, seen, done = Decimal(0), set[int](), set[int]()
    done_at = begins if owed <= carried and not rule.courses else None
    for line in lines:
        if line.certificate in revoked or not _has_score(rule, line):
            continue
        if line.course in rule.courses and (line.valid_until is None or line.valid_until >= today):
            done.add(line.course)  # type: ignore[arg-type]
        if _is_in(rule, period, line) and counts(rule, line) and _is_first(rule, line, seen):
            hours += line.hours
        is_enough = hours + carried >= owed and done >= rule.courses
        done_at = (done_at or max(line.entered_at, begins)) if is_enough else None
    return Earned(hours, len(done), done_at)


def counts(rule: Rule, line: Line) -> bool:
    """Whether the plan takes a line: a required course, an elective by topic and audience, or training about it."""
    if line.plan is not None:
        return line.plan == rule.plan
    if line.source == "correction" and not line.certificate:
        return True
    if line.course is not None and line.course in rule.courses:
        return True
    if rule.topics and not (rule.topics & line.topics) and (line.topics or line.source == "course"):
        return False
    if line.source == "course":
        asks_audience = bool(rule.audience_slugs and line.audiences)
        is_for_them = not asks_audience or bool(rule.audience_slugs & line.audiences)
        return is_for_them and bool(rule.topics or not rule.courses)
    return True


def _is_in(rule: Rule, period: Period, line: Line) -> bool:
    return line.earned_on >= period.starts_on and (rule.period == "joining" or line.earned_on <= period.due_on)


def _has_score(rule: Rule, line: Line) -> bool:
    return line.score is None or line.score >= rule.minimum_score


def _is_first(rule: Rule, line: Line, seen: set[int]) -> bool:
    if line.course is None or rule.counts_repeats:
        return True
    if line.course in seen:
        return False
    seen.add(line.course)
    return True
