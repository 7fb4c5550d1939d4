"""Asking a lecturer, and the answer: each a letter, and a row that both can see."""

from django.db import transaction
from django.utils import timezone

from cms.correspondence.mail import absolute, send
from cms.professionals.models import TeachingRequest


@transaction.atomic
def ask(request: TeachingRequest) -> None:
    """Keeps the request and writes to the lecturer. ``OSError``: the mail server did not take it, nothing is kept."""
    request.save()
    lecturer = request.profile.user
    url = absolute(f"/{lecturer.preferred_language}/people/me/")
    context = {"request": request, "url": url}
    send(lecturer.email, lecturer.preferred_language, "professionals/asked_to_teach.txt", context)


@transaction.atomic
def answer(request: TeachingRequest, *, accepts: bool, text: str) -> bool:
    """The lecturer’s answer, once; who accepts is put in touch. False where it was answered before."""
    state = TeachingRequest.State.ACCEPTED if accepts else TeachingRequest.State.DECLINED
    waiting = TeachingRequest.objects.filter(pk=request.pk, state=TeachingRequest.State.ASKED)
    if not waiting.update(state=state, answer=text, answered_at=timezone.now()):
        return False
    request.refresh_from_db()
    asker = request.asked_by
    headers = {"Reply-To": request.profile.user.email} if accepts else {}
    context = {"request": request, "accepts": accepts}
    send(asker.email, asker.preferred_language, "professionals/answered.txt", context, headers=headers)
    return True
