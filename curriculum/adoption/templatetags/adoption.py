from typing import TYPE_CHECKING

from django import template
from django.contrib.auth.models import AnonymousUser

from cms.directory.models import Organisation
from curriculum.adoption.models import sees_everything

if TYPE_CHECKING:
    from django.contrib.auth.base_user import AbstractBaseUser

register = template.Library()


@register.filter
def may_see_popularisation(user: "AbstractBaseUser | AnonymousUser") -> bool:
    """Whether the dashboard is for this person."""
    return sees_everything(user) or Organisation.objects.visible_to(user).exists()
