"""New columns from old ones and what changed. Always compact: nothing to clean up afterwards."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np

from .snapshot import Column, Snapshot

_ROWS = ("ids", "channel", "speaker", "satisfaction", "tone", "language", "source", "place", "day")


def patched(old: Snapshot, fresh: Snapshot, changed: Column) -> Snapshot:
    """``old`` without the verbatims ``changed`` (ids), with those of ``fresh`` (a subset of them: the readable ones).

    ``fresh`` must have been loaded with ``old.languages``. Cost: one copy of the columns.
    """
    # What changed while ``fresh`` was being read is in it and not in ``changed``: it must not stand twice.
    keep = ~np.isin(old.ids, np.union1d(changed, fresh.ids))
    ids = np.concatenate([old.ids[keep], fresh.ids])
    order = np.argsort(ids, kind="stable")
    at = np.empty(len(ids), np.int32)  # where each kept, then each fresh verbatim goes
    at[order] = np.arange(len(ids), dtype=np.int32)
    old_at = np.full(old.size, -1, np.int32)
    old_at[keep] = at[: keep.sum()]
    fresh_at = at[keep.sum() :]
    columns: dict[str, Any] = {
        name: np.concatenate([getattr(old, name)[keep], getattr(fresh, name)])[order] for name in _ROWS
    }
    columns |= _concerned(old, fresh, old_at, fresh_at)
    columns |= _segments(old, fresh, old_at, fresh_at)
    return replace(fresh, **columns)


def _concerned(old: Snapshot, fresh: Snapshot, old_at: Column, fresh_at: Column) -> dict[str, Column]:
    row, keep, order = _joined(old_at[old.concerned_row], fresh_at[fresh.concerned_row])
    service = np.concatenate([old.concerned_service[keep], fresh.concerned_service])
    return {"concerned_row": row[order], "concerned_service": service[order]}


def _segments(old: Snapshot, fresh: Snapshot, old_at: Column, fresh_at: Column) -> dict[str, Column]:
    row, keep, order = _joined(old_at[old.segment_row], fresh_at[fresh.segment_row])
    columns = {"segment_row": row[order]}
    for name in ("segment_id", "nature", "polarity"):
        columns[name] = np.concatenate([getattr(old, name)[keep], getattr(fresh, name)])[order]
    at = np.empty(len(order), np.int32)
    at[order] = np.arange(len(order), dtype=np.int32)
    old_segment_at = np.full(len(keep), -1, np.int32)
    old_segment_at[keep] = at[: keep.sum()]
    segment, kept, by_segment = _joined(old_segment_at[old.code_segment], at[keep.sum() :][fresh.code_segment])
    columns["code_segment"] = segment[by_segment]
    for name in ("code_theme", "code_confidence"):
        columns[name] = np.concatenate([getattr(old, name)[kept], getattr(fresh, name)])[by_segment]
    return columns


def _joined(old_at: Column, fresh_at: Column) -> tuple[Column, Column, Column]:
    """New places of the old lines (-1: gone) and of the fresh ones together; which old ones stay; the sorting order."""
    keep = old_at >= 0
    places = np.concatenate([old_at[keep], fresh_at]).astype(np.int32)
    return places, keep, np.argsort(places, kind="stable")
