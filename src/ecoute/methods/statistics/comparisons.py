"""When may one say « it went up »? The rule every arrow of every page obeys, and Holm's correction.

An arrow needs three things: p < 0.05, a difference at least as large as what is useful to know (3 points, or 0.3
out of ten), and 30 answers on both sides. Otherwise the figure is stable, and ``reason`` says which was missing.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from math import sqrt

from .distributions import student_quantile
from .means import Mean, welch
from .proportions import Proportion, fisher_exact, newcombe, smallest_expected, two_proportions


class Direction(StrEnum):
    UP = "up"
    DOWN = "down"
    STABLE = "stable"


class Reason(StrEnum):
    """Why the direction is what it is."""

    SIGNIFICANT = "significant"
    NO_BASE = "no-base"
    SMALL_BASE = "small-base"
    NOT_SIGNIFICANT = "not-significant"
    TOO_SMALL = "too-small"


@dataclass(frozen=True, slots=True)
class Comparison:
    """``difference`` = after − before with its interval (``low``, ``high``), in the unit compared; two-sided ``p``.

    ``test`` is ``z``, ``fisher`` or ``welch``; all figures are None when one side has no base.
    """

    direction: Direction
    difference: float | None
    low: float | None
    high: float | None
    p: float | None
    reason: Reason
    test: str


def compare_proportions(
    after: Proportion, before: Proportion, *, useful: float = 0.03, minimum: int = 30, alpha: float = 0.05
) -> Comparison:
    """Compare two independent proportions; Fisher's exact test when an expected count is under 5."""
    if after.share is None or before.share is None:
        return Comparison(Direction.STABLE, None, None, None, None, Reason.NO_BASE, "")
    counts = (after.count, after.base, before.count, before.base)
    exact = smallest_expected(*counts) < 5
    p = fisher_exact(*counts) if exact else two_proportions(*counts)[1]
    low, high = newcombe(*counts)
    difference = after.share - before.share
    reason = _reason(difference, p, min(after.base, before.base), useful, minimum, alpha)
    return Comparison(_direction(difference, reason), difference, low, high, p, reason, "fisher" if exact else "z")


def compare_estimates(
    after: tuple[float, float],
    before: tuple[float, float],
    *,
    useful: float = 0.03,
    minimum: int = 30,
    alpha: float = 0.05,
) -> Comparison:
    """Compare two independent shares that were estimated: (share, how many answers of a plain sample would tell as
    much), as ``prediction_powered`` gives them. The pooled z and Newcombe's interval on these sizes; where an expected
    count is under 5 Fisher's exact test on the nearest counts."""
    (share1, size1), (share2, size2) = after, before
    counts = (share1 * size1, size1, share2 * size2, size2)
    exact = smallest_expected(*counts) < 5
    bases = max(round(size1), 1), max(round(size2), 1)
    nearest = (round(share1 * bases[0]), bases[0], round(share2 * bases[1]), bases[1])
    p = fisher_exact(*nearest) if exact else two_proportions(*counts)[1]
    low, high = newcombe(*counts)
    reason = _reason(share1 - share2, p, min(bases), useful, minimum, alpha)
    direction = _direction(share1 - share2, reason)
    return Comparison(direction, share1 - share2, low, high, p, reason, "fisher" if exact else "z")


def compare_means(
    after: Mean, before: Mean, *, useful: float = 0.3, minimum: int = 30, alpha: float = 0.05
) -> Comparison:
    """Compare two independent means by Welch's test."""
    if after.value is None or before.value is None or after.deviation is None or before.deviation is None:
        return Comparison(Direction.STABLE, None, None, None, None, Reason.NO_BASE, "")
    test = welch(after.value, after.deviation, after.base, before.value, before.deviation, before.base)
    difference = after.value - before.value
    error = sqrt(after.deviation**2 / after.base + before.deviation**2 / before.base)
    half = student_quantile(test.df) * error
    reason = _reason(difference, test.p, min(after.base, before.base), useful, minimum, alpha)
    return Comparison(
        _direction(difference, reason), difference, difference - half, difference + half, test.p, reason, "welch"
    )


def _reason(difference: float, p: float, base: int, useful: float, minimum: int, alpha: float) -> Reason:
    if base < minimum:
        return Reason.SMALL_BASE
    if p >= alpha:
        return Reason.NOT_SIGNIFICANT
    # 0.63 - 0.60 is 0.030000000000000027 or a hair under 0.03, by chance of floats.
    return Reason.SIGNIFICANT if abs(difference) >= useful - 1e-12 else Reason.TOO_SMALL


def _direction(difference: float, reason: Reason) -> Direction:
    if reason is not Reason.SIGNIFICANT:
        return Direction.STABLE
    return Direction.UP if difference > 0 else Direction.DOWN


def holm(ps: Sequence[float]) -> list[float]:
    """Adjusted p values for several comparisons at once (Holm, Scandinavian Journal of Statistics 6, 1979)."""
    order = sorted(range(len(ps)), key=lambda i: ps[i])
    adjusted, running = [0.0] * len(ps), 0.0
    for rank, i in enumerate(order):
        running = max(running, min(1.0, (len(ps) - rank) * ps[i]))
        adjusted[i] = running
    return adjusted
