"""The keys with which credentials and evidence are signed. The private half is stored sealed."""

from base64 import urlsafe_b64encode

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class SigningKey(models.Model):
    """An Ed25519 key. One is current; the others are retired, or revoked where somebody else may know them.

    ``public`` is Multikey text. ``sealed`` is the private key, encrypted with a key derived from ``SECRET_KEY``;
    a secret that is replaced goes to ``SECRET_KEY_FALLBACKS`` until the key was rotated.
    """

    public = models.CharField(max_length=60, unique=True)
    sealed = models.TextField()
    created_at = models.DateTimeField(default=timezone.now)
    retired_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["created_at"]
        constraints = [
            models.UniqueConstraint(
                models.Value(1), condition=Q(retired_at__isnull=True, revoked_at__isnull=True), name="one_current_key"
            )
        ]
        verbose_name = _("signing key")
        verbose_name_plural = _("signing keys")

    def __str__(self) -> str:
        return self.public

    def private(self) -> Ed25519PrivateKey:
        """Raises ``ImproperlyConfigured`` where the secret that sealed it is gone."""
        try:
            return Ed25519PrivateKey.from_private_bytes(_box().decrypt(self.sealed.encode()))
        except InvalidToken:
            raise ImproperlyConfigured(
                "The signing key was sealed with another SECRET_KEY. Add the old one to SECRET_KEY_FALLBACKS, or run "
                "manage.py rotate_signing_key."
            ) from None


def seal(key: Ed25519PrivateKey) -> str:
    return _box().encrypt(key.private_bytes_raw()).decode()


def _box() -> MultiFernet:
    return MultiFernet([_fernet(secret) for secret in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)])


def _fernet(secret: str) -> Fernet:
    derived = HKDF(SHA256(), length=32, salt=None, info=b"imprint signing key").derive(secret.encode())
    return Fernet(urlsafe_b64encode(derived))
