"""What a campaign reached: the platform's own numbers. Each room that has one is named in the settings."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.conf import settings
from django.utils.functional import Promise
from django.utils.module_loading import import_string
from django.utils.translation import gettext_lazy as _

from cms.statistics.models import Act, DailyCount


@dataclass(frozen=True)
class Scope:
    """Whose results: the campaign and its editions in all languages, and its days, both included."""

    key: UUID
    campaign_key: UUID
    keys: Sequence[UUID]
    first_day: date
    last_day: date
    topics: Any
    time_zone: str
    region: Any = None


@dataclass(frozen=True)
class Result:
    """One number with its name; None where there are too few to tell without telling of whom."""

    label: str | Promise
    number: int | None


def results_of(scope: Scope) -> list[Result]:
    """All numbers, in the order of the settings. A room that has none to give gives none."""
    return [result for path in settings.IMPRINT_CAMPAIGN_RESULTS for result in import_string(path)(scope)]


def reach(scope: Scope) -> list[Result]:
    """How often the pages were read, the kit taken and the pages passed on."""
    counts = DailyCount.objects.of(scope.keys).between(scope.first_day, scope.last_day)
    return [
        Result(_("Pages read"), counts.total(Act.VIEW)),
        Result(_("Downloads"), counts.total(Act.DOWNLOAD)),
        Result(_("Shares"), counts.total(Act.SHARE)),
    ]
