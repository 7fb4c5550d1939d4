"""What develops a competence. Courses and lessons name their own; the settings list them as strings."""

from collections.abc import Callable, Collection
from dataclasses import dataclass

from django.conf import settings
from django.utils.functional import Promise
from django.utils.module_loading import import_string


@dataclass(frozen=True)
class Offer:
    """A course or a lesson that somebody can take today."""

    kind: str | Promise
    title: str
    url: str


# For keys of descriptors: what develops each, in the reader's language.
Developing = Callable[[Collection[int]], dict[int, list[Offer]]]


def offers_for(descriptors: Collection[int]) -> dict[int, list[Offer]]:
    found: dict[int, list[Offer]] = {}
    for path in settings.IMPRINT_DEVELOPING:
        source: Developing = import_string(path)
        for key, offers in source(descriptors).items():
            found.setdefault(key, []).extend(offers)
    return found
