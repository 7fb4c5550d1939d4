from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cms.accounts.humans import PublicForm
from cms.directory.models import Organisation
from cms.professionals.models import Claim, Lecturing, Nomination, Profile, ProfileName, TeachingRequest
from cms.professionals.occasions import Occasion
from cms.professionals.parts import Part
from cms.vocabulary.joined import joined, split
from cms.vocabulary.sectors import Sector
from cms.vocabulary.tongues import sorted_choices

MOST_NAMES = 8


def _day() -> forms.DateInput:
    return forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})


class ProfileForm(forms.ModelForm):
    names = forms.CharField(
        label=_("Your names"),
        help_text=_("In every script in which you use them, one per line. The first stands as the heading."),
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
        max_length=1000,
    )
    languages = forms.MultipleChoiceField(
        label=_("Languages that you work in"),
        choices=sorted_choices,
        required=False,
        help_text=_("Hold Ctrl or ⌘ to choose several."),
        widget=forms.SelectMultiple(attrs={"size": 8}),
    )
    sectors = forms.MultipleChoiceField(
        label=_("Industries that you know"),
        choices=[choice for choice in Sector.choices if choice[0] != Sector.ALL],
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    field_order = ["names", "headline", "topics", "about", "region", "languages", "sectors"]

    class Meta:
        model = Profile
        fields = ["headline", "topics", "about", "region", "takes_messages", "in_search_engines"]
        widgets = {"topics": forms.CheckboxSelectMultiple, "about": forms.Textarea(attrs={"rows": 6, "dir": "auto"})}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["topics"].required = True
        self.initial["languages"] = split(self.instance.languages)
        self.initial["sectors"] = split(self.instance.sectors)
        known = self.instance.all_names if not self.instance._state.adding else []
        self.initial["names"] = "\n".join(known or filter(None, [self.instance.user.name]))

    def clean_names(self) -> list[str]:
        names = list(dict.fromkeys(" ".join(line.split()) for line in self.cleaned_data["names"].splitlines()))
        names = [name for name in names if name]
        if not names:
            raise ValidationError(_("Give at least one name."))
        if len(names) > MOST_NAMES or any(len(name) > 200 for name in names):
            raise ValidationError(_("At most %(most)d names of at most 200 characters.") % {"most": MOST_NAMES})
        return names

    def save(self, commit: bool = True) -> Profile:
        self.instance.languages = joined(self.cleaned_data["languages"])
        self.instance.sectors = joined(self.cleaned_data["sectors"])
        profile: Profile = super().save(commit)
        names = self.cleaned_data["names"]
        profile.names.exclude(name__in=names).delete()
        for order, name in enumerate(names):
            ProfileName.objects.update_or_create(profile=profile, name=name, defaults={"sort_order": order})
        profile.__dict__.pop("all_names", None)
        profile.save()  # search learns of the names
        return profile


class ClaimForm(forms.ModelForm):
    url = forms.URLField(label=_("Address"), required=False, assume_scheme="https")
    field_order = ["kind", "title", "body", "starts_on", "ends_on", "url", "organisation"]

    class Meta:
        model = Claim
        fields = ["kind", "title", "body", "starts_on", "ends_on", "url", "organisation"]
        widgets = {"starts_on": _day(), "ends_on": _day()}

    def __init__(self, *args: Any, organisations: QuerySet[Organisation], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["organisation"]
        field.queryset = organisations  # type: ignore[attr-defined]
        field.label = _("Who can confirm it")
        field.help_text = _("One of the organisations that you belong or belonged to. Its coordinators are asked.")


class PublishForm(forms.Form):
    parts = forms.MultipleChoiceField(
        label=_("Show these parts, too"), choices=Part.choices, required=False, widget=forms.CheckboxSelectMultiple
    )
    agrees = forms.BooleanField(
        label=_("I agree"), error_messages={"required": _("Without your consent nothing is shown.")}
    )


class NominationForm(forms.ModelForm):
    class Meta:
        model = Nomination
        fields = ["statement"]
        widgets = {"statement": forms.Textarea(attrs={"rows": 5, "dir": "auto"})}


class DecisionForm(forms.Form):
    decision = forms.ChoiceField(
        label=_("Decision"), choices=[("admit", _("Admit")), ("refuse", _("Do not admit"))], widget=forms.RadioSelect
    )
    reason = forms.CharField(
        label=_("Reason"),
        max_length=1000,
        required=False,
        help_text=_("The person reads it. Needed where they are not admitted."),
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
    )

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if cleaned.get("decision") == "refuse" and not cleaned.get("reason"):
            self.add_error("reason", _("Say why."))
        return cleaned


class MessageForm(PublicForm):
    """A letter to a professional; what is written is sent on and not kept."""

    name = forms.CharField(label=_("Your name"), max_length=120)
    email = forms.EmailField(
        label=_("Your email address"),
        help_text=_("The person answers to it."),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    message = forms.CharField(
        label=_("Message"), max_length=3000, widget=forms.Textarea(attrs={"rows": 8, "dir": "auto"})
    )
    action = "professional-message"
    most_an_hour = 5
    field_order = ["name", "email", "message", "started", "homepage"]


class LecturingForm(forms.ModelForm):
    forms_offered = forms.MultipleChoiceField(
        label=_("What I can do"), choices=Lecturing.Form.choices, widget=forms.CheckboxSelectMultiple
    )
    field_order = ["is_available", "forms_offered", "subjects", "availability"]

    class Meta:
        model = Lecturing
        fields = ["is_available", "subjects", "availability"]
        widgets = {"subjects": forms.Textarea(attrs={"rows": 5, "dir": "auto"})}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["forms_offered"] = split(self.instance.forms)

    def save(self, commit: bool = True) -> Lecturing:
        self.instance.forms = joined(self.cleaned_data["forms_offered"])
        saved: Lecturing = super().save(commit)
        return saved


class TeachingRequestForm(forms.ModelForm):
    class Meta:
        model = TeachingRequest
        fields = ["organisation", "subject", "starts_on", "ends_on", "place", "message"]
        widgets = {
            "starts_on": _day(),
            "ends_on": _day(),
            "message": forms.Textarea(attrs={"rows": 6, "dir": "auto"}),
        }

    def __init__(self, *args: Any, organisations: QuerySet[Organisation], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["organisation"].queryset = organisations  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        starts, ends = cleaned.get("starts_on"), cleaned.get("ends_on")
        if starts and starts < timezone.localdate():
            self.add_error("starts_on", _("This day is over."))
        if starts and ends and ends < starts:
            self.add_error("ends_on", _("The last day is before the first. Change one of them."))
        return cleaned


class OpinionForm(forms.Form):
    occasion = forms.ChoiceField(label=_("Where you were"), choices=[])
    stars = forms.TypedChoiceField(
        label=_("Stars"), choices=[(number, str(number)) for number in range(5, 0, -1)], coerce=int
    )

    def __init__(self, *args: Any, occasions: list[Occasion], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["occasion"].choices = [(one.key, one.title) for one in occasions]  # type: ignore[attr-defined]
