"""The period of a plan that a person is in on a day."""

from calendar import monthrange
from collections.abc import Iterable
from datetime import date, timedelta

from courses.training.owed.facts import Exemption, Period, Place, Rule

DAY = timedelta(days=1)


def period_of(rule: Rule, place: Place, today: date, exemptions: Iterable[Exemption] = ()) -> Period | None:
    """The period that holds on ``today``; ``None`` before the plan's first year, or before the person's first day.

    A calendar year's plan that does not recur has one period, also when its year is over. Leave makes the time that
    newcomers have longer, day by day.
    """
    if place.joined_on > today:
        return None
    quiet_until = place.joined_on + timedelta(days=rule.quiet_days)
    if rule.period == "joining":
        if place.joined_on.year < rule.year:
            return None
        due = quiet_until + timedelta(days=rule.days)
        return Period(place.joined_on, quiet_until, due + _leave(exemptions, quiet_until, due))
    start, end = _rolling(place.joined_on, today) if rule.period == "rolling" else _year(rule, today)
    if start is None or end is None or place.joined_on > end or end.year < rule.year:
        return None
    return Period(start, max(start, quiet_until), end)


def _year(rule: Rule, today: date) -> tuple[date | None, date | None]:
    year = max(today.year, rule.year) if rule.is_recurring else rule.year
    if year > today.year:
        return None, None
    return date(year, 1, 1), date(year, 12, 31)


def _rolling(joined_on: date, today: date) -> tuple[date, date]:
    years = today.year - joined_on.year
    if _anniversary(joined_on, joined_on.year + years) > today:
        years -= 1
    start = _anniversary(joined_on, joined_on.year + years)
    return start, _anniversary(joined_on, joined_on.year + years + 1) - DAY


def _anniversary(day: date, year: int) -> date:
    """The same day of a year; who joined on 29 February has it on 28 February in other years."""
    return date(year, day.month, min(day.day, monthrange(year, day.month)[1]))


def _leave(exemptions: Iterable[Exemption], start: date, due: date) -> timedelta:
    """Days of leave within the time that newcomers have. Days that two leaves share count once."""
    days: set[date] = set()
    for exemption in exemptions:
        if exemption.kind == "leave":
            day = max(exemption.starts_on, start)
            while day <= min(exemption.ends_on, due):
                days.add(day)
                day += DAY
    return timedelta(days=len(days))
