"""Settings of every installation. What differs comes from the environment (``docs/reference/settings.md``)."""

from ecoute.config import environment

VAR = environment.var_folder()
_SECRETS = environment.load_secrets(VAR)

SECRET_KEY = environment.text("SECRET_KEY") or _SECRETS["secret_key"]
RAW_KEY = environment.text("RAW_KEY") or _SECRETS["raw_key"]
FINGERPRINT_KEY = environment.text("FINGERPRINT_KEY") or _SECRETS["fingerprint_key"]
DEBUG = environment.flag("DEBUG")
DEMO = environment.flag("DEMO")
ALLOWED_HOSTS = environment.listing("HOSTS", "127.0.0.1,localhost,[::1]")
CSRF_TRUSTED_ORIGINS = environment.listing("ORIGINS")
# Where readers reach the site, for links in letters that no request made.
SITE_ADDRESS = environment.text("ADDRESS", (CSRF_TRUSTED_ORIGINS or ["http://127.0.0.1:8000"])[0]).rstrip("/")
SITE_NAME = environment.text("SITE_NAME", "Écoute")
ORGANISATION_NAME = environment.text("ORGANISATION", "")

INSTALLED_APPS = [
    "ecoute.connectors",
    "ecoute.portal",
    "ecoute.watch",
    "ecoute.indicators",
    "ecoute.coding",
    "ecoute.discovery",
    "ecoute.verbatims",
    "ecoute.directory",
    "ecoute.ui",
    "ecoute.core",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "django.contrib.postgres",
    "django_htmx",
    "allauth",
    "allauth.account",
    "allauth.mfa",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "ecoute.directory.signing_in.ReaderLanguage",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
]

ROOT_URLCONF = "ecoute.config.urls"
CSRF_FAILURE_VIEW = "ecoute.portal.views.errors.csrf_failure"
SKIN = environment.text("SKIN")  # a folder of tokens and templates: see src/ecoute/ui/README.md
WSGI_APPLICATION = "ecoute.config.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [f"{SKIN}/templates"] if SKIN else [],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "django.template.context_processors.i18n",
                "ecoute.ui.context.page",
                "ecoute.portal.navigation.context",
            ],
        },
    }
]

DATABASES = {"default": environment.database(environment.text("DATABASE_URL"), VAR)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "directory.User"
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]

# French msgids are the source: French needs no catalogue, English has one in each room.
LANGUAGE_CODE = "fr"
LANGUAGES = [("fr", "Français"), ("en", "English")]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Europe/Paris"
USE_THOUSAND_SEPARATOR = True

# How texts are understood: docs/guides/engines.md.
PROFILE = environment.text("PROFILE", "fast")  # fast or fine
ENGINES = environment.text("ENGINES")  # one engine of one's own for a step: embedding=onnx:/folder,themes=endpoint
ENDPOINT_URL = environment.text("ENDPOINT_URL")  # of an OpenAI-compatible server, up to /v1
ENDPOINT_KEY = environment.text("ENDPOINT_KEY")
ENDPOINT_MODEL = environment.text("ENDPOINT_MODEL")  # that codes themes
ENDPOINT_EMBEDDING_MODEL = environment.text("ENDPOINT_EMBEDDING_MODEL")
ENDPOINT_TIMEOUT = float(environment.text("ENDPOINT_TIMEOUT", "20"))  # seconds, for one whole answer

PERMISSION_CHECK = "ecoute.directory.facade.can_everywhere"  # how core, below the directory, asks who may
AUDIT_DAYS = int(environment.text("AUDIT_DAYS", "365"))  # how long the trail of actions is kept
JOB_DAYS = int(environment.text("JOB_DAYS", "90"))  # how long ended background work is kept

STATIC_URL = "static/"
STATICFILES_DIRS = [("skin", f"{SKIN}/static")] if SKIN else []
STATIC_ROOT = VAR / "static"
MEDIA_ROOT = VAR / "media"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "ecoute.core.static_storage.FingerprintedStorage"},
}
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = DEBUG
WHITENOISE_MAX_AGE = 3600

EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
EMAIL_HOST = environment.text("EMAIL_HOST")
EMAIL_PORT = int(environment.text("EMAIL_PORT", "25"))
EMAIL_HOST_USER = environment.text("EMAIL_USER")
EMAIL_HOST_PASSWORD = environment.text("EMAIL_PASSWORD")
EMAIL_USE_TLS = environment.flag("EMAIL_TLS")
DEFAULT_FROM_EMAIL = environment.text("EMAIL_FROM", "ecoute@localhost")
if not EMAIL_HOST:  # no server named: letters are written as files, where an administrator finds them
    EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    EMAIL_FILE_PATH = VAR / "outbox"

from ecoute.config.settings.accounts import *  # noqa: E402, F403
from ecoute.config.settings.security import *  # noqa: E402, F403
