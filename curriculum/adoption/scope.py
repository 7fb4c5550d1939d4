"""Whose lessons are counted, in which year and region."""

from dataclasses import dataclass
from typing import Any

from django.http import QueryDict
from django.utils import timezone

from cms.accounts.models import User
from cms.directory.models import Organisation
from cms.vocabulary.models import Region
from curriculum.adoption.models import TaughtLesson, sees_everything

FIRST_YEAR, LAST_YEAR = 2000, 2100


@dataclass(frozen=True)
class Reach:
    """What the reader of the dashboard may count, and asked for."""

    user: User
    year: int
    region: Region | None

    @classmethod
    def of(cls, user: User, parameters: QueryDict) -> "Reach | None":
        """None for whoever is neither an editor nor a coordinator."""
        if not sees_everything(user) and not Organisation.objects.visible_to(user).exists():
            return None
        region = Region.objects.filter(slug=parameters.get("region", "")[:80]).first()
        return cls(user, _year(parameters.get("year", "")), region)

    def taught(self) -> Any:
        """The reports to count."""
        found = TaughtLesson.objects.visible_to(self.user).filter(taught_on__year=self.year)
        return found.filter(region=self.region) if self.region else found

    def schools(self) -> Any:
        """The schools the reader looks after."""
        schools = Organisation.objects.filter(kind__in=(Organisation.Kind.SCHOOL, Organisation.Kind.UNIVERSITY))
        if sees_everything(self.user):
            return schools
        return schools.filter(pk__in=Organisation.objects.visible_to(self.user).values("pk"))

    def regions(self) -> list[Region]:
        """The regions there are to choose from."""
        if sees_everything(self.user):
            return list(Region.objects.all())
        return list(Region.objects.filter(pk__in=self.schools().values("region")))

    def years(self) -> list[int]:
        found = {day.year for day in TaughtLesson.objects.visible_to(self.user).dates("taught_on", "year")}
        return sorted(found | {self.year, timezone.localdate().year}, reverse=True)


def _year(text: str) -> int:
    if text.isascii() and text.isdecimal() and len(text) == 4 and FIRST_YEAR <= int(text) <= LAST_YEAR:
        return int(text)
    return timezone.localdate().year
