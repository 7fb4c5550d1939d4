from datetime import date, timedelta
from typing import Any

from django import forms
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cms.accounts.models import User
from cms.directory.models import Organisation
from cms.vocabulary.models import LANGUAGE_COLUMNS, Region
from curriculum.adoption.api import Report
from curriculum.adoption.models import LARGEST_CLASS, TaughtLesson

SCHOOLS = (Organisation.Kind.SCHOOL, Organisation.Kind.UNIVERSITY)
MOST_SUGGESTED = 100
OLDEST = timedelta(days=366)
RATINGS = [
    ("", _("No answer")),
    ("1", _("1 – not at all")),
    ("2", _("2 – with difficulty")),
    ("3", _("3 – all right")),
    ("4", _("4 – well")),
    ("5", _("5 – very well")),
]


class TaughtForm(forms.Form):
    """“I taught this.” A school is named as people name it; where several have the name, one is chosen."""

    form_key = forms.UUIDField(widget=forms.HiddenInput)
    taught_on = forms.DateField(label=_("Date"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
    class_size = forms.IntegerField(label=_("Number of students"), min_value=1, max_value=LARGEST_CLASS)
    grade = forms.IntegerField(label=_("Grade"), min_value=1, max_value=12, required=False)
    school = forms.CharField(
        label=_("School"),
        max_length=200,
        required=False,
        help_text=_("Begin to type and choose. If your school is not there, leave it empty and choose the region."),
        widget=forms.TextInput(attrs={"list": "schools", "autocomplete": "off"}),
    )
    school_choice: forms.ModelChoiceField = forms.ModelChoiceField(
        Organisation.objects.none(), label=_("Which one?"), required=False, widget=forms.RadioSelect
    )
    region: forms.ModelChoiceField = forms.ModelChoiceField(
        Region.objects.all(), label=_("Region"), required=False, help_text=_("If you name no school.")
    )
    rating = forms.TypedChoiceField(
        label=_("How it went"), choices=RATINGS, required=False, coerce=int, empty_value=None
    )
    note = forms.CharField(
        label=_("Note for yourself"),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Only you see it."),
    )

    def __init__(self, *args: Any, teacher: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.teacher = teacher
        named = self._named(self.data.get("school", "")) if self.is_bound else Organisation.objects.none()
        if named.count() > 1:
            self.fields["school_choice"].queryset = named  # type: ignore[attr-defined]
        else:
            del self.fields["school_choice"]

    @classmethod
    def of(cls, taught: TaughtLesson, teacher: User) -> "TaughtForm":
        """The form filled with an earlier report."""
        values = {
            name: getattr(taught, name) for name in ("taught_on", "class_size", "grade", "region", "rating", "note")
        }
        return cls(initial=values | {"school": str(taught.school or ""), "form_key": taught.form_key}, teacher=teacher)

    def suggestions(self) -> list[str]:
        """Schools to choose from: the teacher's own first."""
        own = Organisation.objects.filter(kind__in=SCHOOLS, memberships__user=self.teacher)
        others = Organisation.objects.filter(kind__in=SCHOOLS)[:MOST_SUGGESTED]
        return list(dict.fromkeys(str(school) for school in [*own, *others]))

    def clean_taught_on(self) -> date:
        day: date = self.cleaned_data["taught_on"]
        today = timezone.localdate()
        if day > today:
            raise forms.ValidationError(_("This day is still to come."))
        if day < today - OLDEST:
            raise forms.ValidationError(_("This is more than a year ago."))
        return day

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        cleaned["found_school"] = self._school(cleaned)
        if not cleaned.get("school") and not cleaned.get("region"):
            self.add_error("region", _("Name your school, or choose the region."))
        return cleaned

    def _school(self, cleaned: dict[str, Any]) -> Organisation | None:
        name = cleaned.get("school", "")
        if not name:
            return None
        found = list(self._named(name)[:2])
        if len(found) == 1:
            return found[0]
        if not found:
            self.add_error("school", _("We know no school of this name. Choose one from the list, or leave it empty."))
        elif not cleaned.get("school_choice"):
            self.add_error("school", _("Several schools have this name. Choose one below."))
        return cleaned.get("school_choice")

    def _named(self, name: str) -> Any:
        name = name.strip()[:200]
        condition = Q()
        for code in LANGUAGE_COLUMNS:
            condition |= Q(**{f"name_{code}__iexact": name})
        return Organisation.objects.filter(condition, kind__in=SCHOOLS) if name else Organisation.objects.none()

    @property
    def report(self) -> Report:
        data = self.cleaned_data
        return Report(
            data["taught_on"],
            data["class_size"],
            data["grade"],
            data["found_school"],
            data["region"],
            data["rating"],
            data["note"],
        )
