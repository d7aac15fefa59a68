"""Who may see what, answered in at most three queries, and once a request where the user came by a request."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import reduce
from operator import or_
from typing import Any

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.db.models import Q

from ecoute.directory.enums import Permission
from ecoute.directory.models import Membership, Service
from ecoute.directory.rules import GUARDED_PERMISSIONS, permissions_of


@dataclass(frozen=True, slots=True)
class Scope:
    """The services somebody holds a permission on.

    ``everything``: the whole tree, and what belongs to no service; ``service_ids`` is then empty, for nothing has to
    be filtered. Otherwise ``service_ids`` are all the services of the branches held, descendants included.
    """

    everything: bool = False
    service_ids: frozenset[int] = frozenset()

    @property
    def is_empty(self) -> bool:
        """Whether nothing at all may be seen."""
        return not self.everything and not self.service_ids

    def allows(self, service_id: int | None) -> bool:
        """Whether ``service_id`` is inside; None (no service) is inside ``everything`` alone."""
        return self.everything or service_id in self.service_ids


@dataclass(frozen=True, slots=True)
class Held:
    """A permission held on a branch, by a role or by a grant. ``path`` is None for the whole tree."""

    permission: str
    path: str | None


NOTHING = Scope()


def scope_of(user: Any, permission: Permission = Permission.READ) -> Scope:
    """The services on which ``user`` may do ``permission``.

    Anonymous visitors and closed accounts have an empty scope, and so have the guarded permissions of somebody whose
    second factor is missing.
    """
    if not user.is_authenticated or not user.is_active:
        return NOTHING
    memory = getattr(user, "access_memory", None)  # made by the sign-in backend: lives as long as the request
    if memory is None:
        return _scope(user, permission, {})
    if permission not in memory:
        memory[permission] = _scope(user, permission, memory)
    known: Scope = memory[permission]
    return known


def can(user: Any, permission: Permission, service_id: int | None = None) -> bool:
    """Whether ``user`` may do ``permission`` on that service; without a service: on at least one branch."""
    scope = scope_of(user, permission)
    return not scope.is_empty if service_id is None else scope.allows(service_id)


def can_everywhere(user: Any, permission: Permission) -> bool:
    """Whether ``user`` may do ``permission`` on the whole tree, for what belongs to no branch (the journal, jobs)."""
    return scope_of(user, permission).everything


def sleeping_permissions(user: Any) -> frozenset[str]:
    """The permissions that ``user`` holds and cannot use before setting up a second factor."""
    if not user.is_authenticated or not user.is_active or not settings.SECOND_FACTOR_REQUIRED:
        return frozenset()
    guarded = frozenset(held.permission for held in _held(user) if held.permission in GUARDED_PERMISSIONS)
    return frozenset() if not guarded or has_second_factor(user) else guarded


def has_second_factor(user: Any) -> bool:
    """Whether a code generator or a security key is set up (recovery codes alone are none)."""
    kinds = [Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN]
    return bool(Authenticator.objects.filter(user_id=user.pk, type__in=kinds).exists())


def forget_access(user: Any) -> None:
    """Forgets what this request remembered of ``user``'s rights, after they changed."""
    if getattr(user, "access_memory", None) is not None:
        user.access_memory = {}


def _scope(user: Any, permission: Permission, memory: dict[Any, Any]) -> Scope:
    if "held" not in memory:
        memory["held"] = _held(user)
    paths = {held.path for held in memory["held"] if held.permission == permission}
    if not paths:
        return NOTHING
    if permission in GUARDED_PERMISSIONS and settings.SECOND_FACTOR_REQUIRED and not _is_safe(user, memory):
        return NOTHING
    if None in paths:
        return Scope(everything=True)
    branches = frozenset(path for path in paths if path)
    if branches not in memory:  # most permissions are held on the same branches
        memory[branches] = _ids_under(branches)
    return Scope(service_ids=memory[branches])


def _is_safe(user: Any, memory: dict[Any, Any]) -> bool:
    if "safe" not in memory:
        memory["safe"] = has_second_factor(user)
    known: bool = memory["safe"]
    return known


def _held(user: Any) -> list[Held]:
    """Every permission of ``user``: one query, roles and grants together."""
    rows = (
        Membership.objects.filter(user_id=user.pk)
        .order_by("id")
        .values_list("role", "service_id", "service__path", "grants__permission")
    )
    return [
        Held(permission, path if service_id else None)
        for role, service_id, path, granted in rows
        for permission in {*permissions_of(role), *([granted] if granted else [])}
    ]


def _ids_under(paths: Iterable[str]) -> frozenset[int]:
    branches = reduce(or_, (Q(path__startswith=path) for path in paths))
    return frozenset(Service.objects.filter(branches).order_by("id").values_list("id", flat=True))
