"""Tests: quick hashes, mail in memory, files in a folder of their own."""

import os
import tempfile
from pathlib import Path

os.environ["DEBUG"] = "0"
os.environ.setdefault("VAR_DIR", tempfile.mkdtemp(prefix="imprint-test-"))
os.environ.setdefault("SECURE_SSL_REDIRECT", "0")

from cms.settings.base import *  # noqa: F403
from cms.settings.base import CACHES, VAR_DIR, WAGTAILSEARCH_BACKENDS

SECRET_KEY = "for-tests-only"  # noqa: S105
ALLOWED_HOSTS = ["testserver", "127.0.0.1", "localhost"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
SECURE_HSTS_SECONDS = 0
TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}
WAGTAILSEARCH_BACKENDS["default"]["PATH"] = VAR_DIR / f"search-{os.environ.get('PYTEST_XDIST_WORKER', 'main')}"
Path(VAR_DIR).mkdir(parents=True, exist_ok=True)
WHITENOISE_USE_FINDERS = True
# Each test process empties its cache: on Redis it has a database of its own, or it would empty the others'.
WORKER = os.environ.get("PYTEST_XDIST_WORKER", "")
if WORKER and str(CACHES["default"].get("LOCATION", "")).startswith("redis://"):
    CACHES["default"]["LOCATION"] = (
        f"{str(CACHES['default']['LOCATION']).rpartition('/')[0]}/{WORKER.removeprefix('gw')}"
    )
