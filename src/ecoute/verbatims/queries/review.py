"""Passages to read one under the other, the least sure first."""

from __future__ import annotations

import numpy as np

from ecoute.verbatims.columns.selection import Selection
from ecoute.verbatims.models import Segment


def passages_to_review(selection: Selection) -> list[int]:
    """Ids of the segments that the filters speak of, those that the machine coded with the least confidence first and
    those without any theme last. Verbatims kept for measuring are left out: they are coded in their own room.

    One query.
    """
    snapshot = selection.corpus.snapshot
    inside = selection.segment_ids()
    measured = set(Segment.objects.filter(verbatim__kept_for_measuring=True).values_list("pk", flat=True))
    sure = np.full(len(snapshot.segment_row), 2.0, np.float32)  # no code at all: after all others
    np.minimum.at(sure, snapshot.code_segment, snapshot.code_confidence)
    chosen = np.flatnonzero(inside)
    ordered = chosen[np.lexsort((snapshot.segment_id[chosen], sure[chosen]))]
    return [pk for pk in snapshot.segment_id[ordered].tolist() if pk not in measured]
