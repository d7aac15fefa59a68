"""All themes at a glance: how often, in which tone, and whether more or less than before."""

from __future__ import annotations

from dataclasses import dataclass

from ecoute.indicators.queries.changes import Change, Changes
from ecoute.indicators.queries.frame import Frame, criteria_of
from ecoute.indicators.queries.likeness import changes_in, like_periods
from ecoute.indicators.queries.periods import grain_for, periods_of
from ecoute.indicators.queries.series import Series, series_of
from ecoute.indicators.queries.theme_tree import ThemeTree
from ecoute.indicators.rules import Disclosure, disclosure
from ecoute.methods.statistics import Proportion, proportion
from ecoute.verbatims.facade import Filters, Selection, ThemeNode


@dataclass(frozen=True, slots=True)
class ThemeRow:
    """``share`` None: too few to be shown. ``tones``: verbatims with a negative, neutral, positive passage on it
    (None when one of them is too small)."""

    node: ThemeNode
    share: Proportion | None
    tones: tuple[int, int, int] | None
    series: Series | None
    change: Change | None


@dataclass(frozen=True, slots=True)
class ThemeIndex:
    frame: Frame
    rows: tuple[ThemeRow, ...]
    changes: Changes | None


def theme_index(selection: Selection, whole: Selection, frame: Frame, filters: Filters, tree: ThemeTree) -> ThemeIndex:
    """``whole``: the same filters without the period."""
    rule = disclosure(criteria=criteria_of(filters) + 1)
    counts = selection.theme_counts()
    tones = [selection.theme_counts(polarity=kind) for kind in ("negative", "neutral", "positive")]
    changes = theme_changes(whole, frame, tree, rule)
    lines = theme_series(selection, frame, tree, rule)
    rows = []
    for node in tree.nodes:
        count = counts.get(node.slug, 0)
        hidden = rule.hides(count)
        split = None if hidden or not count else _tones(tones, node.slug)
        share = None if hidden else proportion(count, selection.size)
        rows.append(
            ThemeRow(node, share, split, None if hidden else lines.get(node.slug), _change(changes, node, hidden))
        )
    return ThemeIndex(frame, tuple(rows), changes)


def _tones(tones: list[dict[str, int]], slug: str) -> tuple[int, int, int]:
    negative, neutral, positive = (kind.get(slug, 0) for kind in tones)
    return negative, neutral, positive


def _change(changes: Changes | None, node: ThemeNode, hidden: bool) -> Change | None:
    return changes.of(node.slug) if changes and not hidden else None


def theme_series(selection: Selection, frame: Frame, tree: ThemeTree, rule: Disclosure) -> dict[str, Series]:
    """Shares of each theme over the periods of the whole."""
    if frame.span is None:
        return {}
    grain = grain_for(frame.span, selection.size)
    keys = periods_of(frame.span, grain)
    bases, crossed = selection.count_by(grain), selection.cross("theme", grain)
    return {
        node.slug: series_of(keys, {key: crossed.get((node.slug, key), 0) for key in keys}, bases, grain, rule)
        for node in tree.nodes
    }


def theme_changes(whole: Selection, frame: Frame, tree: ThemeTree, rule: Disclosure) -> Changes | None:
    """Share of verbatims about each theme, the last period beside the one before; one family of tests."""
    periods = like_periods(whole, frame, rule)
    if periods is None:
        return None
    if periods.trouble:
        return changes_in(periods, [])
    here, there = periods.here, periods.there
    after, earlier = here.theme_counts(), there.theme_counts()
    rows = [
        (n.slug, n.label, proportion(after.get(n.slug, 0), here.size), proportion(earlier.get(n.slug, 0), there.size))
        for n in tree.nodes
        if (after.get(n.slug) or earlier.get(n.slug))
        and not rule.hides(after.get(n.slug, 0))
        and not rule.hides(earlier.get(n.slug, 0))
    ]
    return changes_in(periods, rows)
