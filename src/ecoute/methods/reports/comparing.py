"""Comparing services, channels and periods, with what must be hidden hidden."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date

from ecoute.methods.statistics import (
    Comparison,
    Direction,
    Proportion,
    Reason,
    Visibility,
    compare_proportions,
    holm,
    proportion,
    suppress_table,
    visibility,
)
from ecoute.methods.text.documents import AnalysedDocument, Polarity

from .entries import Entry
from .figures import Grid, GroupFigure, PeriodFigure, Sides, ThemeFigure, Timeline
from .periods import all_starts, grain_for, start_of

Pair = tuple[Entry, AnalysedDocument]
GRID_THEMES, GRID_SERVICES = 10, 8


def groups_of(pairs: Sequence[Pair], name_of: Callable[[Entry], str]) -> tuple[GroupFigure, ...]:
    """Groups, largest first, none when there is only one; each compared with all the other named verbatims."""
    found: dict[str, list[str]] = {}
    for entry, document in pairs:
        if name := name_of(entry):
            found.setdefault(name, []).append(document.polarity.value)
    if len(found) < 2:
        return ()
    everyone = [value for values in found.values() for value in values]
    figures = [_group(name, values, everyone) for name, values in found.items()]
    figures.sort(key=lambda g: (-g.base, g.name))
    return _corrected(figures)


def _group(name: str, values: Sequence[str], everyone: Sequence[str]) -> GroupFigure:
    negative = values.count(Polarity.NEGATIVE)
    mine = proportion(negative, len(values))
    others = proportion(everyone.count(Polarity.NEGATIVE) - negative, len(everyone) - len(values))
    sides = Sides(negative, values.count(Polarity.NEUTRAL), values.count(Polarity.POSITIVE))
    seen = visibility(len(values))
    comparison = compare_proportions(mine, others) if seen is Visibility.SHOWN else None
    return GroupFigure(name, len(values), sides, mine, seen, comparison)


def _corrected(figures: Sequence[GroupFigure]) -> tuple[GroupFigure, ...]:
    """The same with p values corrected for the number of comparisons; an arrow that does not survive is taken away."""
    compared = [f for f in figures if f.comparison and f.comparison.p is not None]
    adjusted = dict(
        zip(
            (f.name for f in compared),
            holm([f.comparison.p or 0.0 for f in compared if f.comparison]),
            strict=True,
        )
    )
    return tuple(replace(f, comparison=_kept(f.comparison, adjusted.get(f.name))) for f in figures)


def _kept(comparison: Comparison | None, p: float | None) -> Comparison | None:
    if comparison is None or p is None:
        return comparison
    if comparison.reason is Reason.SIGNIFICANT and p >= 0.05:
        return replace(comparison, p=p, direction=Direction.STABLE, reason=Reason.NOT_SIGNIFICANT)
    return replace(comparison, p=p)


def grid_of(pairs: Sequence[Pair], themes: Sequence[ThemeFigure], services: Sequence[GroupFigure]) -> Grid | None:
    """Themes × services, small cells hidden with those that protect them. None when there is too little to cross."""
    columns = [g for g in services if g.visibility is Visibility.SHOWN][:GRID_SERVICES]
    rows = themes[:GRID_THEMES]
    if len(columns) < 2 or len(rows) < 2:
        return None
    counts = [[0] * len(columns) for _ in rows]
    place = {g.name: i for i, g in enumerate(columns)}
    slugs = {t.slug: i for i, t in enumerate(rows)}
    for entry, document in pairs:
        if entry.service in place:
            for slug in {c.theme for s in document.segments for c in s.themes} & slugs.keys():
                counts[slugs[slug]][place[entry.service]] += 1
    hidden = suppress_table(counts, threshold=5).hidden
    cells: dict[tuple[int, int], Proportion | None] = {
        (r, c): None if (r, c) in hidden else proportion(counts[r][c], columns[c].base)
        for r in range(len(rows))
        for c in range(len(columns))
    }
    return Grid(tuple(t.label for t in rows), tuple(g.name for g in columns), tuple(g.base for g in columns), cells)


def timeline_of(pairs: Sequence[Pair]) -> Timeline | None:
    """Share of negative verbatims by period. None when fewer than two periods hold dates."""
    dated = [(entry.said_on, d.polarity.value) for entry, d in pairs if entry.said_on]
    days = [day for day, _ in dated]
    if len(set(days)) < 2:
        return None
    grain = grain_for(days)
    starts = all_starts(min(days), max(days), grain)
    if len(starts) < 2:
        return None
    values: dict[date, list[str]] = {start: [] for start in starts}
    for day, value in dated:
        values[start_of(day, grain)].append(value)
    periods = tuple(_period(start, values[start]) for start in starts)
    middle, change = _halves(dated)
    return Timeline(grain, periods, middle, change)


def _period(start: date, values: Sequence[str]) -> PeriodFigure:
    negative = proportion(values.count(Polarity.NEGATIVE), len(values))
    return PeriodFigure(start, len(values), negative, visibility(len(values)))


def _halves(dated: Sequence[tuple[date, str]]) -> tuple[date | None, Comparison | None]:
    """The median day, and the verbatims from that day on compared with those before."""
    days = sorted(day for day, _ in dated)
    middle = days[len(days) // 2]
    before = [value for day, value in dated if day < middle]
    after = [value for day, value in dated if day >= middle]
    if not before:
        return None, None
    return middle, compare_proportions(
        proportion(after.count(Polarity.NEGATIVE), len(after)), proportion(before.count(Polarity.NEGATIVE), len(before))
    )
