"""What every way of running Imprint shares. All that differs comes from environment variables."""

from pathlib import Path

import environ

BASE_DIR = Path(__file__).resolve().parent.parent.parent
env = environ.Env()

DEBUG = env.bool("DEBUG", default=False)
VAR_DIR = Path(env.str("VAR_DIR", default=str(BASE_DIR / "var")))
BASE_URL = env.str("BASE_URL", default="http://127.0.0.1:8000")
ALLOWED_HOSTS: list[str] = env.list("ALLOWED_HOSTS", default=[])
CSRF_TRUSTED_ORIGINS: list[str] = env.list("CSRF_TRUSTED_ORIGINS", default=[])

INSTALLED_APPS = [
    "cms.vocabulary",
    "cms.competences",
    "cms.directory",
    "cms.accounts",
    "cms.languages",
    "cms.typeset",
    "cms.documents",
    "cms.statistics",
    "cms.pages",
    "cms.interop",
    "cms.harvesting",
    "cms.campaigns",
    "cms.campaigns.kits",
    "cms.campaigns.newsroom",
    "cms.campaigns.events",
    "cms.campaigns.participation",
    "cms.campaigns.early_warning",
    "cms.campaigns.desk",
    "cms.guides",
    "cms.associations",
    "cms.coordination",
    "cms.administration",
    "cms.topics",
    "cms.correspondence",
    "cms.exchange",
    "cms.privacy",
    "cms.professionals",
    "cms.bases",
    "cms.statutes",
    "curriculum.plans",
    "curriculum.library",
    "curriculum.packs",
    "curriculum.adoption",
    "curriculum.feedback",
    "curriculum.drafting",
    "curriculum.degrees",
    "courses.catalogue",
    "courses.assessment",
    "courses.enrolment",
    "courses.records",
    "courses.activities",
    # A kind of activity is a folder: adding one adds it here, too.
    *(f"courses.activities.{path.parent.name}" for path in sorted(BASE_DIR.glob("courses/activities/*/kind.py"))),
    "courses.player",
    "courses.marking",
    "courses.credentials",
    "courses.training",
    "courses.rosters",
    "courses.coordinator",
    "courses.planning",
    "courses.evidence",
    "courses.reports",
    "courses.intermediaries",
    "courses.competence_map",
    "modeltranslation",
    "wagtail_localize",
    "wagtail_localize.locales",
    "wagtail.contrib.settings",
    "wagtail.contrib.search_promotions",
    "wagtail.embeds",
    "wagtail.sites",
    "cms.accounts.apps.ImprintUsersConfig",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "cms.search",  # after it: takes over its signals
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
    "treebeard",
    "allauth",
    "allauth.account",
    "csp",
    "django_htmx",
    "django_tasks_db",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.sitemaps",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "cms.languages.middleware.ReaderLocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "csp.middleware.CSPMiddleware",
    "cms.accounts.middleware.TimeZoneMiddleware",
    "cms.languages.middleware.NotFoundMiddleware",
]

ROOT_URLCONF = "cms.urls"
WSGI_APPLICATION = "cms.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "cms" / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
            "builtins": [
                "django.templatetags.i18n",
                "django.templatetags.static",
                "wagtail.templatetags.wagtailcore_tags",
                "cms.languages.templatetags.languages",
                "cms.pages.templatetags.imprint",
            ],
        },
    }
]

# --- Data -----------------------------------------------------------------------------------------
DATABASES = {"default": env.db("DATABASE_URL", default=f"sqlite:///{VAR_DIR / 'imprint.sqlite3'}")}
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    # WAL lets readers go on while one writer writes; IMMEDIATE takes the write lock at BEGIN, so that
    # two writers wait for each other (the busy timeout, in seconds) instead of failing half way.
    # FULL: what was acknowledged, an answer or an hour, is on the disk and survives a power cut.
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;",
    }
CACHES = {
    "default": env.cache("CACHE_URL", default="locmemcache://"),
    # Finished PDFs; the key is a digest of everything that goes into them, so they never expire.
    "documents": {
        "BACKEND": "django.core.cache.backends.filebased.FileBasedCache",
        "LOCATION": VAR_DIR / "cache" / "documents",
        "TIMEOUT": None,
        "OPTIONS": {"MAX_ENTRIES": 2000},
    },
}
# Embedded by default. A site that outgrows it names another backend of Wagtail and its address here.
WAGTAILSEARCH_BACKENDS: dict[str, dict[str, object]] = {
    "default": {
        "BACKEND": env.str("SEARCH_BACKEND", default="cms.search.backend"),
        "PATH": VAR_DIR / "search",
        "VOCABULARY": "cms.vocabulary.wordings.vocabulary",
    }
}
if SEARCH_URL := env.str("SEARCH_URL", default=""):
    WAGTAILSEARCH_BACKENDS["default"]["URLS"] = [SEARCH_URL]
