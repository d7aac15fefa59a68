"""Who may do what with words. A verbatim is in somebody's hands when one of its services is."""

from __future__ import annotations

from typing import Any

from ecoute.directory.facade import Permission, scope_of
from ecoute.verbatims.models import Verbatim


def holds(user: Any, permission: Permission, verbatim: Verbatim) -> bool:
    """Whether the user has this permission on a service that the verbatim concerns.

    A verbatim attached to no service belongs to those who hold the permission on the whole tree.
    """
    scope = scope_of(user, permission)
    if scope.everything:
        return True
    return any(scope.allows(service_id) for service_id in verbatim.concerned.values_list("service_id", flat=True))
