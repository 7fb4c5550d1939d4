"""Links of one's own: whoever has the mail has the registration."""

from cms.accounts.links import token_for, value_of
from cms.campaigns.events.models import Registration

PURPOSE = "registration"


def token_of(registration: Registration) -> str:
    return token_for(PURPOSE, str(registration.pk))


def find(token: str) -> Registration | None:
    """The registration of a token; None for a forged one."""
    return Registration.objects.filter(pk=value_of(PURPOSE, token)).first()
