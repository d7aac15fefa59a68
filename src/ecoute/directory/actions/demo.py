"""Accounts of the demonstration, which exist there alone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from ecoute.directory.enums import Role
from ecoute.directory.errors import Refused
from ecoute.directory.models import Membership, Service, User

DEMO_PASSWORD = "ecoute-demo-2026"  # noqa: S105 – printed by the demonstration, refused everywhere else
_CAST = (
    (Role.QUALITY_OFFICER, "mission@demo.ecoute", "Camille Mission", False),
    (Role.QUALITY_OFFICER, "analyste@demo.ecoute", "Lou Analyste", False),  # blind coding takes two
    (Role.HEAD, "chef@demo.ecoute", "Dominique Responsable", True),
    (Role.AGENT, "agent@demo.ecoute", "Alix Agent", True),
    (Role.AUDITOR, "auditeur@demo.ecoute", "Claude Audit", False),
    (Role.CORRESPONDENT, "correspondante@demo.ecoute", "Andrea Correspondante", True),
    (Role.ADMINISTRATOR, "admin@demo.ecoute", "Sacha Administration", False),
)


@dataclass(frozen=True, slots=True)
class DemoAccount:
    """An account to print: ``label`` is the role in the reader's language."""

    role: str
    label: str
    email: str
    password: str


@transaction.atomic
def create_demo_accounts(service_ids: Sequence[int] = ()) -> list[DemoAccount]:
    """One account a role, of quality officers two; head, agent and correspondent on ``service_ids`` (none: all).

    Repeatable: accounts that exist are kept, with the password put back. Raises Refused outside the demonstration.
    """
    if not settings.DEMO:
        raise Refused(_("Les comptes de démonstration n’existent que dans la démonstration."))
    return [_account(role, email, name, service_ids if narrow else ()) for role, email, name, narrow in _CAST]


def _account(role: Role, email: str, name: str, service_ids: Sequence[int]) -> DemoAccount:
    user = User.objects.filter(email=email).first()
    user = user or User.objects.create_user(email, DEMO_PASSWORD, name=name, is_demo=True)
    if not user.check_password(DEMO_PASSWORD):
        user.set_password(DEMO_PASSWORD)
        user.save(update_fields=["password"])
    branches: list[Service | None] = list(Service.objects.filter(pk__in=service_ids).order_by("id")) or [None]
    for branch in branches:
        Membership.objects.get_or_create(user=user, role=role.value, service=branch)
    return DemoAccount(role.value, str(role.label), email, DEMO_PASSWORD)
