"""All themes at a glance: how often, in which tone, and whether more or less than before."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from ecoute.indicators.queries.changes import Change, Changes, one_family
from ecoute.indicators.queries.frame import Frame, criteria_of
from ecoute.indicators.queries.likeness import changes_among, changes_in, like_periods
from ecoute.indicators.queries.periods import grain_for, periods_of
from ecoute.indicators.queries.prevalence import Footing, Prevalence, compared, with_correction
from ecoute.indicators.queries.series import Series, series_of
from ecoute.indicators.queries.theme_tree import ThemeTree
from ecoute.indicators.rules import Disclosure, disclosure
from ecoute.methods.statistics import Proportion, proportion
from ecoute.methods.statistics.prediction_powered import CorrectedShare
from ecoute.verbatims.facade import Filters, Selection, ThemeNode


@dataclass(frozen=True, slots=True)
class ThemeRow:
    """``share`` None: too few to be shown; ``corrected``: how its share was corrected by what people coded. ``tones``:
    verbatims with a negative, neutral, positive passage on it (None when one of them is too small)."""

    node: ThemeNode
    share: Proportion | None
    tones: tuple[int, int, int] | None
    series: Series | None
    change: Change | None
    corrected: CorrectedShare | None = None


@dataclass(frozen=True, slots=True)
class ThemeIndex:
    frame: Frame
    rows: tuple[ThemeRow, ...]
    changes: Changes | None
    footing: Footing


def theme_index(
    selection: Selection, whole: Selection, frame: Frame, filters: Filters, tree: ThemeTree, prevalence: Prevalence
) -> ThemeIndex:
    """``whole``: the same filters without the period."""
    rule = disclosure(criteria=criteria_of(filters) + 1)
    counts = selection.theme_counts()
    tones = [selection.theme_counts(polarity=kind) for kind in ("negative", "neutral", "positive")]
    changes = theme_changes(whole, frame, tree, rule, prevalence)
    lines = theme_series(selection, frame, tree, rule)
    rows = []
    for node in tree.nodes:
        count = counts.get(node.slug, 0)
        hidden = rule.hides(count)
        split = None if hidden or not count else _tones(tones, node.slug)
        corrected = None if hidden else prevalence.of(node.slug)
        share = None if hidden else with_correction(proportion(count, selection.size), corrected)
        line = None if hidden else lines.get(node.slug)
        rows.append(ThemeRow(node, share, split, line, _change(changes, node, hidden), corrected))
    return ThemeIndex(frame, tuple(rows), changes, prevalence.footing)


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


def theme_changes(
    whole: Selection, frame: Frame, tree: ThemeTree, rule: Disclosure, prevalence: Prevalence
) -> Changes | None:
    """Share of verbatims about each theme, the last period beside the one before; one family of tests. Corrected where
    people coded enough verbatims of both periods."""
    periods = like_periods(whole, frame, rule)
    if periods is None:
        return None
    if periods.trouble:
        return changes_in(periods, [])
    here, there = (_theme_shares(one, prevalence) for one in (periods.here, periods.there))
    rows = [
        _compared(n, here(n.slug), there(n.slug))
        for n in tree.nodes
        if (here.counts.get(n.slug) or there.counts.get(n.slug))
        and not rule.hides(here.counts.get(n.slug, 0))
        and not rule.hides(there.counts.get(n.slug, 0))
    ]
    return changes_among(periods, one_family(rows))


@dataclass(frozen=True)
class _Shares:
    """The shares of themes in one period."""

    counts: Mapping[str, int]
    size: int
    prevalence: Prevalence

    def __call__(self, slug: str) -> tuple[Proportion, CorrectedShare | None]:
        return proportion(self.counts.get(slug, 0), self.size), self.prevalence.of(slug)


def _theme_shares(selection: Selection, prevalence: Prevalence) -> _Shares:
    return _Shares(selection.theme_counts(), selection.size, prevalence.among(selection))


def _compared(
    node: ThemeNode, now: tuple[Proportion, CorrectedShare | None], before: tuple[Proportion, CorrectedShare | None]
) -> Change:
    comparison, corrected = compared(now, before)
    if corrected:
        now, before = ((with_correction(*one), one[1]) for one in (now, before))
    return Change(node.slug, node.label, now[0], before[0], comparison, corrected=corrected)
