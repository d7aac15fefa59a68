"""Agreement between two coders beyond chance: Cohen's kappa (Educational and Psychological Measurement 20, 1960)."""

from __future__ import annotations

from collections.abc import Sequence


def kappa(table: Sequence[Sequence[int]]) -> float | None:
    """Kappa of a square table (rows: first coder, columns: second). None for no unit or one category only."""
    total = sum(map(sum, table))
    if not total:
        return None
    size = range(len(table))
    observed = sum(table[i][i] for i in size) / total
    expected = sum(sum(table[i]) * sum(row[i] for row in table) for i in size) / total**2
    return (observed - expected) / (1 - expected) if expected < 1 else None


def kappa_of(first: Sequence[str], second: Sequence[str]) -> float | None:
    """Kappa of two equally long lists of codes. Different lengths raise ``ValueError``."""
    codes = sorted({*first, *second})
    place = {code: i for i, code in enumerate(codes)}
    table = [[0] * len(codes) for _ in codes]
    for a, b in zip(first, second, strict=True):
        table[place[a]][place[b]] += 1
    return kappa(table)
