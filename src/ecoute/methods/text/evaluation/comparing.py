"""Two systems on the same texts: is one better, by how much, and could it be luck?

Every measure here is made of counts that add up over texts: for each class how often it was rightly said, wrongly said,
and missed. So texts (or groups of them) can be drawn again, or change sides, by adding rows of one table.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.stats import binomtest

from .figures import Figure

Flags = npt.NDArray[np.bool_]
Floats = npt.NDArray[np.float64]
Measure = Callable[[Floats], Floats]
DRAWS = 2_000
SEED = 20260101


def counts(truth: Flags, said: Flags, groups: npt.NDArray[np.intp] | None = None) -> Floats:
    """Rightly said, wrongly said, missed, by text and class: shape ``(groups, 3, classes)``."""
    rows = np.stack([truth & said, ~truth & said, truth & ~said], axis=1).astype(np.float64)
    if groups is None:
        return rows
    out = np.zeros((int(groups.max()) + 1, *rows.shape[1:]))
    np.add.at(out, groups, rows)
    return out


def macro_f1(sums: Floats) -> Floats:
    """Mean over classes of F1; ``sums`` ``(…, 3, classes)``. A class that is nowhere and never said counts nothing."""
    right, wrong, missed = sums[..., 0, :], sums[..., 1, :], sums[..., 2, :]
    total = 2 * right + wrong + missed
    f1 = np.divide(2 * right, total, out=np.full_like(right, np.nan), where=total > 0)
    return np.asarray(np.nanmean(f1, axis=-1), np.float64)


def micro_f1(sums: Floats) -> Floats:
    """F1 over all classes together."""
    right, wrong, missed = (sums[..., i, :].sum(axis=-1) for i in range(3))
    return np.asarray(2 * right / np.maximum(2 * right + wrong + missed, 1), np.float64)


def accuracy(sums: Floats) -> Floats:
    """Share of texts judged rightly, where each has one class: what was right among what was present."""
    right, missed = sums[..., 0, :].sum(axis=-1), sums[..., 2, :].sum(axis=-1)
    return np.asarray(right / np.maximum(right + missed, 1), np.float64)


@dataclass(frozen=True, slots=True)
class Comparison:
    """A system beside the baseline on one measure, with 95 % intervals."""

    value: float
    low: float
    high: float
    baseline: float
    difference: float
    difference_low: float
    difference_high: float
    p: float


def compare(ours: Floats, baseline: Floats, measure: Measure) -> Comparison:
    """Intervals by drawing texts with replacement (the same for both, percentiles of ``DRAWS``); ``p`` two-sided.

    For accuracy with one class a text McNemar's exact test; otherwise each text's answers change sides at random.
    """
    rng = np.random.default_rng(SEED)
    n = len(ours)
    drawn = rng.multinomial(n, np.full(n, 1 / n), size=DRAWS).astype(np.float32)
    mine, theirs = measure(_sums(drawn, ours)), measure(_sums(drawn, baseline))
    value, other = float(measure(ours.sum(axis=0))), float(measure(baseline.sum(axis=0)))
    if measure is accuracy and ours[:, (0, 2)].sum(axis=(1, 2)).max() <= 1:
        p = mcnemar(ours[:, 0].sum(axis=1) > 0, baseline[:, 0].sum(axis=1) > 0)
    else:
        p = _permuted(ours, baseline, measure, rng)
    return Comparison(value, *_bounds(mine), other, value - other, *_bounds(mine - theirs), p)


def mcnemar(ours: Flags, baseline: Flags) -> float:
    """Exact two-sided probability that as many texts fall to one side among those that only one judged rightly."""
    won, lost = int((ours & ~baseline).sum()), int((~ours & baseline).sum())
    return float(binomtest(won, won + lost).pvalue) if won + lost else 1.0


def _sums(weights: npt.NDArray[np.float32], rows: Floats) -> Floats:
    flat = weights @ rows.reshape(len(rows), -1).astype(np.float32)
    return flat.reshape(len(weights), *rows.shape[1:]).astype(np.float64)


def _bounds(values: Floats) -> tuple[float, float]:
    low, high = np.quantile(values, [0.025, 0.975])
    return float(low), float(high)


def _permuted(ours: Floats, baseline: Floats, measure: Measure, rng: np.random.Generator) -> float:
    change = rng.integers(0, 2, size=(DRAWS, len(ours))).astype(np.float32)
    moved = _sums(change, baseline - ours)
    found = float(abs(measure(ours.sum(axis=0)) - measure(baseline.sum(axis=0))))
    chance = np.abs(measure(ours.sum(axis=0) + moved) - measure(baseline.sum(axis=0) - moved))
    return float((1 + (chance >= found - 1e-12).sum()) / (DRAWS + 1))


def figure(subject: str, measure: str, base: int, found: Comparison, remark: str = "") -> Figure:
    """One line of the table."""
    p = f"p {found.p:.3f}" if found.p >= 0.001 else "p < 0.001"
    difference = f"{found.difference:+.3f} [{found.difference_low:+.3f}, {found.difference_high:+.3f}], {p}"
    interval = f"[{found.low:.3f}, {found.high:.3f}]"
    return Figure(subject, measure, base, f"{found.value:.3f}", interval, remark, f"{found.baseline:.3f}", difference)
