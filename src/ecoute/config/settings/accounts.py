"""Signing in (django-allauth): by e-mail and password, by invitation only, with a second factor."""

from ecoute.config import environment

# Administrators, and readers of words as received, use these rights only with a second factor. The demo goes without.
SECOND_FACTOR_REQUIRED = not environment.flag("DEMO")

AUTHENTICATION_BACKENDS = ["ecoute.directory.signing_in.Backend"]
ACCOUNT_ADAPTER = "ecoute.directory.adapters.AccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_USER_MODEL_EMAIL_FIELD = "email"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"  # an invitation or an administrator vouches for the address
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False  # no letter to strangers who are asked for in the reset form
ACCOUNT_EMAIL_NOTIFICATIONS = True  # a letter when the password or the second factor changes
ACCOUNT_LOGIN_ON_PASSWORD_RESET = False
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = False
ACCOUNT_SESSION_REMEMBER = None  # the person chooses; unchecked: until the browser closes
ACCOUNT_REAUTHENTICATION_TIMEOUT = 900
ACCOUNT_FORMS = {
    "login": "ecoute.directory.forms.signing_in.SignInForm",
    "reset_password": "ecoute.directory.forms.signing_in.AskResetForm",
    "reset_password_from_key": "ecoute.directory.forms.signing_in.NewPasswordForm",
    "change_password": "ecoute.directory.forms.signing_in.PasswordForm",
}
ALLAUTH_TRUSTED_PROXY_COUNT = 1 if environment.flag("BEHIND_PROXY") else 0
PASSWORD_RESET_TIMEOUT = 24 * 3600
SESSION_COOKIE_AGE = 7 * 24 * 3600
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"

MFA_ADAPTER = "ecoute.directory.adapters.SecondFactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_ALLOW_UNVERIFIED_EMAIL = True  # see ACCOUNT_EMAIL_VERIFICATION
MFA_TOTP_TOLERANCE = 1  # the clock of a phone may be half a minute late
MFA_FORMS = {
    "authenticate": "ecoute.directory.forms.signing_in.CodeForm",
    "reauthenticate": "ecoute.directory.forms.signing_in.AgainCodeForm",
    "activate_totp": "ecoute.directory.forms.signing_in.SetUpCodesForm",
}

# CNIL 2022-100: 12 characters at least, with throttled attempts (allauth's rate limits).
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "ecoute.directory.passwords.LongEnough"},
    {"NAME": "ecoute.directory.passwords.VariedEnough"},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
