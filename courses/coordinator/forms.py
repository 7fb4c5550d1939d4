"""What a coordinator decides about one person: an exception, a correction, training elsewhere."""

from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from cms.accounts.models import User
from courses.credentials.models import ExternalTraining
from courses.enrolment.models import PlanException, TrainingPlan

MOST_HOURS = Decimal(200)


class ExceptionForm(forms.ModelForm[PlanException]):
    prefix = "exception"

    class Meta:
        model = PlanException
        fields = ["plan", "kind", "starts_on", "ends_on", "percent", "reason"]
        widgets = {
            name: forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}) for name in ("starts_on", "ends_on")
        }

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        plan = self.fields["plan"]
        assert isinstance(plan, forms.ModelChoiceField)
        plan.queryset = TrainingPlan.objects.visible_to(user).in_force()

    def clean(self) -> dict[str, Any]:
        values: dict[str, Any] = super().clean() or {}
        starts_on, ends_on = values.get("starts_on"), values.get("ends_on")
        if starts_on and ends_on and ends_on < starts_on:
            raise ValidationError({"ends_on": _("The last day is before the first. Change one of them.")})
        if values.get("kind") == PlanException.Kind.PART_TIME and not 0 < (values.get("percent") or 0) < 100:
            raise ValidationError({"percent": _("Say what part of full time it is: 50 for half.")})
        return values


class CorrectionForm(forms.Form):
    prefix = "correction"
    key = forms.UUIDField(widget=forms.HiddenInput)
    hours = forms.DecimalField(
        label=_("Hours"),
        min_value=-MOST_HOURS,
        max_value=MOST_HOURS,
        decimal_places=1,
        help_text=_("With a minus to take hours away: -1.5"),
    )
    earned_on = forms.DateField(
        label=_("Counts for the day"), widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}), required=False
    )
    plan: forms.ModelChoiceField[TrainingPlan] = forms.ModelChoiceField(
        TrainingPlan.objects.none(), label=_("For this plan only"), required=False
    )
    reason = forms.CharField(label=_("Reason"), max_length=400)

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        plan = self.fields["plan"]
        assert isinstance(plan, forms.ModelChoiceField)
        plan.queryset = TrainingPlan.objects.visible_to(user).in_force()


class RevocationForm(forms.Form):
    reason = forms.CharField(
        label=_("Reason"), max_length=400, help_text=_("The holder reads it. A certificate that is revoked stays so.")
    )


class DecisionForm(forms.Form):
    recognised_hours = forms.DecimalField(
        label=_("Hours that are recognised"),
        min_value=Decimal(0),
        max_value=MOST_HOURS,
        decimal_places=1,
        help_text=_("0 declines it."),
    )
    reason = forms.CharField(label=_("Reason"), max_length=400, required=False)

    def __init__(self, *args: Any, training: ExternalTraining, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["recognised_hours"] = training.hours

    def clean(self) -> dict[str, Any]:
        values: dict[str, Any] = super().clean() or {}
        if values.get("recognised_hours") == 0 and not values.get("reason", "").strip():
            raise ValidationError({"reason": _("Say why it is declined.")})
        return values
