"""Agreement between coders beyond chance: Cohen's kappa and Krippendorff's alpha, with their intervals.

Kappa: Cohen, Educational and Psychological Measurement 20, 1960; its standard error: Fleiss, Cohen and Everitt,
Psychological Bulletin 72, 1969. Alpha: Krippendorff, « Computing Krippendorff's alpha-reliability », 2011, by the
coincidences of each unit: any number of coders, some of whom may not have read everything. Its interval is by
jackknife: the variance of alpha when each unit in turn is left out.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Hashable, Sequence
from dataclasses import dataclass
from math import sqrt

from .distributions import student_quantile, z_quantile

Distance = Callable[[Hashable, Hashable], float]


@dataclass(frozen=True, slots=True)
class Agreement:
    """``value`` 1: perfect, 0: no better than chance. ``units`` that two coders at least read.

    All None where there is nothing to agree on: no such unit, or one code only.
    """

    units: int
    value: float | None
    low: float | None
    high: float | None


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
    return kappa(table_of(first, second))


def table_of(first: Sequence[Hashable], second: Sequence[Hashable]) -> list[list[int]]:
    """Counts by code of the first coder (rows) and of the second (columns), codes in order."""
    codes = sorted({*first, *second}, key=repr)
    place = {code: i for i, code in enumerate(codes)}
    table = [[0] * len(codes) for _ in codes]
    for a, b in zip(first, second, strict=True):
        table[place[a]][place[b]] += 1
    return table


def cohen(table: Sequence[Sequence[int]], *, confidence: float = 0.95) -> Agreement:
    """Kappa of a square table with its interval, cut at −1 and 1. Without any disagreement the lower end is the kappa
    that one would have if the disagreement were as frequent as it could be unseen (one unit in n ÷ 3.7)."""
    total, value = sum(map(sum, table)), kappa(table)
    if value is None:
        return Agreement(total, None, None, None)
    rows = [sum(row) / total for row in table]
    columns = [sum(row[i] for row in table) / total for i in range(len(table))]
    expected = sum(r * c for r, c in zip(rows, columns, strict=True))
    if value == 1:
        return Agreement(total, 1.0, _unseen(total, 1 - expected, confidence), 1.0)
    half = z_quantile(confidence) * _kappa_error(table, rows, columns, expected)
    return Agreement(total, value, max(-1.0, value - half), min(1.0, value + half))


def _kappa_error(
    table: Sequence[Sequence[int]], rows: Sequence[float], columns: Sequence[float], expected: float
) -> float:
    """Formula 13 of Fleiss, Cohen and Everitt."""
    total, size = sum(map(sum, table)), range(len(table))
    observed = sum(table[i][i] for i in size) / total
    same = sum(table[i][i] / total * ((1 - expected) - (rows[i] + columns[i]) * (1 - observed)) ** 2 for i in size)
    other = sum(table[i][j] / total * (columns[i] + rows[j]) ** 2 for i in size for j in size if i != j)
    rest = (observed * expected - 2 * expected + observed) ** 2
    variance = (same + (1 - observed) ** 2 * other - rest) / (total * (1 - expected) ** 4)
    return sqrt(max(variance, 0.0))


def nominal(one: Hashable, other: Hashable) -> float:
    """0 for the same code, 1 for two codes."""
    return 0.0 if one == other else 1.0


def of_sets(one: Hashable, other: Hashable) -> float:
    """Distance of two frozen sets of themes, MASI (Passonneau, LREC 2006): 1 − Jaccard × (1 if equal, 2/3 if one holds
    the other, 1/3 if they share something, else 0)."""
    if not isinstance(one, frozenset) or not isinstance(other, frozenset):
        raise TypeError("the distance of sets needs frozen sets")
    if one == other:
        return 0.0
    shared = len(one & other)
    if not shared:
        return 1.0
    return 1 - shared / len(one | other) * (2 / 3 if one <= other or other <= one else 1 / 3)


def alpha(
    units: Sequence[Sequence[Hashable | None]], *, distance: Distance = nominal, confidence: float = 0.95
) -> Agreement:
    """Krippendorff's alpha. ``units``: for each verbatim the code that each coder gave it, None where one did not read.

    ``distance`` of two codes, 0 to 1: ``nominal`` by default, ``of_sets`` for frozen sets of themes.
    """
    read = [[code for code in unit if code is not None] for unit in units]
    read = [codes for codes in read if len(codes) > 1]
    disagreements = [_disagreement(codes, distance) for codes in read]
    counts = [Counter(codes) for codes in read]
    whole = sum(counts, Counter())
    spread, near = _expected(whole, distance)
    value = _alpha(sum(disagreements), whole.total(), spread)
    if value is None:
        return Agreement(len(read), None, None, None)
    if not sum(disagreements):
        size = whole.total()
        return Agreement(len(read), 1.0, _unseen(len(read), spread / (size * (size - 1)), confidence), 1.0)
    left_out = [
        _without(one, count, sum(disagreements), whole, spread, near, distance)
        for one, count in zip(disagreements, counts, strict=True)
    ]
    return _jackknifed(value, [v for v in left_out if v is not None], len(read), confidence)


def _disagreement(codes: Sequence[Hashable], distance: Distance) -> float:
    """Of one unit: Σ over ordered pairs of distance / (m − 1)."""
    counts = list(Counter(codes).items())
    pairs = sum(n * k * distance(a, b) for a, n in counts for b, k in counts)
    return pairs / (len(codes) - 1)


def _expected(whole: Counter[Hashable], distance: Distance) -> tuple[float, dict[Hashable, float]]:
    """Σ n_c n_k distance(c, k) over all codes, and for each code c its part Σ n_k distance(c, k)."""
    near = {a: sum(k * distance(a, b) for b, k in whole.items()) for a in whole}
    return sum(n * near[a] for a, n in whole.items()), near


def _alpha(disagreement: float, size: int, spread: float) -> float | None:
    """1 − Do/De with Do = disagreement / n and De = spread / (n(n − 1))."""
    return 1 - disagreement * (size - 1) / spread if spread else None


def _without(
    one: float,
    count: Counter[Hashable],
    total: float,
    whole: Counter[Hashable],
    spread: float,
    near: dict[Hashable, float],
    distance: Distance,
) -> float | None:
    """Alpha without one unit, from the sums of all."""
    inside = sum(n * k * distance(a, b) for a, n in count.items() for b, k in count.items())
    rest = spread - 2 * sum(n * near[a] for a, n in count.items()) + inside
    return _alpha(total - one, whole.total() - count.total(), rest if rest > 1e-9 else 0.0)


def _jackknifed(value: float, left_out: Sequence[float], units: int, confidence: float) -> Agreement:
    n = len(left_out)
    if n < 2:
        return Agreement(units, value, None, None)
    centre = sum(left_out) / n
    error = sqrt((n - 1) / n * sum((one - centre) ** 2 for one in left_out))
    half = student_quantile(n - 1, confidence) * error
    return Agreement(units, value, max(-1.0, value - half), min(1.0, value + half))


def _unseen(units: int, expected: float, confidence: float) -> float:
    """Lower end where nobody disagreed: no disagreement in n units leaves a rate up to 1 − (α/2)^(1/n)."""
    rate: float = 1 - ((1 - confidence) / 2) ** (1 / units)
    return max(-1.0, 1 - rate / expected)


def presence(sets: Sequence[Collection[Hashable]], code: Hashable) -> list[bool]:
    """Whether each unit holds the code: what per-theme agreement is computed on."""
    return [code in one for one in sets]
