"""What candidates and those on the register do themselves, and what organisations confirm for them."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from cms.accounts.api import signed_in
from cms.accounts.offices import who_manages_people
from cms.directory.models import Membership, Organisation
from cms.privacy.access import saw_person
from cms.privacy.models import Access
from courses.intermediaries.education import recent_years
from courses.intermediaries.forms import AnswerForm, ObjectionForm, PracticeForm
from courses.intermediaries.keeping import Refused, apply, confirm, object_to
from courses.intermediaries.models import IntegrityRecord, Practice, QualificationTrack, RegisterEntry

MOST_WAITING = 20
PER_PAGE = 25
YES, NO = gettext_lazy("These hours are right"), gettext_lazy("These hours are not right")


@login_required
@never_cache
@require_safe
def mine(request: HttpRequest) -> HttpResponse:
    """The person’s own entries with their hours and records, and the qualifications that they work on."""
    person = signed_in(request)
    entries = RegisterEntry.objects.with_standing().held_by(person).select_related("track")
    related = ("records__objections", "track__topics")
    today = timezone.localdate()
    rows = [
        (entry, recent_years(entry, today) if entry.user_id else [], entry.records.public())
        for entry in entries.prefetch_related(*related)
    ]
    begun = Q(papers__results__person=person) | Q(practice__person=person) | Q(applications__person=person)
    context = {"rows": rows, "tracks": QualificationTrack.objects.filter(begun).distinct()}
    return render(request, "intermediaries/mine.html", context)


@login_required
@never_cache
def practice(request: HttpRequest, slug: str) -> HttpResponse:
    """Enters hours of practice, which the organisation confirms."""
    person = signed_in(request)
    track = get_object_or_404(QualificationTrack, slug=slug)
    places = Membership.objects.filter(user=person).values("organisation_id")
    form = PracticeForm(
        request.POST or None,
        instance=Practice(person=person, track=track),
        organisations=Organisation.objects.filter(pk__in=places),
    )
    if request.method == "POST":
        waiting = Practice.objects.of(person).filter(state=Practice.State.ASKED)
        if waiting.count() >= MOST_WAITING:
            form.add_error(None, _("Too much of yours waits for a decision. Ask your coordinator first."))
        if form.is_valid():
            form.save()
            messages.success(request, _("Your organisation was asked to confirm it."))
            return redirect(track)
    context = {"form": form, "track": track, "has_place": places.exists()}
    return render(request, "intermediaries/practice.html", context, status=400 if form.errors else 200)


@login_required
@require_POST
def application(request: HttpRequest, slug: str) -> HttpResponse:
    track = get_object_or_404(QualificationTrack, slug=slug)
    try:
        apply(signed_in(request), track)
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, _("You have applied. You get a letter once it is decided."))
    return redirect(track)


@login_required
@never_cache
def objection(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The holder says why a record is wrong."""
    person = signed_in(request)
    own = RegisterEntry.objects.held_by(person)
    record = get_object_or_404(IntegrityRecord.objects.public().filter(entry__in=own).select_related("entry"), pk=pk)
    form = ObjectionForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            object_to(record, person, form.cleaned_data["text"])
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(
                request, _("Your objection is being examined. Until then the record is marked as disputed.")
            )
            return redirect("intermediaries:mine")
    context = {"form": form, "record": record}
    return render(request, "intermediaries/object.html", context, status=400 if form.errors else 200)


@login_required
@never_cache
def confirmations(request: HttpRequest) -> HttpResponse:
    """Practice that people of the reader’s organisations ask to be confirmed."""
    user = who_manages_people(request)
    waiting = Practice.objects.decidable_by(user).filter(state=Practice.State.ASKED).order_by("asked_at")
    if request.method == "POST":
        return _confirm(request, waiting)
    page = Paginator(waiting.select_related("person", "organisation", "track"), PER_PAGE).get_page(
        request.GET.get("page")
    )
    for one in page:
        saw_person(user, Access.What.WORK, one.person)
    rows = [(one, AnswerForm(yes=YES, no=NO, prefix=str(one.pk))) for one in page]
    return render(request, "intermediaries/confirmations.html", {"page": page, "rows": rows})


def _confirm(request: HttpRequest, waiting: object) -> HttpResponse:
    found: Practice = get_object_or_404(waiting, pk=_uuid(request.POST.get("practice", "")))  # type: ignore[arg-type]
    form = AnswerForm(request.POST, yes=YES, no=NO, prefix=str(found.pk))
    if not form.is_valid():
        messages.error(request, " ".join(str(error) for errors in form.errors.values() for error in errors))
    elif confirm(found, signed_in(request), is_right=form.is_yes, reason=form.cleaned_data["reason"]):
        messages.success(request, _("Decided. The person sees it now."))
    else:
        messages.info(request, _("Somebody else had decided already. Their decision counts."))
    return redirect("intermediaries:confirmations")


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
