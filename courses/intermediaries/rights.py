"""Who keeps the register: those to whom the site's administrator gave the right to change its entries."""

from typing import TYPE_CHECKING

from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.utils.translation import gettext as _

from cms.accounts.api import signed_in
from cms.accounts.models import User

if TYPE_CHECKING:
    from django.contrib.auth.base_user import AbstractBaseUser

PERMISSION = "intermediaries.change_registerentry"


def keeps_register(user: "AbstractBaseUser | AnonymousUser") -> bool:
    return isinstance(user, User) and user.has_perm(PERMISSION)


def keeper(request: HttpRequest) -> User:
    """The signed-in keeper. Call it behind ``login_required``. Raises ``PermissionDenied``."""
    user = signed_in(request)
    if not keeps_register(user):
        raise PermissionDenied(_("Only those who keep the register see this page."))
    return user
