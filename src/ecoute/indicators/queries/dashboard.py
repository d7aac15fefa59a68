"""The dashboard: every figure of the page from one selection of verbatims."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from ecoute.indicators.enums import Audience
from ecoute.indicators.queries.changes import Changes
from ecoute.indicators.queries.crossing import Crossing, Split, crossing, splits
from ecoute.indicators.queries.frame import Frame, criteria_of
from ecoute.indicators.queries.groups import Group
from ecoute.indicators.queries.hiding import SHOWN
from ecoute.indicators.queries.likeness import changes_in, like_periods
from ecoute.indicators.queries.periods import Span, grain_for, periods_of
from ecoute.indicators.queries.ranking import Ranking, ranking
from ecoute.indicators.queries.satisfaction import SMILEYS, Satisfaction, satisfaction_of
from ecoute.indicators.queries.series import Series, series_of, source_breaks
from ecoute.indicators.queries.theme_tree import ThemeTree
from ecoute.indicators.rules import Disclosure, disclosure
from ecoute.methods.statistics import Proportion, proportion
from ecoute.verbatims.facade import Filters, Selection

HEAT_THEMES, CHANGE_THEMES = 9, 8
HIDDEN_MOST = 1 / 3


@dataclass(frozen=True, slots=True)
class Headlines:
    """The figures at the top. ``uncoded``: verbatims in which no theme was recognised."""

    satisfaction: Satisfaction
    irritant: Proportion
    expectation: Proportion
    praise: Proportion
    uncoded: Proportion


@dataclass(frozen=True, slots=True)
class Board:
    """Everything the dashboard and the report show. ``others``: the groups put together in the last column."""

    frame: Frame
    headlines: Headlines
    trend: Series | None
    irritants: Ranking
    praised: Ranking
    expected: Ranking
    heat: Crossing
    others: tuple[str, ...]
    channels: tuple[Split, ...]
    changes: Changes | None


@dataclass(frozen=True)
class Settings:
    """What the figures need besides the words: themes, the groups to compare, who will read."""

    tree: ThemeTree
    services: Sequence[Group]
    channels: Sequence[Group]
    audience: Audience = Audience.INTERNAL

    def rule(self, filters: Filters, dimensions: int) -> Disclosure:
        return disclosure(self.audience, criteria=criteria_of(filters) + dimensions)


def board(selection: Selection, whole: Selection, frame: Frame, filters: Filters, settings: Settings) -> Board:
    """``whole``: the same filters without the period, from which the period before is taken."""
    one, two = settings.rule(filters, 1), settings.rule(filters, 2)
    rankings = {
        nature: ranking(nature, selection.theme_counts(nature=nature), selection.size, settings.tree, one)
        for nature in ("irritant", "praise", "expectation")
    }
    heat, others = heat_of(selection, rankings["irritant"], settings.services, settings.tree, two)
    return Board(
        frame=frame,
        headlines=headlines(selection, settings.tree),
        trend=satisfaction_trend(selection, frame.span, two),
        irritants=rankings["irritant"],
        praised=rankings["praise"],
        expected=rankings["expectation"],
        heat=heat,
        others=others,
        channels=splits(settings.channels, selection.cross("channel", "tone"), two),
        changes=changes_between(whole, frame, rankings["irritant"], settings.tree, one),
    )


def headlines(selection: Selection, tree: ThemeTree) -> Headlines:
    """Shares of all verbatims (of those who declared something, for satisfaction)."""
    natures, base = selection.count_by("nature"), selection.size
    shares = {nature: proportion(natures.get(nature, 0), base) for nature in ("irritant", "expectation", "praise")}
    uncoded = proportion(base - coded(selection, tree), base)
    return Headlines(satisfaction_of(selection.count_by("satisfaction")), **shares, uncoded=uncoded)


def coded(selection: Selection, tree: ThemeTree) -> int:
    """How many verbatims hold one theme at least."""
    roots = tuple(node.slug for node in tree.children(None))
    return selection.where(Filters(themes=roots)).size if roots else 0


def satisfaction_trend(selection: Selection, span: Span | None, rule: Disclosure) -> Series | None:
    """Share of satisfied people among those who declared something, period by period."""
    kinds = satisfaction_of(selection.count_by("satisfaction"))
    if span is None or not kinds.base:
        return None
    grain = grain_for(span, min(kinds.positive.count, kinds.base - kinds.positive.count))
    keys = periods_of(span, grain)
    crossed = selection.cross(grain, "satisfaction")
    happy = {key: crossed.get((key, "positive"), 0) for key in keys}
    bases = {key: sum(crossed.get((key, kind), 0) for kind in SMILEYS) for key in keys}
    series = series_of(keys, happy, bases, grain, rule)
    breaks = source_breaks(keys, selection.cross(grain, "source"))
    return Series(series.grain, series.keys, series.points, breaks)


def heat_of(
    selection: Selection, irritants: Ranking, services: Sequence[Group], tree: ThemeTree, rule: Disclosure
) -> tuple[Crossing, tuple[str, ...]]:
    """Complaints by theme and service: the first themes and services, the other services in one column.

    Where more than a third of the cells would hide, the broad themes take the place of the fine ones.
    """
    complaints = selection.where(Filters(natures=("irritant",)))
    counts = {(theme, str(service)): n for (theme, service), n in complaints.cross("theme", "service").items()}
    groups = [group for group in services if not rule.hides(group.size)]
    others = tuple(group.value for group in groups[SHOWN:])
    rest = None
    if others:
        narrowed = Filters(services=_ids(others))
        together = Group("", "", selection.where(narrowed).size)
        rest = (together, complaints.where(narrowed).count_by("theme"))
    fine = crossing([(row.slug, row.label) for row in irritants.rows[:HEAT_THEMES]], groups, counts, rule, rest)
    if fine.hidden_share <= HIDDEN_MOST:
        return fine, others
    known = complaints.count_by("theme")
    broad = [(node.slug, node.label) for node in tree.children(None) if known.get(node.slug)]
    return crossing(broad, groups, counts, rule, rest), others


def _ids(values: Sequence[str]) -> tuple[int, ...]:
    return tuple(int(value) for value in values)


def changes_between(
    whole: Selection, frame: Frame, irritants: Ranking, tree: ThemeTree, rule: Disclosure
) -> Changes | None:
    """The last period beside the one before: satisfaction, irritants, expectations and the first themes."""
    periods = like_periods(whole, frame, rule)
    if periods is None:
        return None
    if periods.trouble:
        return changes_in(periods, [])
    here, there = periods.here, periods.there
    happy, earlier_happy = (satisfaction_of(one.count_by("satisfaction")).positive for one in (here, there))
    # A source that warns about itself (a sample made on purpose) allows no claim about satisfaction.
    rows = [] if frame.caveats else [("satisfaction", "", happy, earlier_happy)]
    after, earlier = here.count_by("nature"), there.count_by("nature")
    rows += [(kind, "", *_shares(kind, after, earlier, here, there)) for kind in ("irritant", "expectation")]
    after, earlier = here.theme_counts(nature="irritant"), there.theme_counts(nature="irritant")
    slugs = [row.slug for row in irritants.rows[:CHANGE_THEMES]]
    shown = [s for s in slugs if not rule.hides(after.get(s, 0)) and not rule.hides(earlier.get(s, 0))]
    rows += [(slug, tree.label(slug), *_shares(slug, after, earlier, here, there)) for slug in shown]
    return changes_in(periods, rows)


def _shares(
    key: str, after: Mapping[str, int], earlier: Mapping[str, int], here: Selection, there: Selection
) -> tuple[Proportion, Proportion]:
    return proportion(after.get(key, 0), here.size), proportion(earlier.get(key, 0), there.size)
