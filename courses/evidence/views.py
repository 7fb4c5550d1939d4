"""Asking for evidence, watching it being made, and taking it along."""

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from cms.accounts.api import signed_in
from cms.accounts.models import User
from cms.accounts.offices import who_sees_people
from cms.directory.models import Organisation
from cms.privacy.access import saw_people_of
from cms.privacy.models import Access
from courses.credentials.badges.keys import current_key
from courses.enrolment.models import TrainingPlan
from courses.evidence.api import FILES, VERIFIER
from courses.evidence.contents import period_of
from courses.evidence.models import Evidence
from courses.evidence.tasks import make_evidence

PER_PAGE = 25


class EvidenceForm(forms.ModelForm[Evidence]):
    class Meta:
        model = Evidence
        fields = ["organisation", "plan", "starts_on", "ends_on"]
        widgets = {
            name: forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}) for name in ("starts_on", "ends_on")
        }

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, choices in (
            ("organisation", Organisation.objects.visible_to(user)),
            ("plan", TrainingPlan.objects.visible_to(user)),
        ):
            field = self.fields[name]
            assert isinstance(field, forms.ModelChoiceField)
            field.queryset = choices
        self.initial["starts_on"], self.initial["ends_on"] = period_of(timezone.localdate())

    def clean(self) -> dict[str, Any]:
        values: dict[str, Any] = super().clean() or {}
        starts_on, ends_on = values.get("starts_on"), values.get("ends_on")
        if starts_on and ends_on and ends_on < starts_on:
            raise ValidationError({"ends_on": _("The last day is before the first. Change one of them.")})
        return values


@login_required
@never_cache
def asked(request: HttpRequest) -> HttpResponse:
    """What was exported so far, and the form for more."""
    user = who_sees_people(request)
    form = EvidenceForm(request.POST or None, user=user)
    if request.method == "POST" and form.is_valid():
        form.instance.author, form.instance.total = user, len(FILES)
        evidence = form.save()
        saw_people_of(user, Access.What.EVIDENCE, [evidence.organisation])
        make_evidence.enqueue(str(evidence.pk))
        return redirect("evidence:evidence", evidence.pk)
    found = Evidence.objects.visible_to(user).select_related("organisation", "plan", "author")
    context = {"form": form, "page": Paginator(found, PER_PAGE).get_page(request.GET.get("page"))}
    return render(request, "evidence/asked.html", context, status=400 if form.errors else 200)


def _own(request: HttpRequest, pk: UUID) -> Evidence:
    found = Evidence.objects.visible_to(signed_in(request)).select_related("organisation", "plan", "author")
    return get_object_or_404(found, pk=pk)


@login_required
@never_cache
@require_safe
def evidence(request: HttpRequest, pk: UUID) -> HttpResponse:
    found = _own(request, pk)
    return render(request, "evidence/evidence.html", {"evidence": found, "key": current_key().public})


@login_required
@require_POST
def again(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Begins anew what failed or was cut off."""
    found = _own(request, pk)
    if found.state == Evidence.State.FAILED or found.is_stuck:
        Evidence.objects.filter(pk=found.pk).update(state=Evidence.State.WAITING, changed_at=timezone.now())
        make_evidence.enqueue(str(found.pk))
    else:
        messages.info(request, _("It is being made already."))
    return redirect("evidence:evidence", found.pk)


@login_required
@never_cache
@require_safe
def download(request: HttpRequest, pk: UUID) -> FileResponse:
    found = _own(request, pk)
    if found.state != Evidence.State.READY:
        raise Http404
    saw_people_of(signed_in(request), Access.What.EVIDENCE, [found.organisation])
    name = f"evidence-{found.organisation.slug}-{found.starts_on}-{found.ends_on}.zip"
    return FileResponse(found.file.open("rb"), as_attachment=True, filename=name, content_type="application/zip")


@require_safe
def verifier(request: HttpRequest) -> HttpResponse:
    """The program that checks an archive, from us and not from the archive."""
    headers = {"Content-Disposition": 'attachment; filename="verify.py"'}
    return HttpResponse(VERIFIER.read_bytes(), content_type="text/x-python; charset=utf-8", headers=headers)
