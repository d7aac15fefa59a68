"""Ratio of two sums over independent units, where several decisions of one unit hang together.

The precision of a coder that gives several themes to each verbatim is a ratio of sums over verbatims: treating each
decision as independent would make its interval too narrow. Variance by linearisation: Cochran, « Sampling Techniques »,
3rd ed., 1977, ch. 6.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt

from .distributions import student_quantile
from .proportions import wilson


@dataclass(frozen=True, slots=True)
class Ratio:
    """``value`` = Σ tops / Σ bottoms over ``units`` with a bottom; None where the bottom is nought."""

    top: float
    bottom: float
    units: int
    value: float | None
    low: float | None
    high: float | None


def ratio(tops: Sequence[float], bottoms: Sequence[float], *, confidence: float = 0.95) -> Ratio:
    """The ratio with its interval, cut at 0 and 1; one (top, bottom) a unit, 0 ≤ top ≤ bottom.

    Where each unit counts for one it is a proportion, and has Wilson's interval; so it has where every unit tells the
    same (all right, or all wrong), for the spread then says nothing. Raises ``ValueError`` for unequal lists.
    """
    pairs = [(top, bottom) for top, bottom in zip(tops, bottoms, strict=True) if bottom]
    top, bottom = sum(t for t, _ in pairs), sum(b for _, b in pairs)
    if not pairs:
        return Ratio(0, 0, 0, None, None, None)
    units, value = len(pairs), top / bottom
    rest = sum((t - value * b) ** 2 for t, b in pairs)
    if units < 2 or rest < 1e-12 or (max(b for _, b in pairs) == min(b for _, b in pairs) == 1):
        low, high = wilson(value * units, units, confidence=confidence)
        return Ratio(top, bottom, units, value, low, high)
    error = sqrt(units / (units - 1) * rest) / bottom
    half = student_quantile(units - 1, confidence) * error
    return Ratio(top, bottom, units, value, max(0.0, value - half), min(1.0, value + half))
