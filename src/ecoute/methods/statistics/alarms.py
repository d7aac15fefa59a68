"""Is the last period out of the ordinary? A share of one period against those before it, which vary more than chance.

Counts of complaints vary from month to month more than a binomial law says: a plain control chart of large bases rings
all the time. The variation seen between the earlier periods is therefore measured (Pearson's X² over its degrees of
freedom, never under 1) and the error widened by it: quasi-binomial model, McCullagh & Nelder, « Generalized Linear
Models », 1989, § 4.5; the idea of Laney's p′ chart, Quality Engineering 14, 2002.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt

from .distributions import student_two_sided
from .proportions import Proportion, fisher_exact, proportion, smallest_expected

FEWEST_PERIODS = 6  # before the last: fewer tell nothing of the ordinary variation
EXPECTED = 5  # counts expected in a period, for a share to have a law at all


@dataclass(frozen=True, slots=True)
class Alarm:
    """The last period against the earlier ones. ``expected``: the count that the ordinary share would give.

    ``dispersion``: how many times more the earlier periods vary than chance alone (1: not more). ``p`` is two-sided,
    of this series alone: correct it over all the series looked at (``holm``) before ringing.
    """

    last: Proportion
    earlier: Proportion
    expected: float
    dispersion: float
    difference: float
    low: float
    high: float
    p: float


def last_period(counts: Sequence[int], bases: Sequence[int]) -> Alarm | None:
    """Judges the last of these periods. None when there is nothing to judge by: fewer than six earlier periods with a
    base, or fewer than five expected in the last or, on average, before."""
    earlier = [(x, n) for x, n in zip(counts[:-1], bases[:-1], strict=True) if n]
    if len(earlier) < FEWEST_PERIODS or not bases[-1]:
        return None
    before = proportion(sum(x for x, _ in earlier), sum(n for _, n in earlier))
    last = proportion(counts[-1], bases[-1])
    assert before.share is not None
    assert last.share is not None
    expected = before.share * last.base
    if expected < EXPECTED or before.count < EXPECTED * len(earlier):
        return None
    dispersion = _dispersion(earlier, before.share)
    difference = last.share - before.share
    return Alarm(
        last,
        before,
        expected,
        dispersion,
        difference,
        *_interval(last, before, dispersion),
        _p(last, before, dispersion, len(earlier) - 1),
    )


def _dispersion(periods: Sequence[tuple[int, int]], share: float) -> float:
    spread = share * (1 - share)
    if not spread:
        return 1.0
    return max(1.0, sum((x - n * share) ** 2 / (n * spread) for x, n in periods) / (len(periods) - 1))


def _p(last: Proportion, before: Proportion, dispersion: float, freedom: int) -> float:
    both = (last.count, last.base, before.count, before.base)
    if dispersion == 1 and smallest_expected(*both) < EXPECTED:
        return fisher_exact(*both)
    pooled = (last.count + before.count) / (last.base + before.base)
    error = sqrt(dispersion * pooled * (1 - pooled) * (1 / last.base + 1 / before.base))
    if not error:
        return 1.0
    t = ((last.share or 0) - (before.share or 0)) / error
    return student_two_sided(t, freedom)


def _interval(last: Proportion, before: Proportion, dispersion: float) -> tuple[float, float]:
    """Of the difference, 95 %, widened by the dispersion."""
    p, q = last.share or 0.0, before.share or 0.0
    half = 1.959964 * sqrt(dispersion * (p * (1 - p) / last.base + q * (1 - q) / before.base))
    return max(-1.0, p - q - half), min(1.0, p - q + half)


@dataclass(frozen=True, slots=True)
class Limits:
    """One period of a control chart: its share (None: no base), the ordinary share, and the limits around it."""

    value: float | None
    centre: float
    low: float
    high: float
    outside: bool


def limits(counts: Sequence[int], bases: Sequence[int], *, sigmas: float = 3.0) -> list[Limits]:
    """A p′ chart: limits at three standard errors, widened by the dispersion between periods (at least 1).

    The ordinary share and the dispersion are those of the periods before the last, which is the one being judged.
    """
    known = [(x, n) for x, n in zip(counts[:-1], bases[:-1], strict=True) if n]
    whole = sum(n for _, n in known)
    centre = sum(x for x, _ in known) / whole if whole else 0.0
    dispersion = _dispersion(known, centre) if len(known) > 1 else 1.0
    return [
        _limits(count, base, centre, sigmas * sqrt(dispersion * centre * (1 - centre) / base) if base else 1.0)
        for count, base in zip(counts, bases, strict=True)
    ]


def _limits(count: int, base: int, centre: float, half: float) -> Limits:
    low, high = max(0.0, centre - half), min(1.0, centre + half)
    value = count / base if base else None
    outside = value is not None and not low - 1e-12 <= value <= high + 1e-12
    return Limits(value, centre, low, high, outside)
