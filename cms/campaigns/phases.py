"""The phases of a campaign: teaser, live, wrap-up; which one it is in follows from the day alone."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

LABELS = {
    "upcoming": _("Coming up"),
    "teaser": pgettext_lazy("phase of a campaign", "Teaser"),
    "live": _("Running now"),
    "wrap-up": pgettext_lazy("phase of a campaign", "Wrap-up"),
    "over": _("Over"),
}
PHASE_NAMES = {
    "teaser": pgettext_lazy("phase of a campaign", "Teaser"),
    "live": pgettext_lazy("phase of a campaign", "Live"),
    "wrap-up": pgettext_lazy("phase of a campaign", "Wrap-up"),
}
# What a list shows first.
ORDER = ["live", "teaser", "upcoming", "wrap-up", "over"]
DAY = timedelta(days=1)


@dataclass(frozen=True)
class Phase:
    """A phase with its first and last day; ``position`` is past, current or coming."""

    name: str
    starts_on: date
    ends_on: date
    text: str
    position: str

    @property
    def label(self) -> object:
        return PHASE_NAMES[self.name]


@dataclass(frozen=True)
class Period:
    """The days of a campaign. Teaser and wrap-up are there only where they have a day."""

    starts_on: date
    ends_on: date
    teaser_from: date | None = None
    wrap_up_until: date | None = None

    @property
    def first_day(self) -> date:
        return self.teaser_from or self.starts_on

    @property
    def last_day(self) -> date:
        return self.wrap_up_until or self.ends_on

    def state_on(self, day: date) -> str:
        if day < self.first_day:
            return "upcoming"
        if day < self.starts_on:
            return "teaser"
        if day <= self.ends_on:
            return "live"
        return "wrap-up" if day <= self.last_day else "over"

    def phases(self, day: date, texts: dict[str, str]) -> list[Phase]:
        """The phases in order, seen from a day."""
        days = [
            ("teaser", self.teaser_from, self.starts_on - DAY),
            ("live", self.starts_on, self.ends_on),
            ("wrap-up", self.wrap_up_until and self.ends_on + DAY, self.wrap_up_until),
        ]
        return [
            Phase(name, first, last, texts.get(name, ""), _position(day, first, last))
            for name, first, last in days
            if first and last
        ]

    def check(self) -> None:
        """Raises ``ValidationError`` by field where a phase ends before it begins."""
        if self.ends_on < self.starts_on:
            raise ValidationError({"ends_on": _("The last day is before the first day.")})
        if self.teaser_from and self.teaser_from >= self.starts_on:
            raise ValidationError({"teaser_from": _("The teaser begins before the first day of the campaign.")})
        if self.wrap_up_until and self.wrap_up_until <= self.ends_on:
            raise ValidationError({"wrap_up_until": _("The wrap-up ends after the last day of the campaign.")})


def _position(day: date, first: date, last: date) -> str:
    if day > last:
        return "past"
    return "current" if day >= first else "coming"
