"""How many hours a person owes in a period: what the plan says, less what exceptions take."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import ROUND_CEILING, Decimal

from courses.training.owed.facts import Exemption, Period, Rule

HALF = Decimal("0.5")


@dataclass(frozen=True)
class Required:
    """Hours owed, and why they are fewer than the plan says: a kind and how many hours it takes, each."""

    hours: Decimal
    is_exempt: bool = False
    reductions: tuple[tuple[str, Decimal], ...] = field(default=())


def required(rule: Rule, period: Period, exemptions: Iterable[Exemption]) -> Required:
    """Day by day over the period, rounded up to half an hour.

    An exemption that holds on the last day lifts the whole plan. For newcomers' plans leave gives time instead.
    """
    found = [one for one in exemptions if one.starts_on <= period.due_on and one.ends_on >= period.begins_on]
    if any(one.kind == "exemption" and one.starts_on <= period.due_on <= one.ends_on for one in found):
        return Required(Decimal(0), is_exempt=True, reductions=(("exemption", rule.hours),))
    total = (period.due_on - period.starts_on).days + 1
    first = period.begins_on if rule.is_prorated else period.starts_on
    owed = min(rule.hours, _halves(rule.hours * ((period.due_on - first).days + 1) / total))
    reductions = [("joined", rule.hours - owed)] if owed < rule.hours else []
    full, counted = owed, list[Exemption]()
    for kind in ("leave", "part-time", "exemption"):
        if kind == "leave" and rule.period == "joining":
            continue
        counted += [one for one in found if one.kind == kind]
        left = min(owed, _halves(max(Decimal(0), full - rule.hours * _lost(first, period.due_on, counted) / total)))
        if left < owed:
            reductions.append((kind, owed - left))
            owed = left
    return Required(owed, is_exempt=owed == 0 and rule.hours > 0, reductions=tuple(reductions))


def _lost(first: date, last: date, exemptions: list[Exemption]) -> Decimal:
    """Days that are not owed, in part or in full; on a day with several exceptions the strongest holds."""
    days: dict[date, Decimal] = {}
    for one in exemptions:
        day = max(first, one.starts_on)
        while day <= min(last, one.ends_on):
            days[day] = max(days.get(day, Decimal(0)), 1 - one.part)
            day += timedelta(days=1)
    return sum(days.values(), Decimal(0))


def _halves(hours: Decimal) -> Decimal:
    return (hours / HALF).to_integral_value(ROUND_CEILING) * HALF
