"""Continuing education of those on the register: hours of the ledger, by calendar year."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from cms.vocabulary.months import months_later
from courses.credentials.models import CreditEntry
from courses.intermediaries.models import RegisterEntry

SHOWN = 6  # years


@dataclass(frozen=True)
class Year:
    """Hours earned and owed in a calendar year."""

    year: int
    earned: Decimal
    owed: Decimal

    @property
    def missing(self) -> Decimal:
        return max(self.owed - self.earned, Decimal(0))


def recent_years(entry: RegisterEntry, today: date) -> list[Year]:
    """This year and the ones before it since the admission, the newest first."""
    first = max(entry.admitted_on.year, today.year - SHOWN + 1)
    return list(reversed(hours_by_year(entry, range(first, today.year + 1))))


def owed_for_renewal(entry: RegisterEntry) -> list[Year]:
    """The calendar years whose end lies in the term that runs out. None is owed for the year of the admission."""
    assert entry.valid_until is not None
    first = _years_ended_by(_begin_of_term(entry)) + 1
    return hours_by_year(entry, range(max(first, entry.admitted_on.year + 1), _years_ended_by(entry.valid_until) + 1))


def _begin_of_term(entry: RegisterEntry) -> date:
    """The day on which the last term ran out; of who was entered in the middle of one, as the rules have it."""
    last = entry.renewals.first()
    if last:
        return last.renewed_from
    months = entry.track.valid_months
    if not months or entry.valid_until is None:
        return entry.admitted_on
    return max(entry.admitted_on, months_later(entry.valid_until, -months))


def _years_ended_by(day: date) -> int:
    """The last calendar year that is over at the end of a day."""
    return day.year if (day.month, day.day) == (12, 31) else day.year - 1


def hours_by_year(entry: RegisterEntry, years: Iterable[int]) -> list[Year]:
    years = list(years)
    if not years:
        return []
    wanted = {topic.slug for topic in entry.track.topics.all()}
    earned: dict[int, Decimal] = dict.fromkeys(years, Decimal(0))
    lines = CreditEntry.objects.filter(
        learner_id=entry.user_id, plan__isnull=True, earned_on__year__range=(years[0], years[-1])
    )
    for day, hours, topics in lines.values_list("earned_on", "hours", "topics") if entry.user_id else ():
        # A correction has no topics: it adds to or takes from all of them.
        if not wanted or not topics or wanted & set(topics):
            earned[day.year] += hours
    owed = entry.track.continuing_hours
    return [Year(year, earned[year], owed if year > entry.admitted_on.year else Decimal(0)) for year in years]
