"""Where a learner is: an enrolment, an activity of its version, and what lies before and after."""

from dataclasses import dataclass
from functools import cached_property
from uuid import UUID

from django.conf import settings
from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import get_language

from courses.catalogue.kinds import Kind
from courses.catalogue.models import Activity, Module
from courses.enrolment.models import Enrolment
from courses.records.api import Mark, Progress, progress_of


@dataclass(frozen=True)
class Entry:
    """A line of the outline. ``number`` counts activities from 1 and stands in the address."""

    number: int
    activity: Activity
    is_done: bool
    is_begun: bool
    is_current: bool
    is_next: bool


@dataclass(frozen=True)
class Place:
    enrolment: Enrolment
    progress: Progress
    number: int

    @cached_property
    def activity(self) -> Activity:
        """The activity with all its texts; the outline knows its title only."""
        listed = self.progress.activities[self.number - 1]
        return Activity.objects.select_related("module").get(pk=listed.pk)

    @property
    def kind(self) -> Kind:
        return self.activity.of_kind

    @property
    def mark(self) -> Mark:
        """What the record says of this activity."""
        return self.progress.mark(self.activity)

    @property
    def is_done(self) -> bool:
        return self.mark.done_at is not None

    @property
    def seconds_missing(self) -> int:
        """Active time that the activity still asks for, in seconds."""
        return max(0, self.activity.required_minutes * 60 - self.mark.seconds)

    @property
    def is_said_done(self) -> bool:
        return self.kind.is_done_by_saying_so(self.activity)

    @property
    def rule(self) -> str:
        return self.kind.rule(self.activity)

    @cached_property
    def outline(self) -> list[Entry]:
        resume = self.progress.resume_at
        return [
            Entry(
                number,
                activity,
                is_done=activity.pk in self.progress.done,
                is_begun=str(activity.key) in self.progress.state.marks,
                is_current=number == self.number,
                is_next=resume is not None and activity.pk == resume.pk,
            )
            for number, activity in enumerate(self.progress.activities, start=1)
        ]

    @property
    def modules(self) -> list[tuple[Module, list[Entry]]]:
        """The outline by modules."""
        found: dict[int, tuple[Module, list[Entry]]] = {}
        for entry in self.outline:
            found.setdefault(entry.activity.module_id, (entry.activity.module, []))[1].append(entry)
        return list(found.values())

    @property
    def previous(self) -> Entry | None:
        return self.outline[self.number - 2] if self.number > 1 else None

    @property
    def next(self) -> Entry | None:
        return self.outline[self.number] if self.number < len(self.progress.activities) else None

    @property
    def is_translated(self) -> bool:
        """Whether the activity has all its texts in the reader's language."""
        return self.activity.is_translated_into(get_language() or "en")

    @property
    def url(self) -> str:
        return reverse("player:activity", args=[self.enrolment.pk, self.number])

    @property
    def next_url(self) -> str:
        """Where "continue" leads: the next activity, or the finish if this was the last."""
        if self.next:
            return reverse("player:activity", args=[self.enrolment.pk, self.next.number])
        return reverse("player:resume", args=[self.enrolment.pk])

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
    enrolments = Enrolment.objects.of(request.user).select_related("course__current", "version")
    return get_object_or_404(enrolments, pk=pk)


def own_place(request: HttpRequest, pk: UUID, number: int, kind: str | None = None) -> Place:
    """A place in the signed-in person's enrolment; 404 for a number it does not have, or another kind than asked."""
    enrolment = own_enrolment(request, pk)
    progress = progress_of(enrolment)
    if not 1 <= number <= len(progress.activities):
        raise Http404
    place = Place(enrolment, progress, number)
    if kind is not None and progress.activities[number - 1].kind != kind:
        raise Http404
    return place
