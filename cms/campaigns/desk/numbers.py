"""What the statistics say of a campaign and all that belongs to it."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.conf import settings

from cms.artwork.columns import ColumnChart, column_chart
from cms.campaigns.models import CampaignPage
from cms.campaigns.parts import keys_of
from cms.statistics.api import DayRow, by_day, by_language
from cms.statistics.api import rows as day_rows
from cms.statistics.models import Act


@dataclass(frozen=True)
class ActNumbers:
    """One act: its days as a chart and a table, and its sum."""

    act: Act
    total: int
    chart: ColumnChart | None
    days: list[tuple[date, int]]


class Numbers:
    def __init__(self, campaign: CampaignPage, first: date | None, last: date | None) -> None:
        self.rows: list[DayRow] = day_rows(keys_of(campaign.translation_key), first, last)

    @property
    def acts(self) -> list[ActNumbers]:
        found = []
        for act in Act:
            days = sorted(by_day(self.rows, act).items())
            found.append(ActNumbers(act, sum(count for _day, count in days), column_chart(days), days))
        return found

    @property
    def languages(self) -> list[tuple[str, list[int]]]:
        """(name, views, downloads, shares …) for every language of the site."""
        sums = by_language(self.rows)
        return [(name, [sums.get(code, {}).get(act, 0) for act in Act]) for code, name in settings.LANGUAGES]

    def table(self) -> list[list[Any]]:
        """One row a day, act and language, for a file."""
        return [[row.day.isoformat(), row.language, str(row.act.label), row.count] for row in self.rows]
