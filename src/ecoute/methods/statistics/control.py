"""Shewhart control charts for shares (p) and for rates (u): ordinary variation, or something that happened?

Limits at three standard errors: Montgomery, « Introduction to Statistical Quality Control », chapter on attributes.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt


@dataclass(frozen=True, slots=True)
class ControlLimits:
    """One period: its ``value``, the ``centre`` of the series, its limits, and whether it lies outside.

    ``reliable`` is false when the count expected is under 5: choose longer periods. Value None: nobody answered.
    """

    value: float | None
    centre: float
    low: float
    high: float
    outside: bool
    reliable: bool


def p_chart(counts: Sequence[int], bases: Sequence[int], *, sigmas: float = 3.0) -> list[ControlLimits]:
    """Shares of periods of unequal bases: centre p̄ = Σx/Σn, limits p̄ ± 3√(p̄(1−p̄)/n) cut to 0–1."""
    return _chart(counts, bases, sigmas, ceiling=1.0)


def u_chart(counts: Sequence[int], sizes: Sequence[int], *, sigmas: float = 3.0) -> list[ControlLimits]:
    """Events a unit (mentions a verbatim): centre ū = Σx/Σn, limits ū ± 3√(ū/n), not under 0."""
    return _chart(counts, sizes, sigmas, ceiling=None)


def _chart(counts: Sequence[int], sizes: Sequence[int], sigmas: float, ceiling: float | None) -> list[ControlLimits]:
    whole = sum(sizes)
    centre = sum(counts) / whole if whole else 0.0
    spread = centre * (1 - centre) if ceiling is not None else centre
    found = []
    for count, size in zip(counts, sizes, strict=True):
        half = sigmas * sqrt(spread / size) if size else float("inf")
        low, high = max(0.0, centre - half), centre + half if ceiling is None else min(ceiling, centre + half)
        value = count / size if size else None
        outside = value is not None and not low - 1e-12 <= value <= high + 1e-12
        found.append(ControlLimits(value, centre, low, high, outside, size * centre >= 5))
    return found
