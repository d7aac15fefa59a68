"""What changed between two periods, said only when it is sure, useful, and stands on enough answers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from ecoute.indicators.queries.periods import Span
from ecoute.methods.statistics import Comparison, Direction, Proportion, Reason, compare_proportions, holm

ALPHA = 0.05


class Trouble(StrEnum):
    """Why two periods may not be compared at all."""

    FEW = "few"
    OTHER_SOURCES = "other-sources"
    THIN_SOURCES = "thin-sources"


@dataclass(frozen=True, slots=True)
class Change:
    """``key``: « satisfaction », « irritant », « expectation », or the slug of a theme complained of.

    ``narrowed``: only part of the sources is compared, so that these shares are not those of the page. ``corrected``:
    both shares are corrected by what people coded; otherwise the machine's coding is compared with itself.
    """

    key: str
    label: str
    now: Proportion
    before: Proportion
    comparison: Comparison
    narrowed: bool = False
    corrected: bool = False

    @property
    def moved(self) -> bool:
        return self.comparison.direction is not Direction.STABLE


@dataclass(frozen=True, slots=True)
class Changes:
    """``rows`` are one family: their p values are corrected together (Holm).

    ``sizes``: verbatims compared, now and before (None: too few to be told); ``sources``: the names of theirs.
    ``trouble``: why there is no row.
    """

    now: Span
    before: Span
    rows: tuple[Change, ...]
    sizes: tuple[int | None, int | None] = (None, None)
    sources: tuple[str, ...] = ()
    narrowed: bool = False
    trouble: Trouble | None = None

    @property
    def moved(self) -> tuple[Change, ...]:
        return tuple(row for row in self.rows if row.moved)

    def of(self, key: str) -> Change | None:
        return next((row for row in self.rows if row.key == key), None)


def compare_all(pairs: Sequence[tuple[Proportion, Proportion]]) -> list[Comparison]:
    """(after, before) pairs compared as one family: an arrow needs a corrected p under 0.05.

    Pairs too small for any arrow are no part of the family: nothing will be said of them, whatever their p.
    """
    return family([compare_proportions(after, before) for after, before in pairs])


def family(raw: Sequence[Comparison]) -> list[Comparison]:
    """Comparisons made apart, corrected together (Holm)."""
    tested = [i for i, one in enumerate(raw) if one.reason not in (Reason.NO_BASE, Reason.SMALL_BASE)]
    adjusted = dict(zip(tested, holm([raw[i].p or 0.0 for i in tested]), strict=True))
    return [_corrected(one, adjusted.get(i)) for i, one in enumerate(raw)]


def _corrected(one: Comparison, p: float | None) -> Comparison:
    if p is None:
        return one
    if p >= ALPHA and one.reason in (Reason.SIGNIFICANT, Reason.TOO_SMALL):
        return replace(one, p=p, reason=Reason.NOT_SIGNIFICANT, direction=Direction.STABLE)
    return replace(one, p=p)


def changes_of(now: Span, before: Span, rows: Sequence[tuple[str, str, Proportion, Proportion]]) -> Changes:
    """``rows``: key, label, proportion now, proportion before."""
    compared = compare_all([(after, earlier) for _, _, after, earlier in rows])
    return Changes(now, before, tuple(Change(*row, one) for row, one in zip(rows, compared, strict=True)))


def one_family(changes: Sequence[Change]) -> tuple[Change, ...]:
    """Changes compared apart, corrected together."""
    compared = family([change.comparison for change in changes])
    return tuple(replace(change, comparison=one) for change, one in zip(changes, compared, strict=True))
