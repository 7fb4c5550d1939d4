"""What a professional teaches or speaks at. Courses and events name their own; the settings list them as strings."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.utils.module_loading import import_string


@dataclass(frozen=True)
class Occasion:
    """A course or an event; ``key`` is the same in every language and stays."""

    key: str
    title: str
    url: str


@dataclass(frozen=True)
class Occasions:
    """``given`` are those anyone may see; ``attended`` those at which a person was, by the platform’s own record."""

    given: Callable[[Any], list[Occasion]]
    attended: Callable[[Any, Any], list[Occasion]]


def _providers() -> list[Occasions]:
    return [import_string(path) for path in settings.IMPRINT_OCCASIONS]


def given_by(profile: Any) -> list[Occasion]:
    return [one for provider in _providers() for one in provider.given(profile)]


def attended_by(user: Any, profile: Any) -> list[Occasion]:
    return [one for provider in _providers() for one in provider.attended(user, profile)]
