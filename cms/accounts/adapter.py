from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest
from django.utils.translation import get_language

from cms.accounts.models import User


class AccountAdapter(DefaultAccountAdapter):
    """What sign-up stores besides the address: the name and the language the person signed up in."""

    def save_user(self, request: HttpRequest, user: User, form: Any, commit: bool = True) -> User:
        user.name = form.cleaned_data.get("name", "")
        user.preferred_language = get_language() or user.preferred_language
        saved: User = super().save_user(request, user, form, commit)
        return saved
