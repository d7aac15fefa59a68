"""Groups beside the whole: each against all the others, corrected for their number, in an honest order."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from ecoute.indicators.queries.changes import compare_all
from ecoute.indicators.queries.groups import Group
from ecoute.indicators.queries.hiding import hide
from ecoute.indicators.rules import Disclosure
from ecoute.methods.statistics import Comparison, Direction, Proportion, Reason, proportion

ORDER = {Direction.UP: 0, Direction.STABLE: 1, Direction.DOWN: 2}


@dataclass(frozen=True, slots=True)
class GroupShare:
    """``share`` None: too few to be shown. ``comparison``: this group against all the others together."""

    group: Group
    share: Proportion | None
    comparison: Comparison | None

    @property
    def direction(self) -> Direction:
        return self.comparison.direction if self.comparison else Direction.STABLE


@dataclass(frozen=True, slots=True)
class GroupComparison:
    """``rows``: surely above the others first, then those that cannot be told apart, then surely below; by share
    inside each. A plain order by share would make a league table out of chance."""

    whole: Proportion
    rows: tuple[GroupShare, ...]

    @property
    def apart(self) -> tuple[GroupShare, ...]:
        return tuple(row for row in self.rows if row.direction is not Direction.STABLE)

    @property
    def any_hidden(self) -> bool:
        return any(row.share is None for row in self.rows)


def compare_groups(
    groups: Sequence[Group],
    counts: Mapping[str, int],
    bases: Mapping[str, int],
    whole: Proportion,
    rule: Disclosure,
    *,
    cells: bool = False,
) -> GroupComparison:
    """``counts`` and ``bases`` by value of the group. The others are the whole without the group.

    ``cells``: what is counted is itself a group (the words on a theme), so small counts hide as small bases do.
    """
    known = [group for group in groups if bases.get(group.value)]
    sizes = [bases[group.value] for group in known]
    hidden = hide(sizes, rule).places
    if cells:
        hidden |= hide([counts.get(group.value, 0) for group in known], rule).places
    shown = [i for i in range(len(known)) if i not in hidden]
    shares = {i: proportion(counts.get(known[i].value, 0), sizes[i]) for i in shown}
    compared = dict(zip(shown, compare_all([(shares[i], _others(whole, shares[i])) for i in shown]), strict=True))
    rows = [GroupShare(group, shares.get(i), compared.get(i)) for i, group in enumerate(known)]
    return GroupComparison(whole, tuple(sorted(rows, key=_place)))


def _others(whole: Proportion, one: Proportion) -> Proportion:
    base = max(whole.base - one.base, 0)
    return proportion(min(max(whole.count - one.count, 0), base), base)


def _place(row: GroupShare) -> tuple[bool, int, float, str]:
    share = row.share.share if row.share and row.share.share is not None else 0.0
    return row.share is None, ORDER[row.direction], -share, row.group.label


def too_few(row: GroupShare) -> bool:
    """Whether the group could not be compared for want of answers."""
    return row.comparison is None or row.comparison.reason in (Reason.SMALL_BASE, Reason.NO_BASE)
