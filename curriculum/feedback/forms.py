from django import forms
from django.utils.translation import gettext_lazy as _

from curriculum.feedback.models import MistakeReport


class MistakeForm(forms.Form):
    """What is wrong, and where. The field ``website`` is for robots: people do not see it."""

    part = forms.ChoiceField(label=_("What it is about"), choices=MistakeReport.Part.choices)
    message = forms.CharField(
        label=_("What is wrong, and how should it be?"),
        max_length=2000,
        min_length=5,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("For example: step 3 says 20 years from grant, but it is from filing."),
    )
    website = forms.CharField(required=False, widget=forms.HiddenInput)