# Work that no reader waits for; a worker does it (``manage.py db_worker``).
TASKS = {"default": {"BACKEND": env.str("TASKS_BACKEND", default="django_tasks_db.DatabaseBackend")}}

STATIC_URL = "/static/"
STATIC_ROOT = VAR_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
MEDIA_URL = "/media/"
MEDIA_ROOT = VAR_DIR / "media"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    # Finished lesson packs: served by a view that asks whether their lessons are still public.
    "packs": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": VAR_DIR / "packs", "base_url": None},
    },
    # Posters, cards and partners' logos: served by views that ask whether their campaign is still public.
    "kits": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": VAR_DIR / "kits", "base_url": None},
    },
    # What people enter in contests: public once it was looked at.
    "entries": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": VAR_DIR / "entries", "base_url": None},
    },
    # Films, recordings and slides of courses: served to those who are enrolled.
    "courses": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": VAR_DIR / "courses", "base_url": None},
    },
    # Rosters with what they would change: read by the worker and shown to those who may write them.
    "rosters": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": VAR_DIR / "rosters", "base_url": None},
    },
    # Audit evidence: served to those who may see the people it is about.
    "evidence": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": VAR_DIR / "evidence", "base_url": None},
    },
    # Proofs of training elsewhere: served to whoever handed them in and to those who decide.
    "proofs": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": VAR_DIR / "proofs", "base_url": None},
    },
    # Decisions about those on the register of intermediaries: public while the record of them is.
    "register": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": VAR_DIR / "register", "base_url": None},
    },
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
FILE_UPLOAD_PERMISSIONS = 0o644
DATA_UPLOAD_MAX_NUMBER_FIELDS = 10_000  # Wagtail's page editor with long StreamFields

# --- Languages ------------------------------------------------------------------------------------
USE_TZ = True
TIME_ZONE = "UTC"
USE_I18N = True
LANGUAGE_CODE = "en"
LANGUAGES = WAGTAIL_CONTENT_LANGUAGES = WAGTAILADMIN_PERMITTED_LANGUAGES = [
    ("en", "English"),
    ("zh-hans", "简体中文"),
    ("fr", "Français"),
    ("es", "Español"),
    ("ru", "Русский"),
    ("ar", "العربية"),
]
FORMAT_MODULE_PATH = ["cms.settings.formats"]
LOCALE_PATHS = [BASE_DIR / "locale"]
WAGTAIL_I18N_ENABLED = True
# A translation is published when a translator says so, never together with its untranslated source.
WAGTAILLOCALIZE_SYNC_LIVE_STATUS_ON_TRANSLATE = False
MODELTRANSLATION_LANGUAGES = tuple(code for code, _name in LANGUAGES)
MODELTRANSLATION_FALLBACK_LANGUAGES = ("en",)
MODELTRANSLATION_CUSTOM_FIELDS = ("StreamField", "RichTextField")

# --- People ---------------------------------------------------------------------------------------
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]
ACCOUNT_ADAPTER = "cms.accounts.adapter.AccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_SIGNUP_FORM_CLASS = "cms.accounts.forms.SignupForm"
ACCOUNT_EMAIL_VERIFICATION = "optional" if DEBUG else "mandatory"
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = "Imprint: "
ACCOUNT_RATE_LIMITS = {"login": "30/m/ip", "login_failed": "10/m/ip,5/5m/key", "signup": "20/m/ip"}
LOGIN_URL = WAGTAIL_FRONTEND_LOGIN_URL = "account_login"  # the admin's own leads there, see cms.urls
LOGIN_REDIRECT_URL = "player:my_learning"
EMAIL_CONFIG = env.email_url("EMAIL_URL", default="consolemail://")
vars().update(EMAIL_CONFIG)
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", default="Imprint <imprint@localhost>")

