"""Two services that were one."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from ecoute.core import audit
from ecoute.directory.actions.authority import require_authority
from ecoute.directory.actions.services import learn_alias
from ecoute.directory.actions.tree import move_service
from ecoute.directory.errors import Refused
from ecoute.directory.models import Invitation, Membership, Service, ServiceAlias

_HOOKS: list[Callable[[int, int], None]] = []


def on_merge(hook: Callable[[int, int], None]) -> Callable[[int, int], None]:
    """Registers what a room above does when services merge: ``hook(kept_id, gone_id)`` gives its records to the kept
    one, inside the transaction. Usable as a decorator.
    """
    _HOOKS.append(hook)
    return hook


@transaction.atomic
def merge_services(*, kept: Service, gone: Service, by: Any) -> None:
    """``gone`` becomes ``kept``: children, aliases, roles and records follow, its names become aliases, it is deleted.

    Refuses to merge a service with itself or with one under it, and when some record of another room would be lost
    because that room registered no hook: nothing is then changed.
    """
    require_authority(by, kept.pk)
    require_authority(by, gone.pk)
    if kept.path.startswith(gone.path):
        raise Refused(_("Un service ne peut pas être réuni à lui-même ni à l’un de ses propres services."))
    for hook in _HOOKS:
        hook(kept.pk, gone.pk)
    if _still_used(gone):
        raise Refused(_("Des verbatims concernent ce service : il ne peut pas encore être réuni à un autre."))
    for child in Service.objects.filter(parent=gone).order_by("id"):
        move_service(service=child, parent_id=kept.pk, by=by)
    _hand_over(kept, gone, by)
    audit.record("directory.services_merged", by=by, target=kept, gone=gone.pk, name=gone.name)
    gone.delete()


def _hand_over(kept: Service, gone: Service, by: Any) -> None:
    ServiceAlias.objects.filter(service=gone).update(service=kept)
    for written in filter(None, (gone.name, gone.short_name)):
        learn_alias(written=written, service_id=kept.pk, by=by)
    Invitation.objects.filter(service=gone).update(service=kept)
    for membership in Membership.objects.filter(service=gone).order_by("id"):
        if not Membership.objects.filter(user=membership.user, role=membership.role, service=kept).exists():
            Membership.objects.filter(pk=membership.pk).update(service=kept)


def _still_used(service: Service) -> bool:
    """Whether a record of another room refers to ``service``."""
    fields = Service._meta.get_fields(include_hidden=True)
    relations = [field for field in fields if field.auto_created and field.one_to_many and field.related_model]
    return any(
        relation.related_model._base_manager.filter(**{relation.field.name: service}).exists()  # type: ignore[union-attr]
        for relation in relations
        if relation.related_model._meta.app_label != "directory"  # type: ignore[union-attr]
    )
