"""Normal and Student distributions in the standard library, so that a page need not load scipy for one quantile."""

from __future__ import annotations

from functools import lru_cache
from math import exp, lgamma, log, log1p
from statistics import NormalDist

_NORMAL = NormalDist()


@lru_cache(maxsize=32)
def z_quantile(confidence: float = 0.95) -> float:
    """z such that a standard normal lies within ±z with this probability (1.959964 for 0.95)."""
    return _NORMAL.inv_cdf(0.5 + confidence / 2)


def two_sided(z: float) -> float:
    """Probability that a standard normal is at least as far from 0 as ``z``."""
    return 2 * _NORMAL.cdf(-abs(z))


def student_two_sided(t: float, df: float) -> float:
    """Probability that a Student variable with ``df`` degrees of freedom is at least as far from 0 as ``t``.

    I_x(df/2, 1/2) with x = df / (df + t²): Abramowitz and Stegun, 26.7.1.
    """
    return incomplete_beta(df / 2, 0.5, df / (df + t * t))


@lru_cache(maxsize=512)
def student_quantile(df: float, confidence: float = 0.95) -> float:
    """t such that a Student variable lies within ±t with this probability; by bisection."""
    low, high = 0.0, 2.0
    while student_two_sided(high, df) > 1 - confidence:
        high *= 2
    for _ in range(80):
        middle = (low + high) / 2
        low, high = (middle, high) if student_two_sided(middle, df) > 1 - confidence else (low, middle)
    return (low + high) / 2


def incomplete_beta(a: float, b: float, x: float) -> float:
    """Regularised incomplete beta function I_x(a, b), by its continued fraction (DLMF 8.17.22)."""
    if x <= 0 or x >= 1:
        return 0.0 if x <= 0 else 1.0
    if x > (a + 1) / (a + b + 2):
        return 1 - incomplete_beta(b, a, 1 - x)
    front = exp(lgamma(a + b) - lgamma(a) - lgamma(b) + a * log(x) + b * log1p(-x)) / a
    return front * _fraction(a, b, x)


def _fraction(a: float, b: float, x: float) -> float:
    """1/(1 + d1/(1 + d2/(1 + …))) by the modified method of Lentz (which yields one more than the value)."""
    tiny = 1e-300
    c, d, value = 1.0, 0.0, 1.0
    for i in range(500):
        m = i // 2
        if i == 0:
            step = 1.0
        elif i % 2 == 0:
            step = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m))
        else:
            step = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1))
        d = 1 / ((1 + step * d) or tiny)
        c = (1 + step / c) or tiny
        value *= c * d
        if i and abs(c * d - 1) < 1e-14:
            break
    return value - 1
