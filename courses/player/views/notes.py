"""A learner's own bookmarks and notes."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from courses.activities.place import own_enrolment, own_place
from courses.player.models import Note
from courses.records.api import progress_of

LONGEST = 4000


@login_required
@require_POST
def keep(request: HttpRequest, enrolment: UUID, number: int) -> HttpResponse:
    """Stores the note at an activity as it stands in the form; an empty one without bookmark is taken away."""
    place = own_place(request, enrolment, number)
    text = request.POST.get("text", "").strip()
    if len(text) > LONGEST:
        messages.error(request, _("A note has 4,000 characters at most. Yours was not changed."))
        return redirect(place.url)
    at: dict[str, Any] = {"enrolment": place.enrolment, "activity_key": place.activity.key}
    is_bookmark = bool(request.POST.get("bookmark"))
    if text or is_bookmark:
        Note.objects.update_or_create(**at, defaults={"text": text, "is_bookmark": is_bookmark})
    else:
        Note.objects.filter(**at).delete()
    messages.success(request, _("Your note is saved."))
    return redirect(place.url)


@login_required
@never_cache
@require_safe
def notes(request: HttpRequest, enrolment: UUID) -> HttpResponse:
    """All own notes and bookmarks in a course, in its order."""
    own = own_enrolment(request, enrolment)
    found = {note.activity_key: note for note in own.notes.all()}
    activities = progress_of(own).activities
    rows = [
        (number, activity, found[activity.key])
        for number, activity in enumerate(activities, start=1)
        if activity.key in found
    ]
    return render(request, "player/notes.html", {"enrolment": own, "rows": rows})
