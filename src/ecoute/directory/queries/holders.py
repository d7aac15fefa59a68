"""Who holds a permission, and where: to choose people for a task."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from ecoute.directory.enums import Permission
from ecoute.directory.models import Membership, Service
from ecoute.directory.queries.access import Scope
from ecoute.directory.rules import GUARDED_PERMISSIONS, permissions_of


@dataclass(frozen=True, slots=True)
class Holder:
    """Somebody with an open account who holds the permission on the services of ``scope``."""

    id: int
    name: str
    scope: Scope


def people_holding(permission: Permission) -> list[Holder]:
    """Everybody who holds ``permission`` somewhere, by name. Two queries whatever the number.

    Raises ``ValueError`` for a guarded permission: it sleeps without a second factor, ``scope_of`` says.
    """
    if permission in GUARDED_PERMISSIONS:
        raise ValueError(f"{permission} is guarded: ask scope_of for each account")
    fields = ("user_id", "user__name", "user__email", "role", "service_id", "service__path", "grants__permission")
    held = Membership.objects.filter(user__is_active=True).order_by("user__name", "user_id", "id")
    names: dict[int, str] = {}
    paths: dict[int, set[str | None]] = {}
    for user_id, name, email, role, service_id, path, granted in held.values_list(*fields):
        if permission in permissions_of(role) or granted == permission:
            names[user_id] = name or email
            paths.setdefault(user_id, set()).add(path if service_id else None)
    tree = list(Service.objects.order_by("id").values_list("id", "path"))
    return [Holder(user_id, name, _scope(paths[user_id], tree)) for user_id, name in names.items()]


def _scope(branches: set[str | None], tree: Iterable[tuple[int, str]]) -> Scope:
    if None in branches:
        return Scope(everything=True)
    held = tuple(path for path in branches if path)
    return Scope(service_ids=frozenset(pk for pk, path in tree if path.startswith(held)))
