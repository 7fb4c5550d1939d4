"""What the rules look at: plans, places, lines of the ledger and exceptions, as plain values."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo


@dataclass(frozen=True)
class Place:
    """A learner's membership of a unit."""

    organisation: int
    path: str
    zone: ZoneInfo
    joined_on: date
    grade: str = ""
    audience: int | None = None


@dataclass(frozen=True)
class Assignment:
    """Whom a plan names; what is empty is not asked."""

    path: str = ""
    grade: str = ""
    cohort: int | None = None
    person: int | None = None


@dataclass(frozen=True)
class Rule:
    """A plan as it is in force."""

    plan: int
    period: str
    year: int
    hours: Decimal
    path: str = ""
    is_recurring: bool = False
    days: int = 0
    quiet_days: int = 0
    is_prorated: bool = False
    minimum_score: int = 0
    counts_repeats: bool = False
    carry_over: Decimal = Decimal(0)
    audiences: frozenset[int] = frozenset()
    audience_slugs: frozenset[str] = frozenset()
    topics: frozenset[str] = frozenset()
    courses: frozenset[int] = frozenset()
    assignments: tuple[Assignment, ...] = ()


@dataclass(frozen=True)
class Line:
    """A line of the ledger. ``valid_until`` is the last day of the certificate behind it, if it expires."""

    hours: Decimal
    earned_on: date
    entered_at: datetime
    source: str
    course: int | None = None
    certificate: object = None
    score: int | None = None
    plan: int | None = None
    topics: frozenset[str] = frozenset()
    audiences: frozenset[str] = frozenset()
    valid_until: date | None = None


@dataclass(frozen=True)
class Exemption:
    """An exception: on its days, only ``part`` (0 to 1) of the plan is owed."""

    kind: str
    starts_on: date
    ends_on: date
    part: Decimal = Decimal(0)


@dataclass(frozen=True)
class Period:
    """First and last day of what is counted, and the day from which the person is bound."""

    starts_on: date
    begins_on: date
    due_on: date
