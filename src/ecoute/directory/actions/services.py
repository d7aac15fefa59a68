"""Growing the tree of services, and learning how they are written.

``ensure_service`` and ``learn_alias`` check no right over the tree: those who may import call them (their own rooms
check that). The other changes are in ``actions.tree`` and check that ``by`` looks after the branch.
"""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from django.db import transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _

from ecoute.core import audit
from ecoute.directory.enums import ServiceKind
from ecoute.directory.errors import Refused
from ecoute.directory.models import Service, ServiceAlias
from ecoute.directory.spelling import folded

MAX_DEPTH = 20  # a path holds 9 characters a level


@transaction.atomic
def create_service(
    *,
    name: str,
    parent_id: int | None = None,
    kind: str = ServiceKind.SERVICE,
    short_name: str = "",
    external_id: str = "",
    by: Any,
) -> Service:
    """A new service under ``parent_id`` (None: at the root). Writes an audit entry. Refuses a tree too deep."""
    parent = Service.objects.get(pk=parent_id) if parent_id else None
    if parent and parent.depth >= MAX_DEPTH:
        raise Refused(_("L’annuaire ne peut pas avoir plus de %(n)d niveaux.") % {"n": MAX_DEPTH + 1})
    service = Service(
        name=name.strip()[:250],
        short_name=short_name.strip()[:60],
        kind=kind,
        external_id=external_id.strip()[:120],
        parent=parent,
        slug=_free_slug(short_name or name),
        path=uuid4().hex,  # the real one holds the id, known once saved
        depth=parent.depth + 1 if parent else 0,
    )
    service.save()
    service.path = f"{parent.path if parent else ''}{service.pk:08d}."
    service.save(update_fields=["path"])
    audit.record("directory.service_created", by=by, target=service, name=service.name)
    return service


@transaction.atomic
def ensure_service(
    *,
    name: str,
    parent_id: int | None = None,
    kind: str = ServiceKind.SERVICE,
    external_id: str = "",
    by: Any,
) -> int:
    """The id of the service with that ``external_id``, else of that name under that parent, made when missing."""
    known = Service.objects.filter(external_id=external_id).first() if external_id else None
    known = known or Service.objects.filter(folded=folded(name), parent_id=parent_id).order_by("id").first()
    if known is None:
        known = create_service(name=name, parent_id=parent_id, kind=kind, external_id=external_id, by=by)
    return known.pk


@transaction.atomic
def learn_alias(*, written: str, service_id: int, by: Any) -> None:
    """From now on ``written`` names that service in files; a former meaning is replaced. Audited when it changes."""
    key = folded(written)[:250]
    if not key or ServiceAlias.objects.filter(folded=key, service_id=service_id).exists():
        return
    service = Service.objects.get(pk=service_id)
    ServiceAlias.objects.update_or_create(folded=key, defaults={"service": service, "written": written.strip()[:250]})
    audit.record("directory.alias_learned", by=by, target=service, written=written.strip()[:250])


def _free_slug(text: str) -> str:
    base = slugify(text)[:100] or "service"
    taken = set(Service.objects.filter(slug__startswith=base).values_list("slug", flat=True))
    number, slug = 2, base
    while slug in taken:
        slug, number = f"{base}-{number}", number + 1
    return slug
