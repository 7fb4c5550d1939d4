"""People named by their e-mail addresses: learners in the units that somebody manages, and nobody else."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from cms.accounts.addresses import addresses_in
from cms.accounts.models import User
from cms.directory.models import Membership, Organisation

MOST = 5000


def learners_named(text: str, manager: User, below: Organisation | None = None) -> list[User]:
    """The learners with these addresses, of the units that ``manager`` manages (and that are part of ``below``).

    Raises ``ValidationError`` with the addresses of those who are none.
    """
    addresses = addresses_in(text)
    if len(addresses) > MOST:
        raise ValidationError(_("Name at most %(number)s people."), params={"number": MOST})
    units = Organisation.objects.managed_by(manager)
    if below is not None:
        units = units.filter(path__startswith=below.path)
    learners = Membership.objects.learners().in_force().filter(organisation__in=units)
    found: dict[str, User] = {}
    for start in range(0, len(addresses), 500):
        some = User.objects.filter(email__in=addresses[start : start + 500], pk__in=learners.values("user_id"))
        found |= {user.email.lower(): user for user in some}
    missing = [address for address in addresses if address not in found]
    if missing:
        raise ValidationError(
            _("These are no learners of the units that you manage: %(people)s"),
            params={"people": ", ".join(missing[:20]) + ("…" if len(missing) > 20 else "")},
        )
    return list(found.values())
