from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cms.competences.models import Descriptor, Framework
from cms.documents.scans import ScanField
from courses.competence_map.models import CompetenceEvidence


class EvidenceForm(forms.ModelForm):
    proof = ScanField(label=_("Proof"), help_text=_("PDF, PNG or JPEG, 10 MB at most."))

    class Meta:
        model = CompetenceEvidence
        fields = ["descriptor", "title", "done_on", "text", "proof"]
        widgets = {
            "done_on": forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
            "text": forms.Textarea(attrs={"rows": 5, "dir": "auto"}),
        }

    def __init__(self, *args: Any, framework: Framework, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["descriptor"]
        field.queryset = Descriptor.objects.filter(competence__framework=framework)
        field.label_from_instance = lambda one: f"{one.competence} – {one.level}"

    def clean_done_on(self) -> Any:
        day = self.cleaned_data["done_on"]
        if day > timezone.localdate():
            raise ValidationError(_("This day has not come yet."))
        return day


class RecognitionForm(forms.Form):
    decision = forms.ChoiceField(
        label=_("Decision"),
        choices=[("recognised", _("It shows the competence")), ("declined", _("It does not show it"))],
        widget=forms.RadioSelect,
    )
    reason = forms.CharField(
        label=_("Reason"), max_length=400, required=False, help_text=_("The person reads it. Needed for a no.")
    )

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if cleaned.get("decision") == "declined" and not cleaned.get("reason"):
            self.add_error("reason", _("Say why it is declined."))
        return cleaned
