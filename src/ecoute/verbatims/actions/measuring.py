"""Verbatims drawn at random to measure the machine are kept apart: they never train it."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import transaction

from ecoute.verbatims.actions.ask_learning import enqueue_learning
from ecoute.verbatims.models import SegmentTheme, Verbatim


@transaction.atomic
def keep_for_measuring(ids: Sequence[int]) -> int:
    """Keeps these verbatims apart from what the machine learns from; gives how many. What readers see stays the same,
    so they keep their revision. Where people had coded some of them, the machine is asked to learn again without."""
    kept = _set(ids, kept=True)
    if SegmentTheme.objects.filter(segment__verbatim_id__in=list(ids)).exclude(coded_by=None).exists():
        enqueue_learning(by=None)
    return kept


@transaction.atomic
def release(ids: Sequence[int]) -> int:
    """Lets the machine learn from these verbatims again; gives how many."""
    return _set(ids, kept=False)


def _set(ids: Sequence[int], *, kept: bool) -> int:
    # Locked in the order of every other writer.
    held = Verbatim.objects.select_for_update().filter(pk__in=list(ids)).order_by("pk")
    return Verbatim.objects.filter(pk__in=list(held.values_list("pk", flat=True))).update(kept_for_measuring=kept)
