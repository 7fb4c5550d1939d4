"""Forms anyone may send: no third party decides who is a person, and nothing is asked of people that robots do better.

Three quiet checks: a field people do not see, the time it took, and how often it comes from one address.
"""

from typing import Any
from uuid import UUID, uuid4

from django import forms
from django.core import signing
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cms.accounts.limits import allows

QUICKEST, SLOWEST = 2, 24 * 3600  # seconds between seeing a form and sending it
SALT = "imprint.public-form"


class PublicForm(forms.Form):
    """A form without an account. ``form_key`` tells a form sent twice from two forms."""

    started = forms.CharField(widget=forms.HiddenInput, required=False)
    homepage = forms.CharField(
        label=_("Leave this field empty"),
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off", "tabindex": "-1"}),
    )
    action = "form"
    most_an_hour = 20

    def __init__(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        self.request = request
        if request.method == "POST":
            kwargs |= {"data": request.POST, "files": request.FILES}
        super().__init__(*args, **kwargs)
        self.fields["started"].initial = self.stamp()

    @staticmethod
    def stamp() -> str:
        return signing.dumps([str(uuid4()), int(timezone.now().timestamp())], salt=SALT)

    @property
    def form_key(self) -> UUID:
        """The key of this very form, the same however often it is sent. Only after it was found valid."""
        return UUID(self.cleaned_data["started"][0])

    def clean_homepage(self) -> str:
        if self.cleaned_data["homepage"]:
            raise forms.ValidationError(_("Please leave the last field empty and send the form again."))
        return ""

    def clean_started(self) -> list[Any]:
        try:
            key, moment = signing.loads(self.cleaned_data["started"], salt=SALT)
        except (signing.BadSignature, ValueError) as error:
            self._begin_again()
            raise forms.ValidationError(_("This form is too old. Please send it again.")) from error
        taken = timezone.now().timestamp() - moment
        if taken < QUICKEST:
            raise forms.ValidationError(_("That was very quick. Please wait a moment and send the form again."))
        if taken > SLOWEST:
            self._begin_again()
            raise forms.ValidationError(_("This form is too old. Please send it again."))
        return [key, moment]

    def _begin_again(self) -> None:
        """What was filled in stays; only the stamp is new."""
        data = self.data.copy()  # type: ignore[attr-defined]
        data["started"] = self.stamp()
        self.data = data

    def say_mail_failed(self) -> None:
        """The mail server did not answer: whoever sent the form keeps what they wrote and tries again."""
        self.add_error(None, _("Our mail server does not answer. Nothing is lost: please send it again later."))

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if not self.errors and not allows(self.request, self.action, self.most_an_hour, 3600):
            raise forms.ValidationError(
                _("Too many of these came from your address within an hour. Nothing is lost: send it again later.")
            )
        return cleaned
