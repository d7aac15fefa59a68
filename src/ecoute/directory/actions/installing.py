"""The first steps of an installation: its administrator, and what each room puts in place."""

from __future__ import annotations

import secrets

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _

from ecoute.core import audit
from ecoute.core.manifest import MANIFESTS
from ecoute.directory.actions.people import create_first_administrator
from ecoute.directory.enums import Role
from ecoute.directory.models import Membership


def has_administrator() -> bool:
    """Whether somebody with an open account already looks after the whole tree."""
    return Membership.objects.filter(role=Role.ADMINISTRATOR, service=None, user__is_active=True).exists()


def install(*, email: str, name: str, password: str) -> list[str]:
    """Creates an administrator of the whole, then runs what the manifests declare; gives sentences that say so.

    Raises ValidationError (address, name, weak password) or Refused (address already used), with nothing created.
    """
    validate_email(email)
    if not name.strip():
        raise ValidationError(_("Indiquez un nom."))
    administrator = create_first_administrator(email=email, name=name, password=password)
    audit.record("core.installed", by=None, target=administrator)
    return [sentence for manifest in MANIFESTS for setup in manifest.setup if (sentence := setup(by=administrator))]


def generated_password() -> str:
    """Twenty characters that nobody guesses (about 119 bits), easy to copy."""
    alphabet = "abcdefghijkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789-_"
    return "".join(secrets.choice(alphabet) for _letter in range(20))
