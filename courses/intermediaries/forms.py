from typing import Any
from uuid import uuid4

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cms.accounts.models import User
from cms.directory.models import Organisation
from cms.documents.scans import ScanField
from cms.vocabulary.joined import joined, split
from cms.vocabulary.tongues import sorted_choices
from courses.intermediaries.models import (
    IntegrityRecord,
    Objection,
    Paper,
    PaperResult,
    Practice,
    RegisterEntry,
    Standing,
    StatusChange,
)

MOST_HOURS_A_DAY = 12


def _day() -> forms.DateInput:
    return forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})


def _words(rows: int = 3) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows, "dir": "auto"})


class CheckForm(forms.Form):
    number = forms.CharField(label=_("Registration number"), max_length=40)
    name = forms.CharField(
        label=_("Name"),
        max_length=200,
        help_text=_("The full name of the agent or agency, in any of its scripts."),
        widget=forms.TextInput(attrs={"dir": "auto"}),
    )


class PracticeForm(forms.ModelForm):
    class Meta:
        model = Practice
        fields = ["organisation", "starts_on", "ends_on", "hours", "work"]
        widgets = {"starts_on": _day(), "ends_on": _day(), "work": _words()}

    def __init__(self, *args: Any, organisations: QuerySet[Organisation], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["organisation"]
        field.queryset = organisations  # type: ignore[attr-defined]
        field.help_text = _("Its coordinators confirm the hours.")

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        starts, ends, hours = cleaned.get("starts_on"), cleaned.get("ends_on"), cleaned.get("hours")
        if ends and ends > timezone.localdate():
            self.add_error("ends_on", _("This day has not come yet. Enter the hours once they are worked."))
        if starts and ends and ends < starts:
            self.add_error("ends_on", _("The last day is before the first. Change one of them."))
        elif starts and ends and hours and hours > MOST_HOURS_A_DAY * ((ends - starts).days + 1):
            self.add_error("hours", _("That is more than twelve hours a day."))
        if starts and ends and self._overlaps(starts, ends):
            self.add_error("starts_on", _("Some of these days are in practice that you have entered already."))
        return cleaned

    def _overlaps(self, starts: Any, ends: Any) -> bool:
        mine = Practice.objects.filter(person=self.instance.person, track=self.instance.track)
        counted = mine.exclude(state=Practice.State.DECLINED)
        return counted.filter(starts_on__lte=ends, ends_on__gte=starts).exists()


class AnswerForm(forms.Form):
    """Yes or no with a reason that the person reads; a no needs one."""

    decision = forms.ChoiceField(label=_("Decision"), widget=forms.RadioSelect)
    reason = forms.CharField(
        label=_("Reason"),
        max_length=400,
        required=False,
        help_text=_("The person reads it. Needed for a no."),
        widget=_words(2),
    )

    def __init__(self, *args: Any, yes: Any, no: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["decision"].choices = [("yes", yes), ("no", no)]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if cleaned.get("decision") == "no" and not cleaned.get("reason"):
            self.add_error("reason", _("Say why."))
        return cleaned

    @property
    def is_yes(self) -> bool:
        return bool(self.cleaned_data["decision"] == "yes")


class RefusalForm(forms.Form):
    reason = forms.CharField(label=_("Reason"), max_length=400, help_text=_("The person reads it."), widget=_words(2))


class ObjectionForm(forms.ModelForm):
    class Meta:
        model = Objection
        fields = ["text"]
        widgets = {"text": _words(8)}


def _account_field() -> forms.EmailField:
    return forms.EmailField(
        label=_("Email address of their account here"),
        required=False,
        help_text=_("The holder then sees the entry, its hours and its records as theirs, and is reminded."),
    )


class EntryForm(forms.ModelForm):
    email: forms.EmailField | None = _account_field()
    languages = forms.MultipleChoiceField(
        label=_("Languages"),
        choices=sorted_choices,
        required=False,
        help_text=_("Hold Ctrl or ⌘ to choose several."),
        widget=forms.SelectMultiple(attrs={"size": 6}),
    )

    class Meta:
        model = RegisterEntry
        fields = [
            "track",
            "holder",
            "number",
            "name",
            "other_names",
            "organisation",
            "agency",
            "region",
            "languages",
            "topics",
            "admitted_on",
            "valid_until",
        ]
        widgets = {
            "other_names": _words(2),
            "topics": forms.CheckboxSelectMultiple,
            "admitted_on": _day(),
            "valid_until": _day(),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["languages"] = split(self.instance.languages)
        agencies = RegisterEntry.objects.filter(holder=RegisterEntry.Holder.AGENCY).exclude(pk=self.instance.pk)
        self.fields["agency"].queryset = agencies  # type: ignore[attr-defined]
        self.fields["valid_until"].help_text = _("Empty: worked out from the rules of the qualification.")

    def clean_email(self) -> str:
        address: str = self.cleaned_data["email"]
        person = User.objects.filter(email__iexact=address, is_active=True).first() if address else None
        if address and person is None:
            raise ValidationError(_("Nobody here has this address. The holder signs up first."))
        self.instance.user = person
        return address

    def clean_admitted_on(self) -> Any:
        day = self.cleaned_data["admitted_on"]
        if day > timezone.localdate():
            raise ValidationError(_("This day has not come yet."))
        return day

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        since, until = cleaned.get("admitted_on"), cleaned.get("valid_until")
        if since and until and until < since:
            self.add_error("valid_until", _("The last day is before the first. Change one of them."))
        if cleaned.get("holder") == RegisterEntry.Holder.AGENCY and cleaned.get("agency"):
            self.add_error("agency", _("An agency works for no other one."))
        return cleaned

    def _post_clean(self) -> None:
        super()._post_clean()  # type: ignore[misc]
        if "languages" in self.cleaned_data:
            self.instance.languages = joined(self.cleaned_data["languages"])


class AdmissionForm(EntryForm):
    """The candidate’s account, track and kind are known; the keeper gives the number."""

    email: forms.EmailField | None = None

    class Meta(EntryForm.Meta):
        fields = ["number", "name", "other_names", "agency", "region", "languages", "topics", "admitted_on"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        forms.ModelForm.__init__(self, *args, **kwargs)
        agencies = RegisterEntry.objects.filter(holder=RegisterEntry.Holder.AGENCY)
        self.fields["agency"].queryset = agencies  # type: ignore[attr-defined]


class DetailsForm(AdmissionForm):
    """What of an entry may change without being a line of its history."""

    email = _account_field()

    class Meta(EntryForm.Meta):
        fields = ["name", "other_names", "agency", "region", "languages", "topics"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["languages"] = split(self.instance.languages)
        self.initial["email"] = self.instance.user.email if self.instance.user else ""


class KeyedForm(forms.ModelForm):
    """A form with a name of its own: sent twice, it is entered once, and that is no error."""

    key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)

    def _get_validation_exclusions(self) -> set[str]:
        return {*super()._get_validation_exclusions(), "key"}  # type: ignore[misc]


class StatusForm(KeyedForm):
    class Meta:
        model = StatusChange
        fields = ["status", "since", "until", "reason", "is_reason_public", "key"]
        widgets = {"since": _day(), "until": _day(), "reason": _words(2)}

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        since, until = cleaned.get("since"), cleaned.get("until")
        if until and cleaned.get("status") != Standing.SUSPENDED:
            self.add_error("until", _("Only a suspension has a last day."))
        elif since and until and until < since:
            self.add_error("until", _("The last day is before the first. Change one of them."))
        return cleaned


class RenewalForm(forms.Form):
    reason = forms.CharField(
        label=_("Reason"),
        max_length=400,
        required=False,
        help_text=_("Needed where hours are missing and it is renewed all the same."),
        widget=_words(2),
    )


class RecordForm(KeyedForm):
    document = ScanField(
        label=_("Source document"), help_text=_("The decision itself: PDF, PNG or JPEG, 10 MB at most. It is public.")
    )

    class Meta:
        model = IntegrityRecord
        fields = ["kind", "title", "authority", "decided_on", "document", "public_until", "key"]
        widgets = {"decided_on": _day(), "public_until": _day()}

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        decided, until = cleaned.get("decided_on"), cleaned.get("public_until")
        if decided and decided > timezone.localdate():
            self.add_error("decided_on", _("This day has not come yet."))
        if decided and until and until < decided:
            self.add_error("public_until", _("The last day is before the first. Change one of them."))
        return cleaned


class ResultForm(KeyedForm):
    email = forms.EmailField(label=_("Email address of the candidate"))
    field_order = ["email", "paper", "sat_on", "points", "reason", "key"]

    class Meta:
        model = PaperResult
        fields = ["paper", "sat_on", "points", "reason", "key"]
        widgets = {"sat_on": _day(), "reason": _words(2)}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        papers = Paper.objects.select_related("track").order_by("track__slug", "sort_order")
        field = self.fields["paper"]
        field.queryset = papers  # type: ignore[attr-defined]
        field.label_from_instance = lambda paper: f"{paper.track}: {paper}"  # type: ignore[attr-defined]

    def clean_email(self) -> str:
        address: str = self.cleaned_data["email"]
        person = User.objects.filter(email__iexact=address, is_active=True).first()
        if person is None:
            raise ValidationError(_("Nobody here has this address. The candidate signs up first."))
        if person == self.instance.author:
            raise ValidationError(_("Somebody else enters your own results."))
        self.instance.person = person
        return address

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        paper, sat_on, points = cleaned.get("paper"), cleaned.get("sat_on"), cleaned.get("points")
        if paper and points is not None and points > paper.most_points:
            self.add_error("points", _("This paper has %(most)d points.") % {"most": paper.most_points})
        if sat_on and sat_on > timezone.localdate():
            self.add_error("sat_on", _("This day has not come yet."))
        if paper and sat_on and not cleaned.get("reason") and self._is_known(paper, sat_on):
            self.add_error("reason", _("There is a result of that day already. Say why this one is right."))
        return cleaned

    def _is_known(self, paper: Paper, sat_on: Any) -> bool:
        rows = PaperResult.objects.filter(person_id=self.instance.person_id, paper=paper, sat_on=sat_on)
        return "key" in self.cleaned_data and rows.exclude(key=self.cleaned_data["key"]).exists()
