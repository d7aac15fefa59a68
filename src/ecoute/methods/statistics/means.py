"""Means with their Student interval, and Welch's test between two of them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from math import sqrt
from statistics import fmean, stdev

from .distributions import student_quantile, student_two_sided


@dataclass(frozen=True, slots=True)
class Mean:
    """``value``, ``deviation`` (sample standard deviation) and interval in the unit of the data; None if unknown.

    The interval needs two values at least.
    """

    base: int
    value: float | None
    deviation: float | None
    low: float | None
    high: float | None


@dataclass(frozen=True, slots=True)
class Welch:
    """Statistic, degrees of freedom, two-sided p."""

    t: float
    df: float
    p: float


def mean(value: float, deviation: float, base: int, *, population: int | None = None, confidence: float = 0.95) -> Mean:
    """Interval m ± t·s/√n·√((N−n)/(N−1)) from a summary of ``base`` ≥ 2 values."""
    correction = sqrt(max(population - base, 0) / (population - 1)) if population and population > 1 else 1.0
    half = student_quantile(base - 1, confidence) * deviation / sqrt(base) * correction
    return Mean(base, value, deviation, value - half, value + half)


def mean_of(values: Iterable[float], *, population: int | None = None, confidence: float = 0.95) -> Mean:
    """The mean of these values; no value gives no mean, one value gives no interval."""
    known = list(values)
    if len(known) < 2:
        return Mean(len(known), known[0] if known else None, None, None, None)
    return mean(fmean(known), stdev(known), len(known), population=population, confidence=confidence)


def welch(mean1: float, sd1: float, n1: int, mean2: float, sd2: float, n2: int) -> Welch:
    """Welch's t with the degrees of freedom of Satterthwaite; n1 and n2 at least 2.

    Two series without any spread are equal (p = 1) or different for sure (p = 0).
    """
    a, b = sd1 * sd1 / n1, sd2 * sd2 / n2
    if a + b == 0:
        same = mean1 == mean2
        return Welch(0.0 if same else float("inf"), float(n1 + n2 - 2), 1.0 if same else 0.0)
    t = (mean1 - mean2) / sqrt(a + b)
    df = (a + b) ** 2 / (a * a / (n1 - 1) + b * b / (n2 - 1))
    return Welch(t, df, student_two_sided(t, df))
