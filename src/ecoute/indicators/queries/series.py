"""Shares over time, with the places where the series stops being comparable with itself."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass

from ecoute.indicators.enums import Grain
from ecoute.indicators.rules import Disclosure
from ecoute.methods.statistics import Proportion, proportion, suppress_list
from ecoute.methods.statistics.disclosure import UNPUBLISHED

NEW_SOURCE_SHARE = 0.2


@dataclass(frozen=True, slots=True)
class Series:
    """``points`` stand beside ``keys``; None where nobody answered or too few did. ``breaks``: numbers of periods."""

    grain: Grain
    keys: tuple[str, ...]
    points: tuple[Proportion | None, ...]
    breaks: tuple[int, ...] = ()

    @property
    def counts(self) -> tuple[int | None, ...]:
        return tuple(point.count if point else None for point in self.points)


def series_of(
    keys: Sequence[str], counts: Mapping[str, int], bases: Mapping[str, int], grain: Grain, rule: Disclosure
) -> Series:
    """Counts out of bases, period by period. ``rule`` hides the periods whose base is too small; where it is that of
    what is published, another hides with a lone one: the whole is told beside, and subtracting would find it."""
    known = [bases.get(key, 0) for key in keys]
    hidden = frozenset(at for at, base in enumerate(known) if rule.hides(base))
    if rule.minimum >= UNPUBLISHED:
        hidden = suppress_list(known, threshold=rule.minimum)
    points = (
        proportion(counts.get(key, 0), base) if base and at not in hidden else None
        for at, (key, base) in enumerate(zip(keys, known, strict=True))
    )
    return Series(grain, tuple(keys), tuple(points))


def source_breaks(keys: Sequence[str], by_source: Mapping[tuple[str, Hashable], int]) -> tuple[int, ...]:
    """Periods in which a source never met before brings a fifth of the words or more: the mix of people changed."""
    seen: set[Hashable] = set()
    found: list[int] = []
    for at, key in enumerate(keys):
        here = {source: n for (period, source), n in by_source.items() if period == key and n}
        new = sum(n for source, n in here.items() if source not in seen)
        if seen and here and new >= NEW_SOURCE_SHARE * sum(here.values()):
            found.append(at)
        seen.update(here)
    return tuple(found)
