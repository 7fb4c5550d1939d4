"""django-modelsearch's own test models, with nothing of Imprint around them but its search backend."""

import tempfile
from pathlib import Path

SECRET_KEY = "for-tests-only"
USE_TZ = True
LANGUAGE_CODE = "en"
LANGUAGES = [("en", "English"), ("fr", "Français")]
DEFAULT_AUTO_FIELD = "django.db.models.AutoField"
INSTALLED_APPS = [
    "modelsearch.test.testapp",
    "modelsearch",
    "cms.search",
    "taggit",
    "django.contrib.auth",
    "django.contrib.contenttypes",
]
FIXTURE_DIRS = [Path(__file__).parents[3] / "shared" / "data" / "modelsearch"]
DATABASES = {"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": ":memory:"}}
MODELSEARCH_BACKENDS = {
    "default": {"BACKEND": "cms.search.backend", "PATH": Path(tempfile.mkdtemp(prefix="imprint-search-")) / "index"}
}
