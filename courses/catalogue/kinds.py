"""What a kind of activity is. Each kind is a class in a folder of its own below ``courses/activities``."""

from collections.abc import Sequence
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar, Protocol

from django.conf import settings
from django.http import HttpRequest

if TYPE_CHECKING:
    from django.db.models.fields.files import FieldFile

    from courses.catalogue.models import Activity


class Asks(Protocol):
    """What an activity asks: an ``Activity`` or a ``Step`` of the outline."""

    @property
    def required_minutes(self) -> int: ...
    @property
    def required_percent(self) -> int: ...
    @property
    def media_seconds(self) -> int: ...


class Standing(Protocol):
    """What the learning record knows of one person at one activity."""

    verbs: set[str]

    @property
    def seconds(self) -> int: ...
    def played_milliseconds(self) -> int: ...


class Kind:
    """The behaviour of a kind of activity: what it shows, when it is done, and with which verbs it is recorded."""

    slug: ClassVar[str]
    label: ClassVar[Any]
    icon: ClassVar[str] = "tasks"
    # Its vocabulary: the xAPI verbs that its acts are recorded with, beside launched and completed.
    verbs: ClassVar[frozenset[str]] = frozenset({"experienced"})
    # Those of them that a learner's own browser may report; all others are recorded by the server alone.
    reported: ClassVar[frozenset[str]] = frozenset({"experienced"})
    # The fields that authors of this kind fill in beside those of every activity: translated ones, and others.
    texts: ClassVar[Sequence[str]] = ("title", "body")
    fields: ClassVar[Sequence[str]] = ()
    # Whether it can be done on a phone without a net, and sent later.
    works_offline: ClassVar[bool] = False

    @property
    def template(self) -> str:
        return f"activities/{self.slug}.html"

    def panels(self) -> list[Any]:
        """Panels of Wagtail's editor for what only this kind has."""
        return []

    def is_done_by_saying_so(self, asks: Asks) -> bool:
        """Whether the learner says that it is done; otherwise it is done by itself as soon as the rule is met."""
        return True

    def is_met(self, asks: Asks, standing: Standing) -> bool:
        """Whether the rule for completing it is met. Required minutes are asked of every kind."""
        return standing.seconds >= asks.required_minutes * 60

    def is_met_by_reading(self, asks: Asks, standing: Standing) -> bool:
        """Whether the learner may say that they have read its text instead: for those who cannot play it."""
        return False

    def is_translated_into(self, activity: "Activity", code: str) -> bool:
        """Whether what only this kind has is there in the language, too."""
        return True

    def assessed_by(self, activity: "Activity") -> str:
        """How it is assessed, in one sentence for the course page; empty where nothing is."""
        return ""

    def rule(self, activity: "Activity") -> str:
        """When it is done, in one sentence for the learner; empty where a button says it all."""
        return ""

    def files(self, activity: "Activity", language: str) -> "list[FieldFile]":
        """The files it shows in a language: those that a phone keeps for later."""
        return []

    def is_kept_offline(self, activity: "Activity") -> bool:
        """Whether this activity can be kept on a phone and done there."""
        return self.works_offline

    def pages(self, place: Any) -> list[str]:
        """The addresses of its pages, and of what they show: those that a phone keeps."""
        return [place.url]

    def context(self, request: HttpRequest, place: Any) -> dict[str, Any]:
        """What its template needs besides ``place``."""
        return {}


def folders() -> list[Path]:
    """The folders of all kinds, by name."""
    root = Path(settings.BASE_DIR) / "courses" / "activities"
    return sorted(path.parent for path in root.glob("*/kind.py"))


@cache
def kinds() -> dict[str, Kind]:
    """Every kind by its slug, in the order in which authors choose among them."""
    modules = [import_module(f"courses.activities.{folder.name}.kind") for folder in folders()]
    found = [made() for module in modules for made in module.KINDS]
    return {kind.slug: kind for kind in sorted(found, key=lambda kind: ORDER.get(kind.slug, len(ORDER)))}


# The order in which authors choose; a new kind comes last without a line here.
ORDER = {
    slug: place
    for place, slug in enumerate(
        ["reading", "video", "audio", "slides", "quiz", "assignment", "discussion", "survey", "live-session"]
    )
}
