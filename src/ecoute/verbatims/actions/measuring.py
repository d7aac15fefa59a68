"""Verbatims drawn at random to measure the machine are kept apart: they never train it."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import transaction

from ecoute.verbatims.models import Verbatim


@transaction.atomic
def keep_for_measuring(ids: Sequence[int]) -> int:
    """Keeps these verbatims apart from what the machine learns from; gives how many. What readers see stays the same,
    so they keep their revision."""
    return _set(ids, kept=True)


@transaction.atomic
def release(ids: Sequence[int]) -> int:
    """Lets the machine learn from these verbatims again; gives how many."""
    return _set(ids, kept=False)


def _set(ids: Sequence[int], *, kept: bool) -> int:
    # Locked in the order of every other writer.
    held = Verbatim.objects.select_for_update().filter(pk__in=list(ids)).order_by("pk")
    return Verbatim.objects.filter(pk__in=list(held.values_list("pk", flat=True))).update(kept_for_measuring=kept)
