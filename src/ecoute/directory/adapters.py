"""How allauth behaves here."""

from __future__ import annotations

import logging
from smtplib import SMTPException
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from ecoute.core import vault

logger = logging.getLogger(__name__)


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Accounts are made by invitation alone; letters bear our name."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "email_password_mismatch": _("L’adresse ou le mot de passe n’est pas le bon."),
        "too_many_login_attempts": _("Trop d’essais. Patientez cinq minutes, puis recommencez."),
        "enter_current_password": _("Ce n’est pas votre mot de passe actuel."),
        "incorrect_password": _("Ce n’est pas votre mot de passe."),
        "account_inactive": _("Ce compte est fermé."),
        "rate_limited": _("Trop d’essais. Patientez quelques minutes, puis recommencez."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def pre_login(self, request: HttpRequest, user: Any, **options: Any) -> Any:
        """Accounts of the demonstration sign in nowhere else (allauth itself turns closed accounts away)."""
        if user.is_demo and not settings.DEMO:
            return self.respond_user_inactive(request, user)
        return super().pre_login(request, user, **options)

    def format_email_subject(self, subject: str) -> str:
        return f"{settings.SITE_NAME} – {subject}"

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        names = {"site_name": settings.SITE_NAME, "organisation_name": settings.ORGANISATION_NAME}
        try:
            super().send_mail(template_prefix, email, {**context, **names})
        except (SMTPException, OSError):  # the page says the same to everybody; the administrator reads the log
            logger.exception("letter %s could not be sent", template_prefix)

    def add_message(self, *args: Any, **options: Any) -> None:
        """« You are signed in » tells nothing that the page does not show."""
        template = options.get("message_template") or (args[2] if len(args) > 2 else "")
        if template not in {"account/messages/logged_in.txt", "account/messages/logged_out.txt"}:
            super().add_message(*args, **options)


class SecondFactorAdapter(DefaultMFAAdapter):  # type: ignore[misc]
    """The secret of a code generator is sealed like the raw words."""

    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": _("Ce n’est pas le bon code. Prenez celui qui s’affiche maintenant."),
        "cannot_delete_authenticator": _("Vos droits demandent un second facteur : il ne peut pas être retiré."),
    }

    def get_totp_issuer(self) -> str:
        return settings.SITE_NAME

    def encrypt(self, text: str) -> str:
        return vault.seal(text).decode()

    def decrypt(self, encrypted_text: str) -> str:
        return vault.open(encrypted_text.encode())
