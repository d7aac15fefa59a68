"""Proportions: their interval, their difference, the test between two of them.

The interval is Wilson's (« Probable inference », JASA 22, 1927); with a known population the base is replaced by
n* = n(N − 1)/(N − n). The difference has Newcombe's interval (method 10, Statistics in Medicine 17, 1998).
"""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil, exp, lgamma, sqrt

from .distributions import two_sided, z_quantile


@dataclass(frozen=True, slots=True)
class Proportion:
    """``count`` out of ``base``; ``share``, ``low`` and ``high`` lie in 0–1 and are None when the base is 0."""

    count: int
    base: int
    share: float | None
    low: float | None
    high: float | None


def proportion(count: int, base: int, *, population: int | None = None, confidence: float = 0.95) -> Proportion:
    """The proportion with its Wilson interval. Raises ``ValueError`` unless 0 ≤ count ≤ base."""
    if not 0 <= count <= base:
        raise ValueError(f"a proportion needs 0 <= count <= base, got {count} of {base}")
    if base == 0:
        return Proportion(count, base, None, None, None)
    low, high = wilson(count, base, population=population, confidence=confidence)
    return Proportion(count, base, count / base, low, high)


def wilson(
    count: float, base: float, *, population: int | None = None, confidence: float = 0.95
) -> tuple[float, float]:
    """Ends of the Wilson interval. A base of 0 tells nothing: (0, 1). A census (base ≥ population) has no width."""
    if base == 0:
        return 0.0, 1.0
    p = count / base
    if population is not None and base >= population:
        return p, p
    n = base if population is None else base * (population - 1) / (population - base)
    z = z_quantile(confidence)
    scale = 1 + z * z / n
    centre = (p + z * z / (2 * n)) / scale
    half = z * sqrt(p * (1 - p) / n + z * z / (4 * n * n)) / scale
    # At both ends the formula is exact on paper and off by a rounding in floats.
    return (0.0 if count == 0 else max(0.0, centre - half)), (1.0 if count == base else min(1.0, centre + half))


def margin(share: float, base: int, *, population: int | None = None, confidence: float = 0.95) -> float:
    """Simple margin z·√(p(1−p)/n)·√((N−n)/(N−1)), in 0–1. Only for a random sample, never for volunteers."""
    correction = sqrt((population - base) / (population - 1)) if population and population > 1 else 1.0
    return z_quantile(confidence) * sqrt(share * (1 - share) / base) * correction


def sample_size(error: float, *, share: float = 0.5, population: int | None = None, confidence: float = 0.95) -> int:
    """Answers needed for a margin of ``error`` (0–1): n0 = z²p(1−p)/e², then n0/(1 + (n0 − 1)/N), rounded up."""
    n0 = z_quantile(confidence) ** 2 * share * (1 - share) / error**2
    return ceil(n0 if population is None else n0 / (1 + (n0 - 1) / population))


def newcombe(
    count1: float, base1: float, count2: float, base2: float, *, confidence: float = 0.95
) -> tuple[float, float]:
    """Interval of share1 − share2, from the two Wilson intervals. Both bases must be positive."""
    p1, p2 = count1 / base1, count2 / base2
    low1, high1 = wilson(count1, base1, confidence=confidence)
    low2, high2 = wilson(count2, base2, confidence=confidence)
    difference = p1 - p2
    return (
        difference - sqrt((p1 - low1) ** 2 + (high2 - p2) ** 2),
        difference + sqrt((high1 - p1) ** 2 + (p2 - low2) ** 2),
    )


def two_proportions(count1: float, base1: float, count2: float, base2: float) -> tuple[float, float]:
    """Pooled z and its two-sided p (the square of z is the χ² without correction)."""
    pooled = (count1 + count2) / (base1 + base2)
    error = sqrt(pooled * (1 - pooled) * (1 / base1 + 1 / base2))
    z = (count1 / base1 - count2 / base2) / error if error else 0.0
    return z, two_sided(z)


def smallest_expected(count1: float, base1: float, count2: float, base2: float) -> float:
    """The smallest expected count of the 2 × 2 table; under 5 the z test is not to be trusted."""
    total, hits = base1 + base2, count1 + count2
    return min(base1, base2) * min(hits, total - hits) / total


def fisher_exact(count1: int, base1: int, count2: int, base2: int) -> float:
    """Two-sided p of Fisher's exact test: the tables no likelier than the one seen, margins given."""
    hits = count1 + count2
    first, last = max(0, hits - base2), min(hits, base1)
    logs = [_log_ways(base1, k) + _log_ways(base2, hits - k) for k in range(first, last + 1)]
    whole = _log_ways(base1 + base2, hits)
    seen = logs[count1 - first]
    # The tolerance keeps tables as likely as the one seen in spite of rounding.
    return min(1.0, sum(exp(value - whole) for value in logs if value <= seen + 1e-7))


def _log_ways(n: int, k: int) -> float:
    """Logarithm of n choose k."""
    return lgamma(n + 1) - lgamma(k + 1) - lgamma(n - k + 1)
