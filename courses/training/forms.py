"""Asking for training elsewhere to be recognised."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cms.documents.scans import ScanField
from courses.credentials.models import ExternalTraining


class ExternalTrainingForm(forms.ModelForm[ExternalTraining]):
    proof = ScanField(
        label=_("Proof"), help_text=_("The certificate or confirmation: PDF, PNG or JPEG, 10 MB at most.")
    )

    class Meta:
        model = ExternalTraining
        fields = ["title", "provider", "held_on", "hours", "topics", "proof"]
        widgets = {
            "held_on": forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
            "topics": forms.CheckboxSelectMultiple,
            "hours": forms.NumberInput(attrs={"step": "0.5", "min": "0.5", "inputmode": "decimal"}),
        }

    def clean_held_on(self) -> Any:
        day = self.cleaned_data["held_on"]
        if day > timezone.localdate():
            raise ValidationError(_("This day has not come yet. Ask once the training is over."))
        return day
