"""What is stored about me, who looked at it, taking it along, and asking to be erased."""

from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST, require_safe

from cms.accounts.api import signed_in
from cms.accounts.limits import allows
from cms.accounts.models import User
from cms.privacy.erasure import ask, withdraw
from cms.privacy.export import as_json, as_pdf
from cms.privacy.kinds import all_rows, model_of
from cms.privacy.models import Access, ErasureRequest
from cms.typeset.api import TypesettingError

LOOKS_PER_PAGE = 25
MOST_TRIES = 5


class ErasureForm(forms.Form):
    """The password, so that a device left open erases nobody."""

    password = forms.CharField(
        label=gettext_lazy("Password"), widget=forms.PasswordInput(attrs={"autocomplete": "current-password"})
    )

    def __init__(self, *args: Any, person: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.person = person

    def clean_password(self) -> str:
        password = str(self.cleaned_data["password"])
        if not self.person.check_password(password):
            raise ValidationError(_("This is not your password."))
        return password


@login_required
@never_cache
@sensitive_post_parameters("password")
def privacy(request: HttpRequest) -> HttpResponse:
    """The kinds of data with how many rows and how long they are kept, and who looked."""
    person = signed_in(request)
    form = ErasureForm(request.POST or None, person=person)
    if request.method == "POST":
        if not allows(request, "erasure", MOST_TRIES, 3600):
            form.add_error("password", _("Too many tries. Wait an hour."))
        if form.is_valid():
            ask(person)
            messages.success(request, _("Your account will be erased. Until then you can change your mind here."))
            return redirect("privacy:privacy")
    kinds = [(model_of(kind)._meta.verbose_name_plural, rows.count(), kind) for kind, rows in all_rows(person)]
    looks = Access.objects.about(person).select_related("reader", "organisation")
    context = {
        "kinds": [entry for entry in kinds if entry[1]],
        "looks": Paginator(looks, LOOKS_PER_PAGE).get_page(request.GET.get("page")),
        "request_for_erasure": ErasureRequest.objects.filter(person=person, withdrawn_at=None, done_at=None).first(),
        "form": form,
    }
    return render(request, "privacy/privacy.html", context, status=400 if form.errors else 200)


@login_required
@require_POST
def change_mind(request: HttpRequest) -> HttpResponse:
    withdraw(signed_in(request))
    messages.success(request, _("Your account stays."))
    return redirect("privacy:privacy")


@login_required
@never_cache
@require_safe
def export_json(request: HttpRequest) -> HttpResponse:
    headers = {"Content-Disposition": 'attachment; filename="my-data.json"'}
    return HttpResponse(as_json(signed_in(request)), content_type="application/json; charset=utf-8", headers=headers)


@login_required
@never_cache
@require_safe
def export_pdf(request: HttpRequest) -> HttpResponse:
    try:
        pdf = as_pdf(signed_in(request))
    except TypesettingError as error:
        messages.error(request, str(error))
        return redirect("privacy:privacy")
    headers = {"Content-Disposition": 'attachment; filename="my-data.pdf"'}
    return HttpResponse(pdf, content_type="application/pdf", headers=headers)
