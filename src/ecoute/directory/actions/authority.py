"""The check every administrative action makes: ``by`` looks after that part of the tree."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from ecoute.directory.enums import Permission
from ecoute.directory.errors import NotYours
from ecoute.directory.models import Membership, Service, User
from ecoute.directory.queries.access import scope_of


def require_authority(by: Any, service_id: int | None) -> None:
    """Raises NotYours unless ``by`` manages ``service_id`` (None: the whole tree). ``by=None`` is the system itself."""
    if by is not None and not scope_of(by, Permission.MANAGE_DIRECTORY).allows(service_id):
        raise NotYours(_("Cette partie de l’annuaire est gérée par un autre administrateur."))


def require_authority_over(by: Any, user: User) -> None:
    """Raises NotYours unless ``by`` manages every branch where ``user`` has a role."""
    for service_id in Membership.objects.filter(user=user).order_by("id").values_list("service_id", flat=True):
        require_authority(by, service_id)
    if not Membership.objects.filter(user=user).exists():
        require_authority(by, None)


def require_authority_to_place(by: Any, parent: Service | None) -> None:
    """Raises NotYours unless ``by`` may put a service under ``parent``."""
    require_authority(by, parent.pk if parent else None)
