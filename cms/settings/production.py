"""Production: everything secret comes from the environment, and what is missing is said at once."""

import os

from django.core.exceptions import ImproperlyConfigured

if os.environ.get("DEBUG", "0").lower() not in {"", "0", "false", "no", "off"}:
    raise ImproperlyConfigured("Production settings never run with DEBUG. Unset DEBUG.")

from cms.settings.base import *  # noqa: F403
from cms.settings.base import STORAGES, env

SECRET_KEY = env.str("SECRET_KEY", default="")
if not SECRET_KEY:
    raise ImproperlyConfigured("Set SECRET_KEY to at least 50 random characters (docs/operations.md).")
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=[])
if not ALLOWED_HOSTS:
    raise ImproperlyConfigured("Set ALLOWED_HOSTS to the host names of this site, separated by commas.")
STORAGES = STORAGES | {"staticfiles": {"BACKEND": "cms.static_files.StaticFiles"}}
