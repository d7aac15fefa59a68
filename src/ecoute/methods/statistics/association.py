"""Themes met together: how much more often than chance would have it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from itertools import combinations

from .comparisons import holm
from .proportions import fisher_exact


@dataclass(frozen=True, slots=True)
class Lift:
    """``together`` units hold both; ``expected`` if independent; ``lift`` = together / expected; adjusted ``p``."""

    first: str
    second: str
    together: int
    expected: float
    lift: float
    p: float


def lifts(units: Iterable[Collection[str]], *, minimum: int = 5) -> list[Lift]:
    """Pairs found together ``minimum`` times at least, strongest first.

    Lift is P(A and B)/(P(A)P(B)) (Brin et al., SIGMOD 1997); p is Fisher's exact test, corrected by Holm over the
    pairs returned.
    """
    sets = [frozenset(unit) for unit in units]
    alone = Counter(code for unit in sets for code in unit)
    pairs = Counter(pair for unit in sets for pair in combinations(sorted(unit), 2))
    kept = [(pair, n) for pair, n in pairs.items() if n >= minimum]
    ps = holm([fisher_exact(n, alone[a], alone[b] - n, len(sets) - alone[a]) for (a, b), n in kept])
    found = []
    for ((a, b), n), p in zip(kept, ps, strict=True):
        expected = alone[a] * alone[b] / len(sets)
        found.append(Lift(a, b, n, expected, n / expected, p))
    return sorted(found, key=lambda pair: (-pair.lift, -pair.together, pair.first, pair.second))
