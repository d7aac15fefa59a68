"""Allauth's forms, in our words."""

from __future__ import annotations

from typing import Any

from allauth.account.forms import ChangePasswordForm, LoginForm, ResetPasswordForm, ResetPasswordKeyForm
from allauth.mfa.base.forms import AuthenticateForm, ReauthenticateForm
from allauth.mfa.totp.forms import ActivateTOTPForm
from django.utils.translation import gettext_lazy as _

from ecoute.directory.passwords import PASSWORD_HINT


def _plain(form: Any) -> None:
    """A placeholder disappears when one types: labels and hints say everything."""
    for field in form.fields.values():
        field.widget.attrs.pop("placeholder", None)


class SignInForm(LoginForm):  # type: ignore[misc]
    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        _plain(self)
        self.fields["login"].label = _("Adresse électronique")
        self.fields["password"].label = _("Mot de passe")
        self.fields["password"].help_text = ""
        self.fields["remember"].label = _("Rester connecté sur cet appareil")


class AskResetForm(ResetPasswordForm):  # type: ignore[misc]
    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        _plain(self)
        self.fields["email"].label = _("Adresse électronique")


class NewPasswordForm(ResetPasswordKeyForm):  # type: ignore[misc]
    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        _plain(self)
        self.fields["password1"].label = _("Nouveau mot de passe")
        self.fields["password1"].help_text = PASSWORD_HINT
        self.fields["password2"].label = _("Le même, une seconde fois")


class PasswordForm(ChangePasswordForm):  # type: ignore[misc]
    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        _plain(self)
        self.fields["oldpassword"].label = _("Mot de passe actuel")
        self.fields["password1"].label = _("Nouveau mot de passe")
        self.fields["password1"].help_text = PASSWORD_HINT
        self.fields["password2"].label = _("Le même, une seconde fois")


class CodeForm(AuthenticateForm):  # type: ignore[misc]
    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        _plain(self)
        self.fields["code"].label = _("Code")
        self.fields["code"].help_text = _("Les 6 chiffres de votre application, ou l’un de vos codes de secours.")


class AgainCodeForm(ReauthenticateForm):  # type: ignore[misc]
    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        _plain(self)
        self.fields["code"].label = _("Code")
        self.fields["code"].help_text = _("Les 6 chiffres de votre application, ou l’un de vos codes de secours.")


class SetUpCodesForm(ActivateTOTPForm):  # type: ignore[misc]
    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        _plain(self)
        self.fields["code"].label = _("Code affiché par l’application")
        self.fields["code"].widget.attrs["inputmode"] = "numeric"
