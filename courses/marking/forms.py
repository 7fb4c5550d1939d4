"""What a marker fills in."""

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from courses.activities.assignment.models import Criterion


class CommentForm(forms.Form):
    comment = forms.CharField(
        label=_("Comment for the learner"), widget=forms.Textarea(attrs={"rows": 4}), required=False, max_length=4000
    )


class RubricForm(CommentForm):
    """Points for each criterion, from none to its most."""

    def __init__(self, criteria: Iterable[Criterion], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for criterion in criteria:
            self.fields[str(criterion.key)] = forms.IntegerField(
                label=f"{criterion.title} (0–{criterion.points})",
                help_text=criterion.description,
                min_value=0,
                max_value=criterion.points,
            )
        self.order_fields([*(name for name in self.fields if name != "comment"), "comment"])

    @property
    def points(self) -> dict[str, int]:
        """Points by the criterion's key."""
        return {name: value for name, value in self.cleaned_data.items() if name != "comment"}


class AnswerForm(CommentForm):
    """Points for one answer."""

    points = forms.DecimalField(label=_("Points"), min_value=0, decimal_places=2)
    field_order = ("points", "comment")

    def __init__(self, possible: int, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.possible = possible
        self.fields["points"].max_value = Decimal(possible)  # type: ignore[attr-defined]
        self.fields["points"].label = f"{self.fields['points'].label} (0–{possible})"

    def clean_points(self) -> Decimal:
        points: Decimal = self.cleaned_data["points"]
        if points > self.possible:
            raise forms.ValidationError(_("There are %(most)s points at most.") % {"most": self.possible})
        return points
