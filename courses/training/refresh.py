"""Keeping what people owe up to date: for one person when something happens, for everybody once a day."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from cms.accounts.models import User
from cms.directory.models import Membership
from courses.training.facts import Facts, facts_of, rules
from courses.training.models import Obligation
from courses.training.owed.earned import earned
from courses.training.owed.facts import Period, Place, Rule
from courses.training.owed.periods import period_of
from courses.training.owed.required import required
from courses.training.owed.scope import binds

AT_ONCE = 1000  # people whose facts are held in memory
# Up to a quarter of the time somebody may be behind an even pace before they are called so.
SLACK = 0.25
KEPT = [
    *("due_on", "begins_at", "due_at", "on_track_until", "hours_required", "hours_earned", "hours_carried"),
    *("courses_required", "courses_done", "done_at", "is_exempt", "left_on", "is_shared", "grade", "audience"),
    *("cohort", "because", "joined_on", "reductions"),
]


def refresh(people: Iterable[int] | None = None, *, now: datetime | None = None) -> int:
    """Works out anew what these people owe (everybody, if none are named); how many rows that changed."""
    now, found_rules = now or timezone.now(), rules()
    everybody = people if people is not None else _everybody(timezone.localdate(now))
    return sum(_refresh(set(some), found_rules, now) for some in _in_batches(everybody))


def _in_batches(people: Iterable[int]) -> Iterator[list[int]]:
    batch: list[int] = []
    for person in people:
        batch.append(person)
        if len(batch) == AT_ONCE:
            yield batch
            batch = []
    if batch:
        yield batch


def _everybody(today: date) -> Iterator[int]:
    """Who is a learner somewhere, and who owes something still."""
    learners = Membership.objects.learners().in_force(today).values("user")
    owing = Obligation.objects.open().values("learner")
    people = User.objects.filter(Q(pk__in=learners) | Q(pk__in=owing)).order_by("pk")
    yield from people.values_list("pk", flat=True).iterator(chunk_size=AT_ONCE)


@transaction.atomic
def _refresh(people: Collection[int], found_rules: list[Rule], now: datetime) -> int:
    # Two who refresh the same person wait for each other here, so that the later one sees what the first one saw.
    list(User.objects.select_for_update(no_key=True).filter(pk__in=people).order_by("pk").values_list("pk"))
    facts = facts_of(people, timezone.localdate(now))
    changed: list[Obligation] = []
    for person in people:
        changed += _Person(person, facts, found_rules, now).changed()
    Obligation.objects.bulk_create(
        changed,
        update_conflicts=True,
        unique_fields=["learner", "plan", "organisation", "starts_on"],
        update_fields=KEPT,
        batch_size=500,
    )
    return len(changed)


@dataclass
class _Person:
    """One person's rows, as they should be now."""

    person: int
    facts: Facts
    rules: list[Rule]
    now: datetime

    def changed(self) -> list[Obligation]:
        """The rows that are new or differ from what is stored."""
        before = {(row.plan_id, row.organisation_id, row.starts_on): row for row in self.facts.obligations[self.person]}
        values = {key: _values(row) for key, row in before.items()}
        rows = [row for rule in self.rules for row in self._under(rule, before)]
        touched = {(row.plan_id, row.organisation_id, row.starts_on) for row in rows}
        rows += [self._left_over(row) for key, row in before.items() if key not in touched]
        return [row for row in rows if values.get((row.plan_id, row.organisation_id, row.starts_on)) != _values(row)]

    def _under(self, rule: Rule, before: dict[tuple[int, int, date], Obligation]) -> list[Obligation]:
        rows = []
        for place in self.facts.places[self.person]:
            match = binds(rule, self.person, place, self.facts.cohorts[self.person])
            exemptions = self.facts.exemptions[self.person, rule.plan]
            period = period_of(rule, place, self._today(place), exemptions)
            if match is None or period is None:
                continue
            key = (rule.plan, place.organisation, period.starts_on)
            row = before.get(key) or Obligation(
                plan_id=rule.plan,
                learner_id=self.person,
                organisation_id=place.organisation,
                starts_on=period.starts_on,
            )
            row.because, row.cohort_id = match.because, match.cohort
            row.grade, row.audience_id, row.joined_on, row.left_on = place.grade, place.audience, place.joined_on, None
            self._owe(row, rule, place, period)
            rows.append(row)
        for row in rows:
            row.is_shared = len(rows) > 1
        return rows

    def _owe(self, row: Obligation, rule: Rule, place: Place, period: Period) -> None:
        owed = required(rule, period, self.facts.exemptions[self.person, rule.plan])
        row.due_on = period.due_on
        row.begins_at = _midnight(period.begins_on, place.zone)
        row.due_at = _midnight(period.due_on + timedelta(days=1), place.zone)
        row.hours_required, row.is_exempt = owed.hours, owed.is_exempt
        row.courses_required = 0 if owed.is_exempt else len(rule.courses)
        row.reductions = [[kind, str(hours.normalize())] for kind, hours in owed.reductions]
        row.hours_carried = self._carried(rule, period)
        self._earn(row, rule, period)

    def _earn(self, row: Obligation, rule: Rule, period: Period) -> None:
        found = earned(
            rule,
            period,
            self.facts.lines[self.person],
            owed=row.hours_required,
            carried=row.hours_carried,
            today=timezone.localdate(self.now),
            begins=row.begins_at,
        )
        row.hours_earned, row.courses_done = found.hours, min(found.courses, row.courses_required)
        row.done_at = None if row.is_exempt else found.done_at
        row.on_track_until = row.begins_at + (row.due_at - row.begins_at) * min(1.0, _share(row) + SLACK)

    def _carried(self, rule: Rule, period: Period) -> Decimal:
        """What was earned above what was owed in the period before, as far as the plan lets it over."""
        for row in self.facts.obligations[self.person]:
            if rule.carry_over and row.plan_id == rule.plan and row.due_on == period.starts_on - timedelta(days=1):
                return max(Decimal(0), min(rule.carry_over, row.hours_earned - row.hours_required))
        return Decimal(0)

    def _left_over(self, row: Obligation) -> Obligation:
        """A row that no rule asks for now: its period is over, or the person has left the unit or the audience.

        What was owed then stays as it was. What is entered later for days within the period still counts.
        """
        rule = next((rule for rule in self.rules if rule.plan == row.plan_id), None)
        if row.due_at > self.now or (rule and rule.period == "joining"):
            row.left_on = row.left_on or (None if row.done_at else timezone.localdate(self.now))
        elif rule and row.left_on is None and not row.is_exempt:
            self._earn(row, rule, Period(row.starts_on, row.starts_on, row.due_on))
        return row

    def _today(self, place: Place) -> date:
        return timezone.localdate(self.now, place.zone)


def _values(row: Obligation) -> tuple:
    names = [name if name not in {"audience", "cohort"} else f"{name}_id" for name in KEPT]
    return tuple(getattr(row, name) for name in names)


def _share(row: Obligation) -> float:
    """How much of what is owed is done: the lesser of hours and courses, 0 to 1."""
    shares = [1.0]
    if row.hours_required:
        shares.append(float(row.hours_counted / row.hours_required))
    if row.courses_required:
        shares.append(row.courses_done / row.courses_required)
    return min(shares)


def _midnight(day: date, zone: ZoneInfo) -> datetime:
    """The first moment of a day in a zone."""
    return datetime.combine(day, time(), zone).astimezone(UTC)
