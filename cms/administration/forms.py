from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cms.accounts.models import User
from cms.administration.seals import keep_seal, read_seal
from cms.artwork.errors import ArtworkError
from cms.directory.models import Membership, Organisation
from cms.directory.roles import SEEING
from cms.directory.tree import place
from cms.vocabulary.forms import NamedForm, language_fields
from cms.vocabulary.slugs import free_slug


class UnitForm(NamedForm[Organisation]):
    """A unit below one that the person administers. The topmost keeps its place: only somebody above moves it."""

    website = forms.URLField(label=_("website"), required=False, max_length=200, assume_scheme="https")
    seal_file = forms.FileField(
        label=_("seal"),
        required=False,
        help_text=_("PNG with a transparent ground. It stands on the certificates of this body and those below it."),
    )
    parent = forms.ModelChoiceField(Organisation.objects.none(), label=_("Part of"))

    class Meta:
        model = Organisation
        fields = [*language_fields("name"), "parent", "kind", "region", "time_zone", "website", "slug"]

    def __init__(self, *args: Any, administrator: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        administered = Organisation.objects.administered_by(administrator)
        self.fields["slug"].required = False
        above = self.instance.get_parent() if self.instance.pk else None
        if self.instance.pk and not administered.filter(pk=above.pk if above else None).exists():
            del self.fields["parent"]  # only somebody above moves it
            return
        parent = self.fields["parent"]
        assert isinstance(parent, forms.ModelChoiceField)
        parent.queryset = administered
        parent.initial = parent.initial or above

    def clean_slug(self) -> str:
        return self.cleaned_data["slug"] or self.instance.slug or ""

    def clean_seal_file(self) -> bytes:
        file = self.cleaned_data["seal_file"]
        try:
            return read_seal(file) if file else b""
        except ArtworkError as error:
            raise ValidationError(str(error)) from error

    def clean_parent(self) -> Organisation:
        parent: Organisation = self.cleaned_data["parent"]
        node = self.instance
        if node.pk and (parent == node or parent.is_descendant_of(node)):
            raise ValidationError(_("An organisation cannot be part of itself. Choose a body above it."))
        return parent

    def save(self, commit: bool = True) -> Organisation:
        unit: Organisation = super().save(commit=False)
        unit.slug = unit.slug or free_slug(Organisation, unit.name_en, "unit")  # type: ignore[attr-defined]
        if self.cleaned_data["seal_file"]:
            unit.seal = keep_seal(self.cleaned_data["seal_file"], str(unit), unit.slug)
        place(unit, self.cleaned_data.get("parent", unit.get_parent() if unit.pk else None))
        return unit


class RoleForm(forms.ModelForm[Membership]):
    """Gives somebody who has an account a role in a unit."""

    email = forms.EmailField(label=_("E-mail address"))

    class Meta:
        model = Membership
        fields = ["role", "starts_on", "ends_on"]
        widgets = {
            name: forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}) for name in ("starts_on", "ends_on")
        }

    field_order = ["email", "role", "starts_on", "ends_on"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        role = self.fields["role"]
        assert isinstance(role, forms.ChoiceField)
        role.choices = [(value, value.label) for value in reversed(SEEING)]
        role.initial = SEEING[-1]

    def clean_email(self) -> str:
        email: str = self.cleaned_data["email"]
        person = User.objects.filter(email__iexact=email, is_active=True).first()
        if person is None:
            raise ValidationError(_("Nobody has an account with this address. Ask them to make one first."))
        self.instance.user = person
        return email

    def clean(self) -> dict[str, Any]:
        values: dict[str, Any] = super().clean() or {}
        if values.get("email") and values.get("role") and values.get("starts_on"):
            same = Membership.objects.filter(
                user=self.instance.user, organisation=self.instance.organisation, role=values["role"]
            ).filter(Q(ends_on__isnull=True) | Q(ends_on__gte=values["starts_on"]))
            if values.get("ends_on"):
                same = same.filter(starts_on__lte=values["ends_on"])
            if same.exists():
                self.add_error("role", _("This person has the role here already, on some of these days."))
        return values
