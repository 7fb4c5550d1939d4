from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page
from wagtail.permission_policies.pages import PagePermissionPolicy

from cms.accounts.models import User
from curriculum.library.models import LessonLibraryPage
from curriculum.plans.models import UnitPage

LARGEST = 20 * 1024 * 1024  # bytes


class PlaceField(forms.ModelChoiceField):
    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.title} ({obj.locale})"


class ImportForm(forms.Form):
    """The filled-in template, and where the draft goes: only where the editor may add pages."""

    file = forms.FileField(label=_("Word file"), help_text=_("The template, filled in. At most 20 MB."))
    parent = PlaceField(Page.objects.none(), label=_("Below this page"))

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        allowed = PagePermissionPolicy().instances_user_has_permission_for(user, "add")
        places = Page.objects.type(UnitPage) | Page.objects.type(LessonLibraryPage)
        self.fields["parent"].queryset = (  # type: ignore[attr-defined]
            places.filter(pk__in=allowed.values("pk")).select_related("locale").order_by("path")
        )

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file.size > LARGEST:
            raise forms.ValidationError(_("This file is larger than 20 MB. Take pictures out and upload it again."))
        return file
