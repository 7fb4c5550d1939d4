"""Links of one's own: whoever has the mail has the registration."""

from django.core import signing

from cms.campaigns.events.models import Registration

SALT = "imprint.registration"


def token_of(registration: Registration) -> str:
    return signing.Signer(salt=SALT).sign_object(str(registration.pk))


def find(token: str) -> Registration | None:
    """The registration of a token; None for a forged one."""
    try:
        return Registration.objects.filter(pk=signing.Signer(salt=SALT).unsign_object(token)).first()
    except (signing.BadSignature, ValueError):
        return None
