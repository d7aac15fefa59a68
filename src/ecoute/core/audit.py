"""The trail of what must be accountable."""

from typing import Any

from django.db import models

from ecoute.core.models import AuditEntry


def record(verb: str, *, by: Any, target: models.Model | None = None, **detail: Any) -> AuditEntry:
    """Writes one entry. ``by`` is a user or None (the system); ``detail`` must be JSON and hold no personal data."""
    return AuditEntry.objects.create(
        verb=verb,
        actor_id=getattr(by, "pk", None),
        actor_label=str(by or ""),
        target_type=target._meta.label_lower if target is not None else "",
        target_id=str(target.pk) if target is not None else "",
        detail=detail,
    )
