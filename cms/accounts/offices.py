"""The signed-in person, if they have an office in some organisation. Call these behind ``login_required`` only."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.utils.translation import gettext as _

from cms.accounts.api import signed_in
from cms.accounts.models import User
from cms.directory.models import Organisation, OrganisationQuerySet


def who_sees_people(request: HttpRequest) -> User:
    """A coordinator, reporter or administrator of any unit. Raises ``PermissionDenied``, as the others here."""
    user = signed_in(request)
    return _if_any(user, Organisation.objects.visible_to(user), _coordinators_only())


def who_manages_people(request: HttpRequest) -> User:
    """A coordinator or administrator of any unit."""
    user = signed_in(request)
    return _if_any(user, Organisation.objects.managed_by(user), _coordinators_only())


def who_administers(request: HttpRequest) -> User:
    """An administrator of any unit."""
    user = signed_in(request)
    return _if_any(
        user,
        Organisation.objects.administered_by(user),
        _("Only administrators of an organisation see this page. Ask one of them for the role."),
    )


def _coordinators_only() -> str:
    return _("Only training coordinators see this page. Ask your administrator for the role.")


def _if_any(user: User, units: OrganisationQuerySet, otherwise: str) -> User:
    if not units.exists():
        raise PermissionDenied(otherwise)
    return user
