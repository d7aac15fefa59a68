"""One theme: how often, where, with what, and since when."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from ecoute.indicators.queries.changes import Change
from ecoute.indicators.queries.comparison import GroupComparison, compare_groups
from ecoute.indicators.queries.frame import Frame, criteria_of
from ecoute.indicators.queries.groups import Group
from ecoute.indicators.queries.periods import grain_for, periods_of
from ecoute.indicators.queries.prevalence import Footing, Prevalence, with_correction
from ecoute.indicators.queries.ranking import ThemeShare
from ecoute.indicators.queries.satisfaction import Satisfaction, satisfaction_of
from ecoute.indicators.queries.series import Series, series_of, source_breaks
from ecoute.indicators.queries.theme_index import theme_changes
from ecoute.indicators.queries.theme_tree import ThemeTree
from ecoute.indicators.rules import Disclosure, disclosure, withheld
from ecoute.methods.statistics import Proportion, compare_proportions, holm, proportion
from ecoute.methods.statistics.prediction_powered import CorrectedShare
from ecoute.verbatims.facade import Filters, Selection, ThemeNode

NATURES = ("irritant", "praise", "expectation")
TOGETHER = 5


@dataclass(frozen=True, slots=True)
class Met:
    """A theme met with this one: ``together`` verbatims, ``lift`` times as often as chance; ``sure``: p < 0.05."""

    slug: str
    label: str
    together: int
    lift: float
    sure: bool


@dataclass(frozen=True, slots=True)
class Part:
    """A service, channel or period (``dimension``) with the machine's share and the corrected one."""

    dimension: str
    label: str
    machine: Proportion
    corrected: CorrectedShare


@dataclass(frozen=True, slots=True)
class ThemePage:
    """``natures``: share of the theme's verbatims that complain of it, praise it, expect something of it;
    fewer than five are withheld. ``share`` is corrected when ``corrected`` is there; ``parts``: corrected shares of the
    services, channels and periods in which people coded enough."""

    frame: Frame
    node: ThemeNode
    share: Proportion
    natures: Mapping[str, Proportion]
    satisfaction: Satisfaction
    trend: Series | None
    change: Change | None
    services: GroupComparison
    channels: GroupComparison
    met: tuple[Met, ...]
    below: tuple[ThemeShare, ...]
    footing: Footing
    corrected: CorrectedShare | None
    parts: tuple[Part, ...]


def theme_page(
    node: ThemeNode,
    selection: Selection,
    whole: Selection,
    frame: Frame,
    filters: Filters,
    tree: ThemeTree,
    services: Sequence[Group],
    channels: Sequence[Group],
    prevalence: Prevalence,
) -> ThemePage:
    """``selection``: the words among which the theme is looked for (not narrowed to it)."""
    within = selection.where(Filters(themes=(node.slug,)))
    share = proportion(within.size, selection.size)
    rule = disclosure(criteria=criteria_of(filters) + 2)
    said = {n: within.theme_counts(nature=n).get(node.slug, 0) for n in NATURES}
    kinds = {nature: withheld(proportion(count, within.size), rule) for nature, count in said.items()}
    changes = theme_changes(whole, frame, tree, rule, prevalence)
    corrected = prevalence.of(node.slug)
    trend = _trend(within, selection, frame)
    by_service, by_channel = (
        _compared(dimension, groups, within, selection, rule)
        for dimension, groups in (("service", services), ("channel", channels))
    )
    return ThemePage(
        frame=frame,
        node=node,
        share=with_correction(share, corrected),
        natures=kinds,
        satisfaction=satisfaction_of(within.count_by("satisfaction")),
        trend=trend,
        change=changes.of(node.slug) if changes else None,
        services=by_service,
        channels=by_channel,
        met=met_with(node.slug, selection, tree),
        below=_below(node, selection, tree, within.size, disclosure(criteria=criteria_of(filters) + 1).minimum),
        footing=prevalence.footing,
        corrected=corrected,
        parts=(
            *_parts("service", by_service, node.slug, prevalence),
            *_parts("channel", by_channel, node.slug, prevalence),
            *_periods(trend, node.slug, prevalence),
        ),
    )


