"""One person as their coordinator sees them, and what waits for a decision."""

from uuid import UUID, uuid4

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from cms.accounts.api import signed_in
from cms.accounts.links import value_of
from cms.accounts.models import User
from cms.accounts.offices import who_sees_people
from cms.directory.models import Membership, Organisation
from cms.privacy.access import saw_person
from cms.privacy.models import Access
from courses.coordinator.forms import CorrectionForm, DecisionForm, ExceptionForm, RevocationForm
from courses.credentials.issuing import revoke
from courses.credentials.ledger import CorrectionRefused, correct, recognise
from courses.credentials.models import Certificate, CreditEntry, ExternalTraining
from courses.enrolment.models import PlanException
from courses.training.explain import owed_by
from courses.training.models import Obligation
from courses.training.transcript import years_of

PER_PAGE = 25


def _person(request: HttpRequest, token: str) -> tuple[User, User, list[Membership]]:
    """The reader, the person, and where the reader may see them; 404 for anybody they may not see."""
    user = signed_in(request)
    person = User.objects.filter(pk=value_of("person", token)).first()
    if person is None:
        raise Http404
    places = list(Membership.objects.learners().visible_to(user).filter(user=person).select_related("organisation"))
    if not places:
        raise Http404
    return user, person, places


def _managed_home(user: User, places: list[Membership]) -> Organisation | None:
    """The unit in which the reader may write for the person today."""
    managed = set(Organisation.objects.managed_by(user).values_list("pk", flat=True))
    now = [place.organisation for place in places if place.is_in_force() and place.organisation_id in managed]
    return now[-1] if now else None


@login_required
@never_cache
def person(request: HttpRequest, token: str) -> HttpResponse:
    """What the person owes and has earned in the reader's organisations; with forms for those who manage them."""
    user, found, places = _person(request, token)
    saw_person(user, Access.What.PERSON, found)
    home = _managed_home(user, places)
    exception = ExceptionForm(request.POST if "except" in request.POST else None, user=user)
    correction = CorrectionForm(
        request.POST if "correct" in request.POST else None, user=user, initial={"key": uuid4()}
    )
    if request.method == "POST":
        if home is None:
            raise PermissionDenied(_("You see this person, and cannot change anything for them."))
        if _save(request, found, home, exception, correction):
            return redirect("coordinator:person", token)
    rows = (
        Obligation.objects.visible_to(user)
        .filter(learner=found)
        .with_status()
        .select_related("plan", "organisation", "audience", "cohort")
    )
    entries = CreditEntry.objects.visible_to(user).filter(learner=found).select_related("certificate", "author")
    context = {
        "person": found,
        "token": token,
        "places": places,
        "home": home,
        "owed": list(reversed(owed_by(found, rows.prefetch_related("plan__courses").order_by("due_on")))),
        "years": years_of(entries.order_by("-earned_on", "-pk")),
        "certificates": Certificate.objects.visible_to(user).filter(enrolment__learner=found).in_full(),
        "exceptions": _exceptions(user, found),
        "exception_form": exception,
        "correction_form": correction,
    }
    return render(
        request, "coordinator/person.html", context, status=400 if exception.errors or correction.errors else 200
    )


def _exceptions(user: User, person: User) -> list[PlanException]:
    found = PlanException.objects.visible_to(user).filter(learner=person)
    return list(found.select_related("plan", "author", "withdrawn_by").order_by("-starts_on"))


def _save(
    request: HttpRequest, person: User, home: Organisation, exception: ExceptionForm, correction: CorrectionForm
) -> bool:
    if exception.is_bound and exception.is_valid():
        exception.instance.learner, exception.instance.author = person, signed_in(request)
        exception.instance.organisation = home
        exception.save()
        messages.success(request, _("The exception is noted."))
        return True
    if not (correction.is_bound and correction.is_valid()):
        return False
    values = correction.cleaned_data
    try:
        correct(
            person,
            values["hours"],
            values["reason"],
            signed_in(request),
            organisation=home,
            plan=values["plan"],
            earned_on=values["earned_on"],
            key=values["key"],
        )
    except CorrectionRefused as refused:
        correction.add_error("hours", str(refused))
        return False
    messages.success(request, _("The correction is entered."))
    return True


@login_required
@require_POST
def withdraw(request: HttpRequest, token: str, pk: int) -> HttpResponse:
    """Ends an exception: it counts no more, and it stays to be seen who made and who withdrew it."""
    user, found, places = _person(request, token)
    if _managed_home(user, places) is None:
        raise PermissionDenied(_("You see this person, and cannot change anything for them."))
    mine = PlanException.objects.filter(organisation__in=Organisation.objects.managed_by(user), withdrawn_at=None)
    exception = get_object_or_404(mine, pk=pk, learner=found)
    exception.withdrawn_at, exception.withdrawn_by = timezone.now(), user
    exception.save()
    messages.success(request, _("The exception is withdrawn."))
    return redirect("coordinator:person", token)


@login_required
@never_cache
def take_back(request: HttpRequest, token: str, pk: UUID) -> HttpResponse:
    """Revokes a certificate with its hours, for good: a page of its own asks for the reason first."""
    user, found, places = _person(request, token)
    if _managed_home(user, places) is None:
        raise PermissionDenied(_("You see this person, and cannot change anything for them."))
    certificate = get_object_or_404(Certificate.objects.visible_to(user).in_full(), pk=pk, enrolment__learner=found)
    form = RevocationForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        revoke(certificate, form.cleaned_data["reason"], user)
        messages.success(request, _("The certificate is revoked."))
        return redirect("coordinator:person", token)
    context = {"person": found, "token": token, "certificate": certificate, "form": form}
    return render(request, "coordinator/revoke.html", context, status=400 if form.errors else 200)


@login_required
@never_cache
def recognition(request: HttpRequest) -> HttpResponse:
    """Training elsewhere of the reader's people: what waits first."""
    user = who_sees_people(request)
    asked = ExternalTraining.objects.visible_to(user).select_related("learner", "organisation", "decided_by")
    is_past = request.GET.get("show") == "decided"
    asked = asked.filter(decided_at__isnull=not is_past).order_by("-decided_at" if is_past else "asked_at")
    page = Paginator(asked, PER_PAGE).get_page(request.GET.get("page"))
    for training in page:
        saw_person(user, Access.What.WORK, training.learner)
    rows = [(training, DecisionForm(training=training, prefix=str(training.pk))) for training in page]
    context = {"page": page, "rows": rows, "is_past": is_past}
    return render(request, "coordinator/recognition.html", context)


@login_required
@require_POST
def decide(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Recognises or declines, once; the first decision stays. Nobody decides about their own."""
    user = signed_in(request)
    managed = Organisation.objects.managed_by(user)
    training = get_object_or_404(ExternalTraining.objects.filter(organisation__in=managed), pk=pk)
    form = DecisionForm(request.POST, training=training, prefix=str(training.pk))
    if training.learner_id == user.pk:
        messages.error(request, _("Somebody else decides about your own training."))
    elif not form.is_valid():
        messages.error(request, " ".join(str(error) for errors in form.errors.values() for error in errors))
    elif recognise(training, form.cleaned_data["recognised_hours"], user, form.cleaned_data["reason"].strip()):
        messages.success(request, _("Decided. The person sees it now."))
    else:
        messages.info(request, _("Somebody else had decided already. Their decision counts."))
    return redirect("coordinator:recognition")
