"""Signing in (django-allauth): by e-mail and password, by invitation only, with a second factor."""

from ecoute.config import environment

# Administrators, and readers of words as received, use these rights only with a second factor. The demo goes without.
SECOND_FACTOR_REQUIRED = not environment.flag("DEMO")

AUTHENTICATION_BACKENDS = ["ecoute.directory.signing_in.Backend"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_USER_MODEL_EMAIL_FIELD = "email"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
ACCOUNT_LOGOUT_REDIRECT_URL = "/"

# CNIL 2022-100: 12 characters at least, with throttled attempts (allauth's rate limits).
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