def _parts(dimension: str, compared: GroupComparison, slug: str, prevalence: Prevalence) -> list[Part]:
    """Only of groups whose own figure is shown."""
    shown = [(row.group, row.share) for row in compared.rows if row.share]
    found = prevalence.groups(slug, dimension, [group for group, _ in shown])
    return [Part(dimension, g.label, share, found[g.value]) for g, share in shown if g.value in found]


def _periods(trend: Series | None, slug: str, prevalence: Prevalence) -> list[Part]:
    if trend is None:
        return []
    shown = [(Group(key, key, point.base), point) for key, point in zip(trend.keys, trend.points, strict=True) if point]
    found = prevalence.groups(slug, trend.grain.value, [group for group, _ in shown])
    return [Part(trend.grain.value, g.label, share, found[g.value]) for g, share in shown if g.value in found]


def _compared(
    dimension: str, groups: Sequence[Group], within: Selection, selection: Selection, rule: Disclosure
) -> GroupComparison:
    counts, bases = ({str(k): n for k, n in one.count_by(dimension).items()} for one in (within, selection))
    return compare_groups(groups, counts, bases, proportion(within.size, selection.size), rule, cells=True)


def _trend(within: Selection, selection: Selection, frame: Frame) -> Series | None:
    if frame.span is None or not within.size:
        return None
    grain = grain_for(frame.span, min(within.size, max(selection.size - within.size, 1)))
    keys = periods_of(frame.span, grain)
    series = series_of(keys, within.count_by(grain), selection.count_by(grain), grain, disclosure(criteria=2))
    return Series(grain, series.keys, series.points, source_breaks(keys, selection.cross(grain, "source")))


def met_with(slug: str, selection: Selection, tree: ThemeTree, limit: int = 6) -> tuple[Met, ...]:
    """Themes found in the same verbatims more often than chance, those above and below it left out.

    Lift is P(A and B) / (P(A)·P(B)) (Brin et al., SIGMOD 1997), for pairs met five times at least; tested as two
    proportions (Fisher's exact test where they are small), corrected by Holm over the pairs.
    """
    counts, size = selection.count_by("theme"), selection.size
    # The same verbatims with all their passages: the theme narrows which people, not which of their words.
    together = replace(selection.where(Filters(themes=(slug,))), segments=selection.segments)
    pairs = [
        (other, n)
        for other, n in together.count_by("theme").items()
        if n >= TOGETHER and not tree.related(slug, other) and not _has_finer(other, counts, tree)
    ]
    own = counts.get(slug, 0)
    rest = size - own
    tests = (compare_proportions(proportion(n, own), proportion(counts[other] - n, rest)) for other, n in pairs)
    ps = holm([1.0 if test.p is None else test.p for test in tests])
    found = [
        Met(other, tree.label(other), n, n * size / (own * counts[other]), p < 0.05)
        for (other, n), p in zip(pairs, ps, strict=True)
        if n * size > own * counts[other]
    ]
    return tuple(sorted(found, key=lambda met: (not met.sure, -met.together, met.label))[:limit])


def _has_finer(slug: str, counts: Mapping[str, int], tree: ThemeTree) -> bool:
    return any(counts.get(child.slug) for child in tree.children(slug))


def _below(node: ThemeNode, selection: Selection, tree: ThemeTree, size: int, minimum: int) -> tuple[ThemeShare, ...]:
    counts = selection.count_by("theme")
    rows = [
        ThemeShare(child.slug, child.label, proportion(min(counts[child.slug], size), size))
        for child in tree.children(node.slug)
        if counts.get(child.slug, 0) >= max(minimum, 1)
    ]
    return tuple(sorted(rows, key=lambda row: -row.share.count))
