"""Asking for the machine to learn. Apart from the learning itself: pages that correct need not load the engines.

A correction asks in its own transaction; what is said within the same ``SLOT`` seconds is learned together, right
after them: at most one learning a slot, however fast people correct.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from ecoute.core import audit
from ecoute.core.jobs import enqueue
from ecoute.core.models import Job
from ecoute.verbatims.enums import Origin
from ecoute.verbatims.models import Segment, SegmentTheme, Theme

SLOT = 20  # seconds
RECODE_AFTER = "verbatims.recode_after_learning"  # switch: what was learned is applied without asking


def enqueue_learning(*, by: Any) -> Job:
    """Asks for learning at the end of the present slot, within the caller's transaction. One job a slot."""
    slot = int(time.time()) // SLOT
    after = datetime.fromtimestamp((slot + 1) * SLOT, UTC)
    return enqueue("verbatims.learn", by=by, key=f"verbatims.learn.{slot}", run_after=after)


def unlearn(ids: Sequence[int]) -> None:
    """Asks for learning when the machine learned from these verbatims, whose words are hidden or go: what it learned
    keeps some of them (``learning`` drops it). Within the caller's transaction, before passages are erased."""
    said = SegmentTheme.objects.filter(segment__verbatim_id__in=ids)
    said = said.exclude(origin=Origin.MACHINE, coded_by=None, rejected=False)
    checked = Segment.objects.filter(verbatim_id__in=ids, checked_at__isnull=False)
    if said.exists() or checked.exists() or _among_exemplars(set(ids)):
        enqueue_learning(by=None)


def _among_exemplars(ids: set[int]) -> bool:
    exemplars = Theme.objects.filter(codebook__is_active=True).exclude(exemplars=[]).order_by("pk")
    return any(not ids.isdisjoint(found) for found in exemplars.values_list("exemplars", flat=True))


def learn_now(*, by: Any) -> Job:
    """Asks for learning at once. Writes an audit entry."""
    audit.record("codebooks.learning_asked", by=by)
    return enqueue("verbatims.learn", by=by, key="verbatims.learn.now", again=True)
