from zoneinfo import available_timezones

from django import forms
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from cms.accounts.models import User


class SignupForm(forms.Form):
    """What allauth's sign-up asks besides the address and the password."""

    name = forms.CharField(
        label=_("Name"),
        max_length=200,
        help_text=_("As it should stand on certificates."),
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    field_order = ["name", "email", "password1"]

    def signup(self, request: HttpRequest, user: User) -> None:
        """allauth calls this after the adapter has stored the user; nothing is left to do."""


class AccountForm(forms.ModelForm[User]):
    """A person's own settings."""

    time_zone = forms.ChoiceField(
        label=_("Time zone"), choices=[(name, name.replace("_", " ")) for name in sorted(available_timezones())]
    )

    class Meta:
        model = User
        fields = ["name", "preferred_language", "time_zone"]

    def clean_name(self) -> str:
        name = str(self.cleaned_data["name"]).strip()
        if not name:
            raise forms.ValidationError(_("Enter your name. It is printed on your certificates."))
        return name
