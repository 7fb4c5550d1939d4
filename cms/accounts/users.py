"""Wagtail's user administration, taught our user model."""

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.users.forms import UserCreationForm, UserEditForm
from wagtail.users.views.users import UserViewSet

from cms.accounts.models import User

FIELDS = {"email", "name", "preferred_language", "time_zone", "is_superuser", "groups"}


class ImprintUserEditForm(UserEditForm):
    first_name = None
    last_name = None
    name = forms.CharField(label=_("Name"), max_length=200)

    class Meta(UserEditForm.Meta):
        model = User
        fields = FIELDS | {"is_active"}


class ImprintUserCreationForm(UserCreationForm):
    first_name = None
    last_name = None
    name = forms.CharField(label=_("Name"), max_length=200)

    class Meta(UserCreationForm.Meta):
        model = User
        fields = FIELDS


class ImprintUserViewSet(UserViewSet):
    create_template_name = "accounts/admin/create.html"
    edit_template_name = "accounts/admin/edit.html"

    def get_form_class(self, for_update: bool = False) -> type[forms.ModelForm]:
        return ImprintUserEditForm if for_update else ImprintUserCreationForm
