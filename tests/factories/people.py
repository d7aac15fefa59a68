"""Services and people for tests."""

from __future__ import annotations

from typing import Any

from ecoute.directory.enums import Permission, Role, ServiceKind

PASSWORD = "un-mot-de-passe-tranquille"


def make_service(name: str, parent: Any = None, *, kind: str = ServiceKind.SERVICE, short_name: str = "") -> Any:
    """A service under ``parent`` (a Service or None)."""
    from ecoute.directory.actions.services import create_service

    return create_service(name=name, parent_id=parent.pk if parent else None, kind=kind, short_name=short_name, by=None)


def make_user(
    role: str | None = Role.AGENT,
    service: Any = None,
    *,
    email: str = "",
    grants: tuple[Permission, ...] = (),
    second_factor: bool = True,
    **fields: Any,
) -> Any:
    """Somebody with ``role`` on ``service`` (None: the whole tree), with their second factor set up unless told.

    ``role=None``: an account without any right.
    """
    from ecoute.directory.models import Grant, Membership, User

    number = User.objects.count() + 1
    user = User.objects.create_user(
        email or f"personne{number}@exemple.fr", PASSWORD, **{"name": f"Personne {number}", **fields}
    )
    if role is not None:
        membership = Membership.objects.create(user=user, role=role, service=service)
        for permission in grants:
            Grant.objects.create(membership=membership, permission=permission, reason="Étude")
    if second_factor:
        give_second_factor(user)
    return user


def give_second_factor(user: Any) -> None:
    """A code generator, set up."""
    from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret

    TOTP.activate(user, generate_totp_secret())
