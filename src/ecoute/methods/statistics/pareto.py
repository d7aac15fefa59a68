"""The vital few: rows from the most to the least frequent with their running share."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ParetoRow:
    """``share`` and ``cumulative`` of all mentions (0–1); ``vital``: needed to reach the threshold."""

    key: str
    count: int
    share: float
    cumulative: float
    vital: bool


def pareto(counts: Mapping[str, int], *, threshold: float = 0.8) -> list[ParetoRow]:
    """Rows in order (ties by key). The row that crosses the threshold still belongs to the vital ones."""
    total = sum(counts.values())
    rows: list[ParetoRow] = []
    before = 0
    for key, count in sorted(counts.items(), key=lambda item: (-item[1], item[0])):
        if not count:
            continue
        after = before + count
        rows.append(ParetoRow(key, count, count / total, after / total, before < threshold * total))
        before = after
    return rows
