from typing import Any

from django import forms
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from cms.accounts.humans import PublicForm
from cms.accounts.models import User
from cms.campaigns.events.api import Applicant


class RegisterForm(PublicForm):
    name = forms.CharField(label=_("Name"), max_length=160, widget=forms.TextInput(attrs={"autocomplete": "name"}))
    email = forms.EmailField(
        label=_("Email address"),
        help_text=_("Your ticket goes there."),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    organisation = forms.CharField(
        label=_("Organisation (if you like)"),
        max_length=160,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "organization"}),
    )
    action = "register"
    most_an_hour = 30  # a school has one address for a whole class
    field_order = ["name", "email", "organisation", "started", "homepage"]

    def __init__(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        if isinstance(request.user, User):
            kwargs.setdefault("initial", {"name": request.user.name, "email": request.user.email})
        super().__init__(request, *args, **kwargs)

    @property
    def applicant(self) -> Applicant:
        user = self.request.user if isinstance(self.request.user, User) else None
        data = self.cleaned_data
        return Applicant(data["name"].strip(), data["email"], data["organisation"].strip(), user)
