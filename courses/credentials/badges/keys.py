"""The key that signs now, and its successors."""

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.db import IntegrityError, transaction
from django.utils import timezone

from courses.credentials.badges.proofs import multikey
from courses.credentials.models.keys import SigningKey, seal


def current_key() -> SigningKey:
    """The key in use; the first one is made when it is first asked for, once by however many workers."""
    found = _current()
    if found is None:
        try:
            with transaction.atomic():
                return _make()
        except IntegrityError:
            found = SigningKey.objects.get(retired_at=None, revoked_at=None)
    return found


@transaction.atomic
def rotate(*, is_compromised: bool = False) -> SigningKey:
    """A new key. The old one goes on vouching for what it signed before, unless somebody else may know it."""
    now = timezone.now()
    in_use = SigningKey.objects.select_for_update().filter(retired_at=None, revoked_at=None)
    in_use.update(**({"revoked_at": now} if is_compromised else {"retired_at": now}))
    return _make()


def _current() -> SigningKey | None:
    return SigningKey.objects.filter(retired_at=None, revoked_at=None).first()


def _make() -> SigningKey:
    key = Ed25519PrivateKey.generate()
    return SigningKey.objects.create(public=multikey(key.public_key()), sealed=seal(key))
