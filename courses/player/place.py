"""Where a learner is: an enrolment, an activity of its course, and what lies before and after."""

from dataclasses import dataclass
from uuid import UUID

from django.conf import settings
from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404
from django.utils.translation import get_language

from courses.assessment.api import questions_translated
from courses.catalogue.models import Activity
from courses.enrolment.models import Enrolment
from courses.records.api import Progress, progress_of


@dataclass(frozen=True)
class Entry:
    """A line of the outline. ``number`` counts activities from 1 and stands in the address."""

    number: int
    activity: Activity
    is_done: bool
    is_current: bool


@dataclass(frozen=True)
class Place:
    enrolment: Enrolment
    progress: Progress
    number: int

    @property
    def activity(self) -> Activity:
        return self.progress.activities[self.number - 1]

    @property
    def is_done(self) -> bool:
        return self.activity.pk in self.progress.done

    @property
    def outline(self) -> list[Entry]:
        return [
            Entry(number, activity, activity.pk in self.progress.done, number == self.number)
            for number, activity in enumerate(self.progress.activities, start=1)
        ]

    @property
    def previous(self) -> Entry | None:
        return self.outline[self.number - 2] if self.number > 1 else None

    @property
    def next(self) -> Entry | None:
        return self.outline[self.number] if self.number < len(self.progress.activities) else None

    @property
    def is_translated(self) -> bool:
        """Whether the activity, and each question of a quiz, has its text in the reader's language."""
        language = get_language() or "en"
        return self.activity.is_translated_into(language) and questions_translated(self.activity, language)

    @property
    def media_type(self) -> str:
        endings = {"mp4": "video/mp4", "webm": "video/webm", "mp3": "audio/mpeg", "m4a": "audio/mp4"}
        return endings.get(str(self.activity.media.name).rpartition(".")[2].lower(), "audio/ogg")

    @property
    def caption_languages(self) -> list[tuple[str, str]]:
        """Code and own name of every language the film has captions in."""
        return [
            (code, name)
            for code, name in settings.LANGUAGES
            if getattr(self.activity, f"captions_{code.replace('-', '_')}")
        ]


def own_enrolment(request: HttpRequest, pk: UUID) -> Enrolment:
    """The signed-in person's enrolment; anyone else's answers as if it did not exist."""
    return get_object_or_404(Enrolment.objects.of(request.user).select_related("course"), pk=pk)


def own_place(request: HttpRequest, pk: UUID, number: int) -> Place:
    enrolment = own_enrolment(request, pk)
    progress = progress_of(enrolment)
    if not 1 <= number <= len(progress.activities):
        raise Http404
    return Place(enrolment, progress, number)
