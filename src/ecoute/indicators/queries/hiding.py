"""Which small counts of a row hide, and which others with them: one answer for every page that cuts the same row."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ecoute.indicators.rules import Disclosure
from ecoute.methods.statistics import suppress_list

SHOWN = 8  # groups with a column of their own; the others share one


@dataclass(frozen=True, slots=True)
class Hidden:
    """``places``: cells that hide. ``rest``: whether the sum of the groups after the first ``SHOWN`` hides too."""

    places: frozenset[int]
    rest: bool


def hide(counts: Sequence[int], rule: Disclosure) -> Hidden:
    """Cells of a row whose total is published somewhere, the largest group first.

    The heat map shows the first groups and the sum of the rest; a theme's page shows all groups. So the first groups
    and the rest are protected each by themselves: among each, either nothing hides, or two cells at least that
    together reach the threshold. Where that cannot be, the sum hides with all it is made of.
    """
    if rule.minimum <= 1:
        return Hidden(frozenset(), False)
    first, rest = list(counts[:SHOWN]), list(counts[SHOWN:])
    hidden = set(suppress_list(first, threshold=rule.minimum))
    below = {SHOWN + i for i in suppress_list(rest, threshold=rule.minimum)}
    if not rule.hides(sum(rest)) and not _weak(hidden, counts, rule):
        return Hidden(frozenset(hidden | below), False)
    if not hidden:
        hidden |= _smallest(first)
    return Hidden(frozenset(hidden | {SHOWN + i for i, n in enumerate(rest) if n}), True)


def _weak(hidden: set[int], counts: Sequence[int], rule: Disclosure) -> bool:
    """Whether a subtraction would tell a small count."""
    return bool(hidden) and (len(hidden) < 2 or sum(counts[i] for i in hidden) < rule.minimum)


def _smallest(counts: Sequence[int]) -> set[int]:
    known = [(n, i) for i, n in enumerate(counts) if n]
    return {min(known)[1]} if known else set()
