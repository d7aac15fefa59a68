"""Changing the tree of services by hand. Each action checks that ``by`` looks after the branch, and leaves a trace."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from ecoute.core import audit
from ecoute.directory.actions.authority import require_authority, require_authority_to_place
from ecoute.directory.actions.services import MAX_DEPTH, create_service, learn_alias
from ecoute.directory.errors import Refused
from ecoute.directory.models import Service, ServiceAlias
from ecoute.directory.queries.services import match_service
from ecoute.directory.spelling import folded


@transaction.atomic
def add_service(*, name: str, parent_id: int | None, kind: str, short_name: str = "", by: Any) -> Service:
    """As ``create_service``, by somebody who looks after the parent."""
    require_authority(by, parent_id)
    return create_service(name=name, parent_id=parent_id, kind=kind, short_name=short_name, by=by)


@transaction.atomic
def describe_service(*, service: Service, name: str, short_name: str, kind: str, by: Any) -> None:
    """Changes the names and the kind. The former name stays known as an alias, so that files still match."""
    require_authority(by, service.pk)
    former = service.name
    service.name, service.short_name, service.kind = name.strip()[:250], short_name.strip()[:60], kind
    service.save(update_fields=["name", "short_name", "kind", "folded", "folded_short"])
    audit.record("directory.service_changed", by=by, target=service, former=former, name=service.name)
    if former != service.name:
        service.aliases.filter(folded=service.folded).delete()  # the name itself says it now
        _keep_former_name(former, service, by)


@transaction.atomic
def move_service(*, service: Service, parent_id: int | None, by: Any) -> None:
    """Puts a branch elsewhere (None: at the root): the paths of all its descendants follow.

    Refuses to put it inside itself, or deeper than the tree goes.
    """
    require_authority(by, service.pk)
    parent = Service.objects.get(pk=parent_id) if parent_id else None
    require_authority_to_place(by, parent)
    if parent_id == service.parent_id:
        return
    if parent and parent.path.startswith(service.path):
        raise Refused(_("Un service ne peut pas être placé sous l’un de ses propres services."))
    branch = list(Service.objects.filter(path__startswith=service.path).order_by("path"))
    depth = parent.depth + 1 if parent else 0
    if max(one.depth for one in branch) - service.depth + depth > MAX_DEPTH:
        raise Refused(_("L’annuaire ne peut pas avoir plus de %(n)d niveaux.") % {"n": MAX_DEPTH + 1})
    _rewrite_paths(branch, service, f"{parent.path if parent else ''}{service.pk:08d}.", depth)
    Service.objects.filter(pk=service.pk).update(parent=parent)
    service.refresh_from_db()
    audit.record("directory.service_moved", by=by, target=service, under=parent_id)


@transaction.atomic
def close_service(*, service: Service, by: Any) -> list[int]:
    """The service and those under it are no longer proposed; what was said about them stays. Returns the ids closed."""
    require_authority(by, service.pk)
    branch = Service.objects.filter(path__startswith=service.path, is_active=True)
    closed = list(branch.order_by("path").values_list("pk", flat=True))
    branch.update(is_active=False)
    service.refresh_from_db()
    audit.record("directory.service_closed", by=by, target=service)
    return closed


@transaction.atomic
def reopen_service(*, service: Service, with_ids: Iterable[int] = (), by: Any) -> None:
    """The service is proposed again, and so are those above it, and those of ``with_ids`` that are under it."""
    require_authority(by, service.pk)
    above = [int(part) for part in service.path.split(".")[:-1]]
    Service.objects.filter(pk__in=above).update(is_active=True)
    Service.objects.filter(pk__in=list(with_ids), path__startswith=service.path).update(is_active=True)
    service.refresh_from_db()
    audit.record("directory.service_reopened", by=by, target=service)


@transaction.atomic
def add_alias(*, service: Service, written: str, by: Any) -> None:
    """As ``learn_alias``, by somebody who looks after the service and after the one that the writing names until now,
    if any: the words of the next files go from one to the other."""
    require_authority(by, service.pk)
    meant = match_service(written)
    if meant is not None:
        require_authority(by, meant)
    learn_alias(written=written, service_id=service.pk, by=by)


@transaction.atomic
def forget_alias(*, alias: ServiceAlias, by: Any) -> None:
    """From now on the writing no longer names the service."""
    require_authority(by, alias.service_id)
    service, written = alias.service, alias.written
    alias.delete()
    audit.record("directory.alias_forgotten", by=by, target=service, written=written)


def _keep_former_name(former: str, service: Service, by: Any) -> None:
    key = folded(former)[:250]
    borne_elsewhere = Service.objects.filter(folded=key).exclude(pk=service.pk).exists()
    known = ServiceAlias.objects.filter(folded=key).exists()
    if not borne_elsewhere and not known:
        learn_alias(written=former, service_id=service.pk, by=by)


def _rewrite_paths(branch: list[Service], service: Service, path: str, depth: int) -> None:
    old_path, old_depth = service.path, service.depth
    for one in branch:
        one.path = path + one.path[len(old_path) :]
        one.depth += depth - old_depth
    Service.objects.bulk_update(branch, ["path", "depth"], batch_size=500)
