from datetime import datetime
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class TellPressForm(forms.Form):
    """Until when the press keeps a release to itself."""

    embargo_until = forms.DateTimeField(
        label=_("Embargo until"),
        help_text=_("In your own time zone. Change it to tell the press that the embargo has moved."),
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        input_formats=["%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M"],
    )

    def clean_embargo_until(self) -> datetime:
        moment: datetime = self.cleaned_data["embargo_until"]
        if moment <= timezone.now():
            raise forms.ValidationError(_("This moment has passed. An embargo ends in the future."))
        return moment

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.label_suffix = ""
