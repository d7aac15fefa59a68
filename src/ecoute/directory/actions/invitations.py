"""Letters that let somebody make an account. The link is known by its reader alone: only its hash is kept."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.contrib.auth.password_validation import validate_password
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from ecoute.core import audit
from ecoute.directory.actions.authority import require_authority
from ecoute.directory.actions.letters import send_invitation
from ecoute.directory.enums import Role
from ecoute.directory.errors import AlreadyHasAccount, Refused
from ecoute.directory.models import Invitation, Membership, Service, User

LIFETIME = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class SentInvitation:
    """An invitation just made. ``link`` is shown once; ``delivered`` tells whether a mail server took the letter."""

    invitation: Invitation
    link: str
    delivered: bool


def invite(*, email: str, role: str, service_id: int | None, address: Callable[[str], str], by: Any) -> SentInvitation:
    """Invites ``email`` to take ``role`` on a branch (None: the whole tree), and sends the letter.

    ``address`` makes the full link out of a token. Older waiting invitations of the same address to the same role are
    revoked. Raises NotYours, or AlreadyHasAccount when the address can be given the role at once.
    """
    require_authority(by, service_id)
    address_kept = email.strip().lower()
    known = User.objects.filter(email=address_kept).first()
    if known is not None:
        raise AlreadyHasAccount(_("Cette personne a déjà un compte."), known)
    token = secrets.token_urlsafe(32)
    with transaction.atomic():
        service = Service.objects.get(pk=service_id) if service_id else None
        _waiting().filter(email=address_kept, role=role, service=service).update(revoked_at=timezone.now())
        invitation = Invitation.objects.create(
            email=address_kept,
            role=Role(role).value,
            service=service,
            token_hash=token_hash(token),
            invited_by=by,
            expires_at=timezone.now() + LIFETIME,
        )
        audit.record("directory.invited", by=by, target=invitation, role=role, service=service_id)
    return _sent(invitation, token, address, by)


def resend_invitation(*, invitation: Invitation, address: Callable[[str], str], by: Any) -> SentInvitation:
    """A new link and seven new days; the former link no longer works. Refused once accepted or revoked."""
    require_authority(by, invitation.service_id)
    token = secrets.token_urlsafe(32)
    with transaction.atomic():
        changed = Invitation.objects.filter(pk=invitation.pk, accepted_at=None, revoked_at=None).update(
            token_hash=token_hash(token), expires_at=timezone.now() + LIFETIME
        )
        if not changed:
            raise Refused(_("Cette invitation n’attend plus de réponse."))
        audit.record("directory.invitation_resent", by=by, target=invitation)
    invitation.refresh_from_db()
    return _sent(invitation, token, address, by)


@transaction.atomic
def revoke_invitation(*, invitation: Invitation, by: Any) -> None:
    """The link no longer works. Refused once accepted."""
    require_authority(by, invitation.service_id)
    if not Invitation.objects.filter(pk=invitation.pk, accepted_at=None).update(revoked_at=timezone.now()):
        raise Refused(_("Cette invitation a déjà été acceptée."))
    audit.record("directory.invitation_revoked", by=by, target=invitation)


def find_invitation(token: str) -> Invitation | None:
    """The invitation that ``token`` still opens; None when it was used, revoked, replaced or is too old."""
    return _waiting().filter(token_hash=token_hash(token), expires_at__gt=timezone.now()).first()


@transaction.atomic
def accept_invitation(*, token: str, name: str, password: str, language: str = "fr") -> User:
    """Makes the account with its role. Raises ValidationError for a weak password, Refused for a dead link.

    Two people opening the same link at once: one account is made.
    """
    invitation = find_invitation(token)
    if invitation is None:
        raise Refused(_("Ce lien ne fonctionne plus. Demandez une nouvelle invitation."))
    validate_password(password, User(email=invitation.email, name=name))
    if not _waiting().filter(pk=invitation.pk).update(accepted_at=timezone.now()):
        raise Refused(_("Ce lien a déjà servi."))
    if User.objects.filter(email=invitation.email).exists():
        raise Refused(_("Cette adresse a déjà un compte : connectez-vous."))
    user = User.objects.create_user(invitation.email, password, name=name.strip()[:150], language=language)
    Membership.objects.create(user=user, role=invitation.role, service_id=invitation.service_id)
    Invitation.objects.filter(pk=invitation.pk).update(accepted_by=user)
    audit.record("directory.invitation_accepted", by=user, target=invitation, role=invitation.role)
    return user


def token_hash(token: str) -> str:
    """What is kept of a token: it holds 256 random bits, so a plain SHA-256 cannot be guessed back."""
    return hashlib.sha256(token.encode()).hexdigest()


def _waiting() -> QuerySet[Invitation]:
    return Invitation.objects.filter(accepted_at=None, revoked_at=None)


def _sent(invitation: Invitation, token: str, address: Callable[[str], str], by: Any) -> SentInvitation:
    link = address(token)
    taken = send_invitation(invitation=invitation, link=link, by=by)
    return SentInvitation(invitation, link, delivered=taken and bool(settings.EMAIL_HOST))
