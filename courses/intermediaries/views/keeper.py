"""The pages of those who keep the register."""

from datetime import timedelta
from uuid import UUID

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from cms.privacy.access import saw_person
from cms.privacy.models import Access
from courses.intermediaries import keeping
from courses.intermediaries.education import owed_for_renewal
from courses.intermediaries.forms import (
    AdmissionForm,
    AnswerForm,
    DetailsForm,
    EntryForm,
    RecordForm,
    RefusalForm,
    RenewalForm,
    ResultForm,
    StatusForm,
)
from courses.intermediaries.keeping import Refused
from courses.intermediaries.models import (
    Application,
    IntegrityRecord,
    Objection,
    PaperResult,
    RegisterEntry,
    Standing,
    StatusChange,
)
from courses.intermediaries.progress import progress_of
from courses.intermediaries.rights import keeper

PER_PAGE = 25


@login_required
@never_cache
@require_safe
def overview(request: HttpRequest) -> HttpResponse:
    """What waits for the keepers: applications, objections, entries that run out."""
    keeper(request)
    today = timezone.localdate()
    ending = RegisterEntry.objects.filter(
        valid_until__range=(
            today - timedelta(days=keeping.RENEWABLE_DAYS),
            today + timedelta(days=keeping.RENEWABLE_DAYS),
        )
    ).exclude(status=Standing.STRUCK_OFF)
    context = {
        "applications": Application.objects.filter(state=Application.State.ASKED).select_related("person", "track"),
        "objections": Objection.objects.filter(state=Objection.State.OPEN).select_related("record__entry"),
        "ending": Paginator(ending.order_by("valid_until", "pk").select_related("track"), PER_PAGE).get_page(
            request.GET.get("page")
        ),
    }
    return render(request, "intermediaries/keeper/overview.html", context)


@login_required
@never_cache
def add(request: HttpRequest) -> HttpResponse:
    """Enters somebody who was admitted elsewhere, or an agency."""
    by = keeper(request)
    form = EntryForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        entered = form.save(commit=False)
        try:
            keeping.enter(entered, by)
        except Refused as refused:
            form.add_error("number", str(refused))
        else:
            form.save_m2m()
            messages.success(request, _("The entry is on the register."))
            return redirect(entered)
    return _form_page(request, form, _("Enter somebody"))


@login_required
@never_cache
def results(request: HttpRequest) -> HttpResponse:
    """Enters a result of an examination."""
    by = keeper(request)
    form = ResultForm(request.POST or None, instance=PaperResult(author=by))
    if request.method == "POST" and form.is_valid():
        if not PaperResult.objects.filter(key=form.cleaned_data["key"]).exists():
            form.save()
        messages.success(request, _("The result is entered."))
        return redirect("intermediaries:results")
    return _form_page(request, form, _("Enter a result"))


def _form_page(request: HttpRequest, form: forms.BaseForm, heading: str) -> HttpResponse:
    context = {"form": form, "heading": heading}
    return render(request, "intermediaries/keeper/form.html", context, status=400 if form.errors else 200)


@login_required
@never_cache
def application(request: HttpRequest, pk: UUID) -> HttpResponse:
    """An application with all that it rests on: to be admitted with a number, or refused with a reason."""
    by = keeper(request)
    rows = Application.objects.filter(state=Application.State.ASKED).select_related("person", "track")
    found: Application = get_object_or_404(rows, pk=pk)
    saw_person(by, Access.What.WORK, found.person)
    posted = request.POST if request.method == "POST" else None
    admission = AdmissionForm(
        posted if posted and "admit" in posted else None,
        initial={"name": found.person.name, "admitted_on": timezone.localdate()},
    )
    refusal = RefusalForm(posted if posted and "refuse" in posted else None)
    try:
        if admission.is_bound and admission.is_valid():
            entry = keeping.admit(found, admission.save(commit=False), by)
            admission.save_m2m()
            messages.success(request, _("The entry is on the register."))
            return redirect(entry)
        if refusal.is_bound and refusal.is_valid():
            keeping.refuse(found, by, refusal.cleaned_data["reason"])
            messages.success(request, _("Decided. The person sees it now."))
            return redirect("intermediaries:overview")
    except Refused as refused:
        (admission if admission.is_bound else refusal).add_error(None, str(refused))
    context = {
        "application": found,
        "progress": progress_of(found.person, found.track),
        "admission": admission,
        "refusal": refusal,
    }
    failed = admission.errors or refusal.errors
    return render(request, "intermediaries/keeper/application.html", context, status=400 if failed else 200)


@login_required
@never_cache
def objection(request: HttpRequest, pk: UUID) -> HttpResponse:
    """An objection beside its record, and the decision."""
    by = keeper(request)
    rows = Objection.objects.filter(state=Objection.State.OPEN).select_related("record__entry", "record__entered_by")
    found: Objection = get_object_or_404(rows, pk=pk)
    form = AnswerForm(
        request.POST or None,
        yes=gettext_lazy("Uphold it: the record is withdrawn"),
        no=gettext_lazy("Reject it: the record stands"),
    )
    if request.method == "POST" and form.is_valid():
        try:
            keeping.decide_objection(found, by, is_upheld=form.is_yes, answer=form.cleaned_data["reason"])
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("Decided. The person sees it now."))
            return redirect("intermediaries:overview")
    context = {"objection": found, "form": form}
    return render(request, "intermediaries/keeper/objection.html", context, status=400 if form.errors else 200)


@login_required
@never_cache
def entry(request: HttpRequest, pk: UUID) -> HttpResponse:
    """All that can be done with an entry, a form each; the name of the button says which was sent."""
    by = keeper(request)
    rows = RegisterEntry.objects.with_standing().select_related("track").prefetch_related("track__topics")
    found: RegisterEntry = get_object_or_404(rows, pk=pk)
    posted = request.POST if request.method == "POST" else None

    def of(button: str) -> QueryDict | None:
        return posted if posted and button in posted else None

    details = DetailsForm(of("details"), instance=RegisterEntry.objects.get(pk=pk), prefix="details")
    status = StatusForm(of("status"), prefix="status")
    renewal = RenewalForm(of("renew"), prefix="renew")
    record = RecordForm(of("record"), request.FILES or None, prefix="record")
    sent = next((form for form in (details, status, renewal, record) if form.data), None)
    if sent is not None and sent.is_valid():
        try:
            keeping.refuse_own(found, by)
            if sent is details:
                details.save()
            elif sent is status:
                keeping.change_status(found, StatusChange(**status.cleaned_data), by)
            elif sent is renewal:
                keeping.renew(found, by, renewal.cleaned_data["reason"])
            else:
                keeping.enter_record(found, IntegrityRecord(**record.cleaned_data), by)
        except Refused as refused:
            sent.add_error(None, str(refused))
        else:
            messages.success(request, _("It is entered."))
            return redirect("intermediaries:keep", pk)
    context = {
        "entry": found,
        "details": details,
        "status": status,
        "renewal": renewal,
        "record": record,
        "owed": owed_for_renewal(found) if found.valid_until and found.track.continuing_hours else [],
        "changes": found.changes.select_related("author"),
        "records": found.records.prefetch_related("objections").select_related("entered_by"),
    }
    failed = sent is not None and sent.errors
    return render(request, "intermediaries/keeper/entry.html", context, status=400 if failed else 200)
