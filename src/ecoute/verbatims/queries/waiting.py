"""What waits to be understood."""

from __future__ import annotations

from django.db.models import QuerySet

from ecoute.directory.facade import Scope
from ecoute.verbatims.models import ImportBatch, Verbatim


def _waiting() -> QuerySet[Verbatim]:
    return Verbatim.objects.filter(analysed_at=None, withdrawn_at=None)


def waiting_count(scope: Scope | None = None) -> int:
    """How many verbatims nobody can read yet; with a ``scope``, those of its services."""
    found = _waiting()
    if scope is None or scope.everything:
        return found.count()
    return found.filter(services__in=scope.service_ids).distinct().count()


def waiting_of_import(batch: ImportBatch) -> int:
    """How many of the verbatims that this import created or changed nobody can read yet."""
    return _waiting().filter(import_changes__batch=batch).distinct().count()


def waiting_ids(*, limit: int, after: int = 0) -> list[int]:
    """The next ``limit`` of them by id, after the id ``after``."""
    return list(_waiting().filter(pk__gt=after).order_by("pk").values_list("pk", flat=True)[:limit])
