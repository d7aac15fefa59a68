"""Two criteria crossed: cells that are too small hide, and so do those that would give them away."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from ecoute.indicators.queries.groups import Group
from ecoute.indicators.queries.hiding import SHOWN, hide
from ecoute.indicators.rules import Disclosure
from ecoute.methods.statistics import Proportion, proportion, suppress_list


@dataclass(frozen=True, slots=True)
class Cell:
    """``share`` None: hidden, or nobody (``hidden`` tells which)."""

    share: Proportion | None
    hidden: bool = False


@dataclass(frozen=True, slots=True)
class Crossing:
    """``cells[row][column]``: share of the verbatims of the column's group that complain of the row's theme."""

    themes: tuple[tuple[str, str], ...]
    groups: tuple[Group, ...]
    cells: tuple[tuple[Cell, ...], ...]

    @property
    def hidden_share(self) -> float:
        """Share of the cells that hide (0 when there is no cell)."""
        cells = [cell.hidden for row in self.cells for cell in row]
        return sum(cells) / len(cells) if cells else 0.0


def crossing(
    themes: Sequence[tuple[str, str]],
    groups: Sequence[Group],
    counts: Mapping[tuple[str, str], int],
    rule: Disclosure,
    rest: tuple[Group, Mapping[str, int]] | None = None,
) -> Crossing:
    """``themes``: slug and label. ``counts[slug, group value]``: verbatims of the group that complain of the theme.

    The first ``SHOWN`` groups have a column each; ``rest`` is the others put together, with their counts by slug. A
    theme's total is published, hence what hides is settled along each row (``hiding``). Columns have no published
    total, for a verbatim may hold several themes.
    """
    rows = []
    for slug, _label in themes:
        row = [counts.get((slug, group.value), 0) for group in groups]
        hidden = hide(row, rule)
        cells = [
            _cell(n, group.size, i in hidden.places or rule.hides(group.size))
            for i, (n, group) in enumerate(zip(row[:SHOWN], groups, strict=False))
        ]
        if rest:
            together = rest[1].get(slug, 0)
            cells.append(_cell(together, rest[0].size, hidden.rest or rule.hides(together)))
        rows.append(tuple(cells))
    return Crossing(tuple(themes), (*groups[:SHOWN], *([rest[0]] if rest else [])), tuple(rows))


def _cell(count: int, base: int, hidden: bool) -> Cell:
    return Cell(None, True) if hidden else Cell(proportion(count, base) if base else None)


@dataclass(frozen=True, slots=True)
class Split:
    """A group by three kinds (negative, neutral, positive); None when the group is too small to be shown."""

    group: Group
    kinds: tuple[int, int, int] | None

    @property
    def base(self) -> int | None:
        return sum(self.kinds) if self.kinds else None


KINDS = ("negative", "neutral", "positive")


def splits(groups: Sequence[Group], counts: Mapping[tuple[str, str], int], rule: Disclosure) -> tuple[Split, ...]:
    """``counts[group value, kind]``. A small group hides, a second one with it; so does a group of one opinion only
    that is not much larger, for everybody's answer in it would be known."""
    bases = [sum(counts.get((group.value, kind), 0) for kind in KINDS) for group in groups]
    hidden = suppress_list(bases, threshold=rule.minimum) if rule.minimum > 1 else frozenset()
    return tuple(
        Split(group, None if i in hidden or _unanimous(group, counts, bases[i], rule) else _kinds(group, counts))
        for i, group in enumerate(groups)
        if bases[i]
    )


def _kinds(group: Group, counts: Mapping[tuple[str, str], int]) -> tuple[int, int, int]:
    negative, neutral, positive = (counts.get((group.value, kind), 0) for kind in KINDS)
    return negative, neutral, positive


def _unanimous(group: Group, counts: Mapping[tuple[str, str], int], base: int, rule: Disclosure) -> bool:
    return rule.minimum > 1 and base < 2 * rule.minimum and base in _kinds(group, counts)
