from typing import TYPE_CHECKING, Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from courses.catalogue.kinds import Asks, Kind, Standing

if TYPE_CHECKING:
    from django.db.models.fields.files import FieldFile

    from courses.catalogue.models import Activity

TYPES = {"mp4": "video/mp4", "webm": "video/webm", "mp3": "audio/mpeg", "m4a": "audio/mp4"}


class Media(Kind):
    """A film or recording, done when enough of it was played: what is skipped does not count."""

    verbs = reported = frozenset({"experienced", "played"})
    texts = ("title", "body", "captions", "transcript")
    fields = ("media", "required_percent")
    works_offline = True

    @property
    def template(self) -> str:
        return "activities/media.html"

    def is_done_by_saying_so(self, asks: Asks) -> bool:
        return not asks.media_seconds or not asks.required_percent

    def is_met(self, asks: Asks, standing: Standing) -> bool:
        if self.is_done_by_saying_so(asks):
            return super().is_met(asks, standing)
        enough = standing.played_milliseconds() >= asks.required_percent * asks.media_seconds * 10
        return enough and super().is_met(asks, standing)

    def is_met_by_reading(self, asks: Asks, standing: Standing) -> bool:
        """Reading the transcript takes as long as the film, and counts the same."""
        return standing.seconds >= asks.media_seconds and super().is_met(asks, standing)

    def rule(self, activity: "Activity") -> str:
        if self.is_done_by_saying_so(activity):
            return ""
        return gettext("Done when %(percent)s%% of it is played. What you skip does not count.") % {
            "percent": activity.required_percent
        }

    def files(self, activity: "Activity", language: str) -> "list[FieldFile]":
        return [activity.media] if activity.media else []

    def pages(self, place: Any) -> list[str]:
        captions = reverse("player:captions", args=[place.enrolment.pk, place.number])
        return [place.url, *(f"{captions}?language={code}" for code, _name in place.caption_languages)]

    def context(self, request: HttpRequest, place: Any) -> dict[str, Any]:
        ending = str(place.activity.media.name).rpartition(".")[2].lower()
        seconds = place.activity.media_seconds
        played = place.mark.played_milliseconds() // 1000
        return {
            "media_type": TYPES.get(ending, "audio/ogg"),
            "language": get_language(),
            "played_percent": min(100, round(100 * played / seconds)) if seconds else 0,
        }


class Video(Media):
    slug = "video"
    label = _("Video")
    icon = "media"


class Audio(Media):
    slug = "audio"
    label = _("Audio")
    icon = "media"


KINDS = (Video, Audio)
