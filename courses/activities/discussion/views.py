from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from cms.accounts.limits import allows
from courses.activities.discussion.forms import PostForm
from courses.activities.discussion.models import Post
from courses.activities.place import Place, own_place
from courses.activities.recording import tell_at
from courses.records.api import Verb

MOST_PER_HOUR = 20


@login_required
@require_POST
def answer(request: HttpRequest, enrolment: UUID, number: int) -> HttpResponse:
    """Stores an answer for the moderator and records that the learner took part. The same words are stored once."""
    place = own_place(request, enrolment, number, "discussion")
    form = PostForm(request.POST)
    if form.is_valid() and not allows(request, "discussion", MOST_PER_HOUR, 3600):
        form.add_error(None, _("You have written a lot in one hour. Try again later; your text is still here."))
    if not form.is_valid():
        context = place.kind.context(request, place) | {"place": place, "form": form}
        return render(request, place.kind.template, context, status=400)
    _store(place, form.cleaned_data["text"])
    messages.success(request, _("Your answer is saved. Others see it once a moderator has read it."))
    return redirect(place.url)


@transaction.atomic
def _store(place: Place, text: str) -> None:
    with_text = {"enrolment": place.enrolment, "activity_key": place.activity.key, "text": text}
    post, _created = Post.objects.get_or_create(
        **with_text, defaults={"question": str(place.activity)[:160], "language": get_language() or "en"}
    )
    tell_at(place, Verb.RESPONDED, f"responded:{post.pk}", result={"post": str(post.pk)})
