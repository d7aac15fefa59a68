"""Like with like: two periods are set side by side only within the sources that both of them have."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from ecoute.indicators.queries.changes import Change, Changes, Trouble, changes_of
from ecoute.indicators.queries.frame import Frame
from ecoute.indicators.queries.periods import Span, compared
from ecoute.indicators.rules import TREND_BASE, Disclosure
from ecoute.methods.statistics import Proportion
from ecoute.methods.statistics.disclosure import UNPUBLISHED
from ecoute.verbatims.facade import Filters, Selection


@dataclass(frozen=True, slots=True)
class Periods:
    """``here`` and ``there``: the words of the period and of the one before, of the sources compared alone.

    ``trouble``: why nothing may be compared, None when it may. ``sources``: names of those compared; ``narrowed``:
    whether another source was left out. ``sizes``: verbatims now and before; None: too few to be told.
    """

    now: Span
    before: Span
    here: Selection
    there: Selection
    sizes: tuple[int | None, int | None]
    sources: tuple[str, ...] = ()
    narrowed: bool = False
    trouble: Trouble | None = None


def like_periods(whole: Selection, frame: Frame, rule: Disclosure) -> Periods | None:
    """The last period and the one before; None when one of them holds no word at all."""
    if frame.known is None:
        return None
    now, before = compared(frame.asked, frame.known)
    here, there = (whole.where(Filters(since=span.since, until=span.until)) for span in (now, before))
    if not here.size or not there.size:
        return None
    told = rule.shown(here.size), rule.shown(there.size)
    if min(here.size, there.size) < TREND_BASE:
        return Periods(now, before, here, there, told, trouble=Trouble.FEW)
    mine, theirs = here.count_by("source"), there.count_by("source")
    both = [slug for slug in mine if slug in theirs]
    kept = tuple(sorted(slug for slug in both if min(mine[slug], theirs[slug]) >= TREND_BASE))
    if not kept:
        trouble = Trouble.THIN_SOURCES if both else Trouble.OTHER_SOURCES
        return Periods(now, before, here, there, told, trouble=trouble)
    alike = here.where(Filters(sources=kept)), there.where(Filters(sources=kept))
    rest = here.size - alike[0].size, there.size - alike[1].size
    # The period is told beside: what is published would let a small rest be found by subtraction.
    if rule.minimum >= UNPUBLISHED and any(rule.hides(n) for n in rest):
        return Periods(now, before, here, there, told, trouble=Trouble.THIN_SOURCES)
    sizes = alike[0].size, alike[1].size
    return Periods(now, before, *alike, sizes, tuple(frame.name_of(slug) for slug in kept), any(rest))


def changes_in(periods: Periods, rows: Sequence[tuple[str, str, Proportion, Proportion]]) -> Changes:
    """``changes_of`` these rows, with what was compared."""
    return changes_among(periods, changes_of(periods.now, periods.before, rows).rows)


def changes_among(periods: Periods, rows: Sequence[Change]) -> Changes:
    """These changes, with what was compared."""
    marked = tuple(replace(row, narrowed=periods.narrowed) for row in rows)
    return Changes(
        periods.now, periods.before, marked, periods.sizes, periods.sources, periods.narrowed, periods.trouble
    )
