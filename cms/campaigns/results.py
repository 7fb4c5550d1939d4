"""What a campaign reached: the platform's own numbers. Each room that has one is named in the settings."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.conf import settings
from django.utils.functional import Promise
from django.utils.module_loading import import_string


@dataclass(frozen=True)
class Scope:
    """Whose results: the campaign, or one edition, with the pages directly below, on its days, both included."""

    campaign_key: UUID
    keys: Sequence[UUID]
    first_day: date
    last_day: date
    topics: Any
    region: Any = None


@dataclass(frozen=True)
class Result:
    """One number with its name; None where there are too few to tell without telling of whom."""

    label: str | Promise
    number: int | None


def results_of(scope: Scope) -> list[Result]:
    """All numbers, in the order of the settings. A room that has none to give gives none."""
    return [result for path in settings.IMPRINT_CAMPAIGN_RESULTS for result in import_string(path)(scope)]
