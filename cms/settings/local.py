"""The demo and development on one machine: `make run`."""

import os
import secrets

os.environ.setdefault("DEBUG", "1")

from cms.settings.base import *  # noqa: F403
from cms.settings.base import DEBUG, VAR_DIR, env

VAR_DIR.mkdir(parents=True, exist_ok=True)


def _local_secret_key() -> str:
    """A key made once per checkout, so that sessions survive a restart and no key is in the code."""
    file = VAR_DIR / "secret-key"
    if not file.exists():
        file.write_text(secrets.token_urlsafe(64), encoding="utf-8")
        file.chmod(0o600)
    return file.read_text(encoding="utf-8")


SECRET_KEY = env.str("SECRET_KEY", default="") or _local_secret_key()
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["*"] if DEBUG else ["127.0.0.1", "localhost"])
WHITENOISE_USE_FINDERS = True  # no collectstatic needed on a laptop, DEBUG or not
