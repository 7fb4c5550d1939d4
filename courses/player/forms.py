from django import forms
from django.utils.translation import gettext_lazy as _

from courses.catalogue.models import Review


class ReviewForm(forms.ModelForm):
    stars = forms.TypedChoiceField(
        label=_("Stars"),
        coerce=int,
        choices=[(number, "★" * number) for number in range(5, 0, -1)],
        widget=forms.RadioSelect,
    )

    class Meta:
        model = Review
        fields = ("stars", "text")
