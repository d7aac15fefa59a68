"""What people decide about a group of expectations."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils import timezone

from ecoute.core import audit
from ecoute.discovery.models import ExpectationGroup


@transaction.atomic
def rename(*, group: ExpectationGroup, name: str, by: Any) -> None:
    """Gives the group a name that everybody reads; an empty name gives it back to the words of its passages.

    Raises ``ValueError`` for more than 120 characters. Writes an audit entry.
    """
    name = " ".join(name.split())
    if len(name) > 120:
        raise ValueError("a name has 120 characters at most")
    group.given_name, group.named_by = name, by if name else None
    group.save(update_fields=["given_name", "named_by", "updated_at"])
    audit.record("expectations.renamed", by=by, target=group)


@transaction.atomic
def set_aside(*, group: ExpectationGroup, by: Any) -> None:
    """The group leaves the list, and stays away when it is found again. Writes an audit entry."""
    group.set_aside_at, group.set_aside_by = timezone.now(), by
    group.save(update_fields=["set_aside_at", "set_aside_by", "updated_at"])
    audit.record("expectations.set_aside", by=by, target=group)


@transaction.atomic
def bring_back(*, group: ExpectationGroup, by: Any) -> None:
    """Undoes ``set_aside``. Writes an audit entry."""
    group.set_aside_at = group.set_aside_by = None
    group.save(update_fields=["set_aside_at", "set_aside_by", "updated_at"])
    audit.record("expectations.brought_back", by=by, target=group)
