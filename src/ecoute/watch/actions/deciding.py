"""What people decide about an alert."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils import timezone

from ecoute.core import audit
from ecoute.watch.enums import AlertState
from ecoute.watch.models import Alert


@transaction.atomic
def decide(*, alert: Alert, state: str, reason: str = "", by: Any) -> None:
    """Takes an alert, dismisses it with a reason, or puts it back among the new ones. ValueError for another state, or
    a dismissal without a reason. Writes an audit entry."""
    wanted = AlertState(state)
    if wanted is AlertState.DISMISSED and not reason.strip():
        raise ValueError("a dismissal needs a reason")
    alert.state, alert.reason = wanted, reason.strip()[:300] if wanted is AlertState.DISMISSED else ""
    fresh = wanted is AlertState.NEW
    alert.decided_by, alert.decided_at = (None, None) if fresh else (by, timezone.now())
    alert.save(update_fields=["state", "reason", "decided_by", "decided_at"])
    audit.record(f"watch.alert_{wanted.value}", by=by, target=alert)
