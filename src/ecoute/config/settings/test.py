"""Settings of the test suite: strict about everything, and with nothing that only slows it down."""

import os
import tempfile

os.environ.setdefault("ECOUTE_VAR", tempfile.mkdtemp(prefix="ecoute-test-"))

from ecoute.config.settings.base import *  # noqa: F403
from ecoute.config.settings.base import DATABASES, MIDDLEWARE, STORAGES, VAR

MIDDLEWARE = [name for name in MIDDLEWARE if "whitenoise" not in name]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = STORAGES | {"staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
DATABASES["default"].get("OPTIONS", {}).pop("pool", None)
if "sqlite" in DATABASES["default"]["ENGINE"]:
    DATABASES["default"]["TEST"] = {"NAME": str(VAR / "test.sqlite3")}
