"""Asking for the machine to learn. Apart from the learning itself: pages that correct need not load the engines.

A correction asks in its own transaction; what is said within the same ``SLOT`` seconds is learned together, right
after them: at most one learning a slot, however fast people correct.
"""

from __future__ import annotations

import time
from datetime import UTC, datetime
from typing import Any

from ecoute.core import audit
from ecoute.core.jobs import enqueue
from ecoute.core.models import Job

SLOT = 20  # seconds
RECODE_AFTER = "verbatims.recode_after_learning"  # switch: what was learned is applied without asking


def enqueue_learning(*, by: Any) -> Job:
    """Asks for learning at the end of the present slot, within the caller's transaction. One job a slot."""
    slot = int(time.time()) // SLOT
    after = datetime.fromtimestamp((slot + 1) * SLOT, UTC)
    return enqueue("verbatims.learn", by=by, key=f"verbatims.learn.{slot}", run_after=after)


def learn_now(*, by: Any) -> Job:
    """Asks for learning at once. Writes an audit entry."""
    audit.record("codebooks.learning_asked", by=by)
    return enqueue("verbatims.learn", by=by, key="verbatims.learn.now", again=True)