# --- Publishing -----------------------------------------------------------------------------------
WAGTAIL_SITE_NAME = "Imprint"
WAGTAILADMIN_BASE_URL = BASE_URL
WAGTAIL_EMAIL_MANAGEMENT_ENABLED = False  # addresses are changed, and confirmed, at /account/
WAGTAIL_PASSWORD_MANAGEMENT_ENABLED = False
WAGTAILDOCS_EXTENSIONS = ["pdf", "docx", "pptx", "xlsx", "odt", "odp", "ods", "txt", "zip"]
WAGTAILDOCS_SERVE_METHOD = "serve_view"
WAGTAILDOCS_DOCUMENT_FORM_BASE = "cms.documents.uploads.DocumentForm"
WAGTAILDOCS_MAX_UPLOAD_SIZE = 20 * 1024 * 1024  # bytes
WAGTAILIMAGES_EXTENSIONS = ["jpg", "jpeg", "png", "webp", "gif", "avif"]
WAGTAILIMAGES_MAX_UPLOAD_SIZE = 10 * 1024 * 1024  # bytes
WAGTAILIMAGES_MAX_IMAGE_PIXELS = 80_000_000  # an A2 poster at 300 dpi is 35 million
# Sitemaps of the wings, named as strings so that the ground knows no wing.
IMPRINT_SITEMAPS = {
    "courses": "courses.catalogue.sitemaps.CourseSitemap",
    "topics": "cms.topics.sitemaps.TopicSitemap",
    "bases": "cms.bases.sitemaps.BaseSitemap",
    "competences": "cms.competences.sitemaps.FrameworkSitemap",
}

# Between these hours, where a person is, they get no mail about their training.
IMPRINT_QUIET_HOURS = (20, 8)
# Whose name stands on credentials as the issuer.
IMPRINT_ISSUER_NAME = env.str("ISSUER_NAME", default=WAGTAIL_SITE_NAME)

# --- Security -------------------------------------------------------------------------------------
CONTENT_SECURITY_POLICY = {
    # Wagtail's admin needs inline styles and scripts; it is for signed-in staff only.
    "EXCLUDE_URL_PREFIXES": ("/admin/",),
    "DIRECTIVES": {
        "default-src": ["'none'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "img-src": ["'self'", "data:"],
        "media-src": ["'self'"],
        "font-src": ["'self'"],
        "connect-src": ["'self'"],
        "manifest-src": ["'self'"],
        "worker-src": ["'self'"],
        "form-action": ["'self'"],
        "frame-ancestors": ["'self'"],
        "base-uri": ["'none'"],
        "object-src": ["'none'"],
    },
}
X_FRAME_OPTIONS = "DENY"  # Wagtail loosens it to SAMEORIGIN for the previews in its own editor
# A secret that was replaced: what it sealed or signed is still read.
SECRET_KEY_FALLBACKS: list[str] = env.list("SECRET_KEY_FALLBACKS", default=[])
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = LANGUAGE_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = LANGUAGE_COOKIE_SAMESITE = "Lax"
SECURE_SSL_REDIRECT = env.bool("SECURE_SSL_REDIRECT", default=not DEBUG)
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = SECURE_SSL_REDIRECT
SECURE_HSTS_SECONDS = env.int("SECURE_HSTS_SECONDS", default=0 if DEBUG else 31_536_000)
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = not DEBUG
SECURE_REDIRECT_EXEMPT = [r"^healthz$"]
if env.bool("BEHIND_TLS_PROXY", default=False):
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": env.str("LOG_LEVEL", default="WARNING")},
}

