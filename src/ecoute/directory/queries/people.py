"""People and invitations, as an administrator sees them."""

from __future__ import annotations

from typing import Any

from allauth.mfa.models import Authenticator
from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet

from ecoute.directory.enums import Permission
from ecoute.directory.models import Grant, Invitation, Membership, User
from ecoute.directory.queries.access import Scope, scope_of


def managed_scope(user: Any) -> Scope:
    """What ``user`` looks after as an administrator."""
    return scope_of(user, Permission.MANAGE_DIRECTORY)


def people_in(scope: Scope, *, words: str = "", role: str = "", closed: bool | None = False) -> QuerySet[User]:
    """Accounts having a role inside ``scope`` (everything: all accounts), by name, with their roles and rights.

    ``words`` are looked for in names and addresses; ``closed`` asks for closed accounts (None: for all).
    A fixed number of queries: one, and two for roles and rights. ``user.second_factor`` tells if one is set up.
    """
    people = User.objects.order_by("name", "id")
    if closed is not None:
        people = people.filter(is_active=not closed)
    held = memberships_in(scope)
    if not scope.everything:
        people = people.filter(Exists(held.filter(user=OuterRef("pk"))))
    if role:
        people = people.filter(Exists(held.filter(user=OuterRef("pk"), role=role)))
    for word in words.split():
        people = people.filter(Q(name__icontains=word) | Q(email__icontains=word))
    return people.annotate(second_factor=Exists(_second_factors())).prefetch_related(
        Prefetch("memberships", held.select_related("service"), to_attr="roles_in_scope"),
        Prefetch("roles_in_scope__grants", Grant.objects.order_by("id"), to_attr="rights"),
    )


def memberships_in(scope: Scope) -> QuerySet[Membership]:
    """Roles given inside ``scope``."""
    roles = Membership.objects.order_by("id")
    return roles if scope.everything else roles.filter(service_id__in=scope.service_ids)


def invitations_in(scope: Scope) -> QuerySet[Invitation]:
    """Invitations to roles inside ``scope`` that still wait, newest first; those out of date too."""
    waiting = Invitation.objects.filter(accepted_at=None, revoked_at=None).select_related("service", "invited_by")
    waiting = waiting.order_by("-id")
    return waiting if scope.everything else waiting.filter(service_id__in=scope.service_ids)


def _second_factors() -> QuerySet[Any]:
    kinds = [Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN]
    found: QuerySet[Any] = Authenticator.objects.filter(user_id=OuterRef("pk"), type__in=kinds)
    return found
