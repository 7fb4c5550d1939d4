"""What a person owes, has done and could do next."""

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from cms.accounts.api import signed_in
from cms.accounts.links import token_for, value_of
from cms.accounts.models import User
from cms.correspondence.mail import absolute
from cms.typeset.api import TypesettingError
from courses.credentials.models import Certificate
from courses.training.calendar import MIME_TYPE, deadlines
from courses.training.explain import owed_by
from courses.training.models import Notice, Obligation, ObligationQuerySet
from courses.training.next_steps import next_courses
from courses.training.transcript import lines_of, transcript_pdf, years_of

CALENDAR = "training.calendar"
MOST_NOTICES = 20


def _rows(person: User) -> ObligationQuerySet:
    return (
        Obligation.objects.of(person)
        .with_status()
        .select_related("plan", "organisation", "audience", "cohort")
        .prefetch_related("plan__courses", "plan__topics")
        .order_by("due_on", "organisation__path")
    )


@login_required
@never_cache
@require_safe
def mine(request: HttpRequest) -> HttpResponse:
    person = signed_in(request)
    owed = owed_by(person, _rows(person))
    open_ones = [one for one in owed if one.status in ("overdue", "behind", "on-track", "upcoming")]
    certificates = Certificate.objects.of(person).in_full().order_by("-issued_at")[:6]
    context = {
        "open": sorted(open_ones, key=lambda one: one.obligation.due_on),
        "closed": [one for one in reversed(owed) if one not in open_ones],
        "notices": Notice.objects.of(person).filter(read_at=None).with_subject()[:MOST_NOTICES],
        "next": next_courses(person, owed),
        "certificates": certificates,
        "calendar_url": absolute(reverse("training:calendar", args=[token_for(CALENDAR, person.pk)])),
    }
    return render(request, "training/mine.html", context)


@login_required
@require_POST
def read_notices(request: HttpRequest) -> HttpResponse:
    """The notices that stand on the page were read: those, and none that came since."""
    shown = [int(pk) for pk in request.POST.getlist("notice") if pk.isascii() and pk.isdigit() and len(pk) < 19][
        :MOST_NOTICES
    ]
    Notice.objects.of(request.user).filter(pk__in=shown, read_at=None).update(read_at=timezone.now())
    return redirect("training:mine")


@login_required
@never_cache
@require_safe
def transcript(request: HttpRequest) -> HttpResponse:
    person = signed_in(request)
    years = years_of(lines_of(person))
    return render(request, "training/transcript.html", {"person": person, "years": years})


@login_required
@never_cache
@require_safe
def transcript_file(request: HttpRequest) -> HttpResponse:
    try:
        pdf = transcript_pdf(signed_in(request))
    except TypesettingError as error:
        return render(request, "credentials/not_drawn.html", {"error": error}, status=500)
    headers = {"Content-Disposition": 'inline; filename="transcript.pdf"'}
    return HttpResponse(pdf, content_type="application/pdf", headers=headers)


@never_cache
@require_safe
def calendar(request: HttpRequest, token: str) -> HttpResponse:
    """The feed of whoever has the link: a calendar program signs in nowhere."""
    person = User.objects.filter(pk=value_of(CALENDAR, token), is_active=True).first()
    if person is None:
        raise Http404
    feed = deadlines(_rows(person).open(), reverse("training:mine"))
    return HttpResponse(feed, content_type=MIME_TYPE, headers={"X-Robots-Tag": "noindex"})
