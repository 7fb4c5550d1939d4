from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm

from cms.directory.models import Organisation
from cms.directory.tree import place


class OrganisationForm(WagtailAdminModelForm):
    """Edits an organisation and its place in the tree; treebeard keeps the tree itself."""

    parent = forms.ModelChoiceField(
        Organisation.objects.all(),
        required=False,
        label=_("Part of"),
        help_text=_("Leave empty for a body that belongs to no other, e.g. a ministry or a company group."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.fields["parent"].initial = self.instance.get_parent()

    def clean_parent(self) -> Organisation | None:
        parent: Organisation | None = self.cleaned_data["parent"]
        node = self.instance
        if parent and node.pk and (parent == node or parent.is_descendant_of(node)):
            raise ValidationError(_("An organisation cannot be part of itself. Choose a body above it."))
        return parent

    def save(self, commit: bool = True) -> Organisation:
        organisation: Organisation = super().save(commit=False)
        place(organisation, self.cleaned_data["parent"])
        return organisation
