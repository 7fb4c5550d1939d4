"""What a learner sees: own courses, the next activity, the way through."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from cms.accounts.api import signed_in
from courses.catalogue.models import Activity, Course
from courses.credentials.api import hours_earned
from courses.enrolment import api as enrolment_api
from courses.enrolment.models import Enrolment
from courses.player import quiz as quiz_views
from courses.player.place import Place, own_enrolment, own_place
from courses.records.api import Verb, progress_of, record


@login_required
@never_cache
@require_safe
def my_learning(request: HttpRequest) -> HttpResponse:
    """The person's courses with progress and certificates, and the hours earned."""
    learner = signed_in(request)
    enrolments = Enrolment.objects.of(learner).select_related("course", "certificate")
    rows = [(enrolment, progress_of(enrolment)) for enrolment in enrolments]
    return render(request, "player/my_learning.html", {"rows": rows, "hours": hours_earned(learner)})


@login_required
def enrol(request: HttpRequest, slug: str) -> HttpResponse:
    """Enrols on POST. A GET, which is where signing in leads back to, goes on to the course page."""
    course: Course = get_object_or_404(Course.objects.published(), slug=slug)
    if request.method != "POST":
        return redirect("catalogue:course", slug=slug)
    learner = signed_in(request)
    if not learner.name:
        messages.info(request, _("Enter your name first. It is printed on your certificates."))
        return redirect(f"{reverse('account')}?{urlencode({'next': reverse('catalogue:course', args=[slug])})}")
    enrolment = enrolment_api.enrol(learner, course)
    record(enrolment, Verb.REGISTERED, key="registered")
    return redirect("player:resume", enrolment=enrolment.pk)


@login_required
@never_cache
@require_safe
def resume(request: HttpRequest, enrolment: UUID) -> HttpResponse:
    """Back to where the learner was; to the certificate once everything is done."""
    own = own_enrolment(request, enrolment)
    progress = progress_of(own)
    if progress.is_complete:
        return redirect("player:done", enrolment=own.pk)
    if progress.resume_at is None:
        raise Http404
    number = [activity.pk for activity in progress.activities].index(progress.resume_at.pk) + 1
    return redirect("player:activity", enrolment=own.pk, number=number)


@login_required
@never_cache
@require_safe
def activity(request: HttpRequest, enrolment: UUID, number: int) -> HttpResponse:
    """One activity: its text, film or quiz beside the outline of the course."""
    place = own_place(request, enrolment, number)
    if not place.is_done and place.progress.launched != place.activity.pk:
        # The count makes each return to an activity an act of its own; reloading the page is none.
        visits = place.enrolment.statements.count()
        record(place.enrolment, Verb.LAUNCHED, place.activity, key=f"launched:{place.activity.pk}:{visits}")
    if place.activity.kind == Activity.Kind.QUIZ:
        return quiz_views.intro(request, place)
    return render(request, f"player/{_template(place)}.html", {"place": place, "language": get_language()})


def _template(place: Place) -> str:
    return "reading" if place.activity.kind == Activity.Kind.READING else "media"


@login_required
@require_POST
def complete(request: HttpRequest, enrolment: UUID, number: int) -> HttpResponse:
    """The learner says that a reading, film or recording is done. A quiz is done by passing it."""
    place = own_place(request, enrolment, number)
    if place.activity.kind == Activity.Kind.QUIZ:
        messages.error(request, _("A quiz is completed by passing it."))
        return redirect("player:activity", enrolment=enrolment, number=number)
    record(place.enrolment, Verb.COMPLETED, place.activity, key=f"completed:{place.activity.pk}")
    return redirect(next_address(place))


def next_address(place: Place) -> str:
    """Where "continue" leads: the next activity, or the finish if this was the last."""
    if place.next:
        return reverse("player:activity", args=[place.enrolment.pk, place.next.number])
    return reverse("player:resume", args=[place.enrolment.pk])


@login_required
@require_safe
def captions(request: HttpRequest, enrolment: UUID, number: int) -> HttpResponse:
    """The film's captions as WebVTT in the language asked for with ``?language=``."""
    place = own_place(request, enrolment, number)
    language = request.GET.get("language", "en")
    if language not in dict(place.caption_languages):
        raise Http404
    text = getattr(place.activity, f"captions_{language.replace('-', '_')}")
    return HttpResponse(Activity.CAPTION_HEADER + text, content_type="text/vtt; charset=utf-8")


@login_required
@never_cache
@require_safe
def done(request: HttpRequest, enrolment: UUID) -> HttpResponse:
    """The finish: the certificate, the hours, and the way back into the course."""
    own = get_object_or_404(Enrolment.objects.of(request.user).select_related("course", "certificate"), pk=enrolment)
    progress = progress_of(own)
    if not progress.is_complete:
        return redirect("player:resume", enrolment=own.pk)
    return render(request, "player/done.html", {"enrolment": own, "progress": progress})