# What the search page finds, in the order in which equally good results stand; named as strings likewise.
IMPRINT_SEARCH_KINDS = [
    "curriculum.plans.search.LESSON_PLAN",
    "curriculum.plans.search.PROGRAMME",
    "curriculum.degrees.search.DEGREE",
    "courses.catalogue.search.COURSE",
    "cms.campaigns.search.CAMPAIGN",
    "cms.campaigns.newsroom.search.PRESS",
    "cms.campaigns.events.search.EVENT",
    "cms.campaigns.participation.parts.CONSULTATION",
    "cms.campaigns.early_warning.search.REPORT",
    "cms.guides.search.GUIDE",
    "cms.associations.search.ASSOCIATION",
    "cms.exchange.search.OPPORTUNITY",
    "cms.statutes.search.LAW",
    "cms.professionals.search.PERSON",
    "courses.intermediaries.search.AGENT",
    "courses.competence_map.search.FRAMEWORK",
    "cms.bases.search.BASE",
    "cms.harvesting.search.EXTERNAL",
    "cms.search.terms.TOPIC",
    "cms.search.terms.TERM",
    "cms.documents.search.DOCUMENT",
    "cms.pages.search.STANDARD_PAGE",
]
# What belongs to a campaign, and the numbers that tell what it reached; each room names its own.
IMPRINT_CAMPAIGN_PARTS = [
    "cms.campaigns.parts.EDITIONS",
    "cms.campaigns.newsroom.parts.PRESS",
    "cms.campaigns.events.parts.EVENTS",
    "cms.campaigns.participation.parts.ACTIVITIES",
]
IMPRINT_CAMPAIGN_RESULTS = [
    "cms.campaigns.parts.reach",
    "cms.campaigns.events.parts.held",
    "cms.campaigns.participation.parts.took_part",
    "curriculum.adoption.results.lessons_taught",
]
# The figures of the coverage matrix; each room names its own.
IMPRINT_COVERAGE = [
    "cms.campaigns.coverage.CAMPAIGNS",
    "cms.guides.coverage.GUIDES",
    "curriculum.adoption.coverage.PROGRAMMES",
    "curriculum.adoption.coverage.TAUGHT",
    "courses.credentials.coverage.COURSES",
    "courses.credentials.coverage.TRAINED",
    "cms.professionals.coverage.POOLS",
    "courses.intermediaries.coverage.INTERMEDIARIES",
]
# What professionals teach or speak at; each room names its own.
IMPRINT_OCCASIONS = ["courses.credentials.occasions.COURSES", "cms.campaigns.events.occasions.EVENTS"]
# What develops competences; each room names its own.
IMPRINT_DEVELOPING = ["courses.catalogue.developing.courses", "curriculum.plans.developing.lessons"]
# What takes place at training bases; each room names its own.
IMPRINT_HELD_AT_BASES = ["cms.campaigns.events.held.events_at", "courses.activities.live_session.held.sessions_at"]
# Proofs that people may put into their profiles; each room names its own.
IMPRINT_CLAIM_PROOFS = ["courses.credentials.proofs.CERTIFICATES", "courses.intermediaries.proofs.REGISTER"]
# What is stored about people; each room names its own kinds. What leads through another row comes before it.
IMPRINT_PERSONAL_DATA = [
    "courses.personal.KINDS",
    "curriculum.adoption.personal.KINDS",
    "cms.campaigns.personal.KINDS",
    "cms.professionals.personal.KINDS",
    "cms.correspondence.personal.KINDS",
    "cms.directory.personal.KINDS",
    "cms.privacy.personal.KINDS",
    "cms.accounts.personal.KINDS",
]
# What other systems harvest; each room names its own.
IMPRINT_SHARED_WORKS = [
    "cms.campaigns.works.CAMPAIGN",
    "cms.campaigns.newsroom.works.PRESS",
    "cms.campaigns.events.works.EVENT",
    "cms.campaigns.participation.works.CONSULTATION",
    "cms.campaigns.early_warning.works.REPORT",
    "cms.guides.works.GUIDE",
    "cms.associations.works.ASSOCIATION",
    "cms.exchange.works.OPPORTUNITY",
    "cms.statutes.works.LAW",
    "cms.interop.standard_pages.STANDARD_PAGE",
    "curriculum.plans.works.LESSON_PLAN",
    "curriculum.plans.works.PROGRAMME",
    "curriculum.degrees.works.DEGREE",
    "courses.catalogue.works.COURSE",
]
# The licence of what names none of its own, as the foot of every page says.
IMPRINT_CONTENT_LICENCE = "https://creativecommons.org/licenses/by/4.0/"
# The repository's part of its identifiers (OAI-PMH): for good, even if the site moves. Empty: the host's name.
IMPRINT_OAI_NAMESPACE = env.str("OAI_NAMESPACE", default="")
# Whether partners' repositories may be in a private network: only where all who name them are trusted with it.
IMPRINT_HARVEST_PRIVATE = env.bool("HARVEST_PRIVATE", default=False)
# Loaders of starter content in order, named as strings: the ground knows no wing.
IMPRINT_STARTERS = [
    "cms.vocabulary.starter.load",
    "cms.competences.starter.load",
    "cms.directory.starter.load",
    "cms.pages.starter.load",
    "cms.campaigns.starter.load",
    "cms.campaigns.starter.more.load",
    "cms.coordination.starter.load",
    "cms.statutes.starter.load",
    "curriculum.library.starter.load",
    "curriculum.degrees.starter.load",
    "courses.assessment.starter.load",
    "courses.enrolment.starter.load",
    "courses.intermediaries.starter.load",
    "cms.guides.starter.load",
    "cms.exchange.starter.load",
    "cms.associations.starter.load",
    "cms.bases.starter.load",
    "cms.pages.starter.feature",
]
# The admin, too, asks no other host for anything.
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
