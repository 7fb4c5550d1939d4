"""Own courses, the next activity, the way through."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from cms.accounts.api import signed_in
from courses.activities.observed import observed, opened_token
from courses.activities.place import Place, own_enrolment, own_place
from courses.activities.recording import complete as complete_at
from courses.catalogue.api import published_courses
from courses.catalogue.models import Activity, CourseVersion, Review
from courses.credentials.api import hours_earned, is_renewable
from courses.credentials.models import Certificate
from courses.enrolment import api as enrolment_api
from courses.enrolment.models import Enrolment
from courses.player.forms import ReviewForm
from courses.player.models import Note
from courses.records.api import Verb, keys_to_redo, move, progress_of, progress_of_all, record

COURSES_PER_PAGE = 24


@login_required
@never_cache
@require_safe
def my_learning(request: HttpRequest) -> HttpResponse:
    """The person's courses with progress and certificates, and the hours earned."""
    learner = signed_in(request)
    enrolments = Enrolment.objects.of(learner).select_related("course", "version", "certificate__holder")
    page = Paginator(enrolments, COURSES_PER_PAGE).get_page(request.GET.get("page"))
    progress = progress_of_all(list(page))
    rows = [(enrolment, progress[enrolment.pk]) for enrolment in page]
    return render(request, "player/my_learning.html", {"rows": rows, "page": page, "hours": hours_earned(learner)})


@login_required
def enrol(request: HttpRequest, slug: str) -> HttpResponse:
    """Enrols on POST. A GET, which is where signing in leads back to, goes on to the course page."""
    course = get_object_or_404(published_courses(), slug=slug)
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
    _take_corrections(own)
    progress = progress_of(own)
    if progress.is_complete:
        return redirect("player:done", enrolment=own.pk)
    if progress.resume_at is None:
        raise Http404
    number = [activity.pk for activity in progress.activities].index(progress.resume_at.pk) + 1
    return redirect("player:activity", enrolment=own.pk, number=number)


@login_required
@require_POST
def renew(request: HttpRequest, enrolment: UUID) -> HttpResponse:
    """Begins a course anew whose certificate expires soon or has expired. Pressed twice, it begins once."""
    own = own_enrolment(request, enrolment)
    later = Enrolment.objects.of(request.user).filter(course=own.course_id, round__gt=own.round).first()
    if later is None:
        certificate = get_object_or_404(Certificate.objects.of(request.user), enrolment=own)
        if not is_renewable(certificate):
            messages.error(request, _("This certificate cannot be renewed yet."))
            return redirect("credentials:certificate", certificate.pk)
        later = enrolment_api.renew(own)
        record(later, Verb.REGISTERED, key="registered")
    return redirect("player:resume", enrolment=later.pk)


def _take_corrections(enrolment: Enrolment) -> None:
    """Where nothing but misprints and translations changed, the learner simply goes on in the new version."""
    current = enrolment.course.current
    if current is None or current.pk == enrolment.version_id:
        return
    newer = _newer_versions(enrolment)
    if all(version.is_correction for version in newer):
        move(enrolment, current)


def _newer_versions(enrolment: Enrolment) -> list[CourseVersion]:
    versions = CourseVersion.objects.filter(course=enrolment.course_id, number__gt=enrolment.version.number)
    return list(versions.order_by("number"))


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
        place = own_place(request, enrolment, number)
    context = place.kind.context(request, place)
    return render(request, place.kind.template, context | _around(place))


def _around(place: Place) -> dict[str, object]:
    """What stands around every activity: notes, a newer version, and the moment at which the page was made."""
    enrolment = place.enrolment
    current = enrolment.course.current
    newer = None
    if current and current.pk != enrolment.version_id and not place.progress.is_complete:
        redo = keys_to_redo(enrolment.version, current) & {
            activity.key for activity in place.progress.activities if activity.pk in place.progress.done
        }
        newer = {"versions": _newer_versions(enrolment), "redo": len(redo)}
    return {
        "place": place,
        "note": Note.objects.filter(enrolment=enrolment, activity_key=place.activity.key).first(),
        "newer": newer,
        "opened": opened_token(place),
    }


@login_required
@require_POST
def complete(request: HttpRequest, enrolment: UUID, number: int) -> HttpResponse:
    """The learner says that an activity is done: a reading that was read, a film's transcript instead of the film."""
    place = own_place(request, enrolment, number)
    if place.is_done:
        return redirect(place.next_url)
    may_be_said = place.is_said_done or place.activity.transcript
    if not may_be_said or complete_at(place, observed(request, place)).refused:
        now = own_place(request, enrolment, number)
        messages.info(request, _still_needs(now.seconds_missing) if now.seconds_missing else _not_by_saying_so(now))
        return redirect(place.url)
    return redirect(place.next_url)


def _not_by_saying_so(place: Place) -> str:
    return place.rule or _("This activity is not done by saying so: see what it asks for.")


def _still_needs(seconds: int) -> str:
    minutes = -(-seconds // 60)
    text = ngettext(
        "This activity asks for %(minutes)d more minute of active learning before it is done.",
        "This activity asks for %(minutes)d more minutes of active learning before it is done.",
        minutes,
    )
    return text % {"minutes": minutes}


@login_required
@require_POST
def move_on(request: HttpRequest, enrolment: UUID) -> HttpResponse:
    """The learner moves to the course's new version, with what they have done."""
    own = own_enrolment(request, enrolment)
    if own.course.current:
        move(own, own.course.current)
        messages.success(request, _("You are in the new version now. What you had done still counts."))
    return redirect("player:resume", enrolment=own.pk)


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
    own = get_object_or_404(
        Enrolment.objects.of(request.user).select_related("course", "version", "certificate__holder"), pk=enrolment
    )
    progress = progress_of(own)
    if not progress.is_complete:
        return redirect("player:resume", enrolment=own.pk)
    review = Review.objects.filter(course=own.course, learner=signed_in(request)).first()
    context = {"enrolment": own, "progress": progress, "review_form": ReviewForm(instance=review)}
    return render(request, "player/done.html", context)
