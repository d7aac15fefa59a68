"""Accounts, roles and rights given by name. Actions check that ``by`` looks after the branch, and leave a trace."""

from __future__ import annotations

from typing import Any

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib.auth.password_validation import validate_password
from django.db import transaction
from django.utils.translation import gettext as _

from ecoute.core import audit
from ecoute.directory.actions.authority import require_authority, require_authority_over
from ecoute.directory.enums import Role
from ecoute.directory.errors import Refused
from ecoute.directory.models import Grant, Membership, Service, User
from ecoute.directory.queries.access import forget_access
from ecoute.directory.rules import may_be_granted


@transaction.atomic
def create_first_administrator(*, email: str, name: str, password: str) -> User:
    """The administrator of the whole tree, on a new installation (``ecoute init``).

    Raises ValidationError when the password is too weak, Refused when the address has an account already.
    """
    if User.objects.filter(email=email.strip().lower()).exists():
        raise Refused(_("Cette adresse a déjà un compte."))
    validate_password(password, User(email=email.strip().lower(), name=name))
    user = User.objects.create_user(email, password, name=name.strip())
    Membership.objects.create(user=user, role=Role.ADMINISTRATOR, service=None)
    audit.record("directory.account_opened", by=None, target=user, role=Role.ADMINISTRATOR)
    return user


@transaction.atomic
def give_role(*, user: User, role: str, service_id: int | None, by: Any) -> Membership:
    """Gives ``role`` on the branch of ``service_id`` (None: the whole tree). A role already held is returned."""
    require_authority(by, service_id)
    service = Service.objects.get(pk=service_id) if service_id else None
    membership, made = Membership.objects.get_or_create(user=user, role=Role(role).value, service=service)
    if made:
        forget_access(by)
        audit.record("directory.role_given", by=by, target=user, role=role, service=service_id)
    return membership


@transaction.atomic
def take_role(*, membership: Membership, by: Any) -> None:
    """Takes a role away, with the rights added to it. Refuses to leave the whole tree without an administrator."""
    require_authority(by, membership.service_id)
    if _is_last_administrator(membership):
        raise Refused(_("C’est le dernier administrateur de l’ensemble : donnez d’abord ce rôle à quelqu’un d’autre."))
    user, role, service_id = membership.user, membership.role, membership.service_id
    membership.delete()
    forget_access(by)
    audit.record("directory.role_taken", by=by, target=user, role=role, service=service_id)


@transaction.atomic
def grant_permission(*, membership: Membership, permission: str, reason: str, by: Any) -> Grant:
    """Adds a right by name to a role, with the reason that will be shown. Nobody grants themselves anything."""
    require_authority(by, membership.service_id)
    if by is not None and membership.user_id == by.pk:
        raise Refused(_("Un autre administrateur doit vous donner ce droit."))
    if not may_be_granted(permission, membership.role):
        raise Refused(_("Ce droit ne peut pas être ajouté à ce rôle."))
    if not reason.strip():
        raise Refused(_("Indiquez pourquoi ce droit est donné."))
    grant, made = Grant.objects.get_or_create(
        membership=membership,
        permission=permission,
        defaults={"reason": reason.strip()[:250], "granted_by": by},
    )
    if made:
        audit.record("directory.right_granted", by=by, target=membership.user, right=permission)
    return grant


@transaction.atomic
def revoke_grant(*, grant: Grant, by: Any) -> None:
    """Takes back a right given by name."""
    require_authority(by, grant.membership.service_id)
    user, permission = grant.membership.user, grant.permission
    grant.delete()
    audit.record("directory.right_revoked", by=by, target=user, right=permission)


@transaction.atomic
def close_account(*, user: User, by: Any) -> None:
    """Closes an account: its sessions end at once, its roles are kept for a reopening."""
    require_authority_over(by, user)
    if by is not None and user.pk == by.pk:
        raise Refused(_("Vous ne pouvez pas fermer votre propre compte."))
    if any(_is_last_administrator(membership) for membership in user.memberships.all()):
        raise Refused(_("C’est le dernier administrateur de l’ensemble : donnez d’abord ce rôle à quelqu’un d’autre."))
    _set_active(user, False, by)


@transaction.atomic
def reopen_account(*, user: User, by: Any) -> None:
    """Opens a closed account again, with the roles it had."""
    require_authority_over(by, user)
    _set_active(user, True, by)


@transaction.atomic
def remove_second_factor(*, user: User, by: Any) -> None:
    """For somebody who lost their phone and their recovery codes: guarded rights sleep until they set up another."""
    require_authority_over(by, user)
    if by is not None and user.pk == by.pk:
        raise Refused(_("Retirez le vôtre depuis votre profil."))
    Authenticator.objects.filter(user_id=user.pk).delete()
    audit.record("directory.second_factor_removed", by=by, target=user)


@transaction.atomic
def change_profile(*, user: User, name: str, language: str) -> None:
    """The name shown and the language, changed by the person."""
    user.name, user.language = name.strip()[:150], language
    user.save(update_fields=["name", "language"])
    audit.record("directory.profile_changed", by=user, target=user)


def choose_language(*, user: User, language: str) -> None:
    """The language somebody reads in, from the switch on every page. Unknown languages are ignored."""
    if language in dict(settings.LANGUAGES) and user.language != language:
        user.language = language
        user.save(update_fields=["language"])


def _set_active(user: User, active: bool, by: Any) -> None:
    if user.is_active != active:
        user.is_active = active
        user.save(update_fields=["is_active"])
        audit.record("directory.account_reopened" if active else "directory.account_closed", by=by, target=user)


def _is_last_administrator(membership: Membership) -> bool:
    if membership.role != Role.ADMINISTRATOR or membership.service_id is not None:
        return False
    others = Membership.objects.filter(role=Role.ADMINISTRATOR, service=None, user__is_active=True)
    return membership.user.is_active and not others.exclude(pk=membership.pk).exists()
