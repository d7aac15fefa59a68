"""The series that are watched: irritants on each theme, for everything and for each service, period by period, up to
the last whole period that holds thirty verbatims."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from ecoute.indicators.facade import TREND_BASE, Grain, periods_of, span_of_key
from ecoute.indicators.facade import Span as Days
from ecoute.methods.statistics.alarms import Alarm, last_period
from ecoute.verbatims.facade import Corpus, Filters, Selection

ENOUGH = 200  # verbatims: with fewer, no theme of a service could have five expected in seven periods
MOST_PERIODS = 36  # older words say little of what is ordinary now


@dataclass(frozen=True, slots=True)
class Watched:
    """``counts`` of verbatims with an irritant on ``theme`` out of ``bases``, for each of ``keys``; the last is judged.

    ``sources``: those compared, present in the last period and before; ``service`` None: everything.
    """

    theme: str
    service: int | None
    keys: tuple[str, ...]
    counts: tuple[int, ...]
    bases: tuple[int, ...]
    sources: tuple[str, ...]

    @property
    def alarm(self) -> Alarm | None:
        return last_period(self.counts, self.bases)


@dataclass(frozen=True, slots=True)
class Unit:
    """The words of a service (None: everything) by period of one grain: bases, and irritants by theme."""

    service: int | None
    keys: tuple[str, ...]
    bases: tuple[int, ...]
    irritants: Mapping[str, Mapping[str, int]]  # theme → period → verbatims
    sources: tuple[str, ...]

    def series(self, theme: str) -> Watched:
        counts = self.irritants.get(theme, {})
        return Watched(
            theme, self.service, self.keys, tuple(counts.get(key, 0) for key in self.keys), self.bases, self.sources
        )


def all_series(corpus: Corpus) -> Iterator[Watched]:
    """One series for each theme and service that can be judged, with the shortest periods that allow it."""
    whole: Selection = corpus.select()
    yield from _judgeable(whole, None)
    for service, size in sorted(whole.count_by("service").items()):
        if size >= ENOUGH:
            yield from _judgeable(corpus.select(Filters(services=(service,))), service)


def series_of(corpus: Corpus, theme: str, service: int | None) -> Watched | None:
    """The series of one theme and service, judgeable or not (then by the longest periods); None without dated words."""
    chosen = corpus.select(Filters(services=(service,)) if service else Filters())
    units = list(_units(chosen, service))
    found = [unit.series(theme) for unit in units]
    return next((one for one in found if one.alarm), found[-1] if found else None)


def _judgeable(selection: Selection, service: int | None) -> Iterator[Watched]:
    done: set[str] = set()
    for unit in _units(selection, service):
        for theme in sorted(unit.irritants.keys() - done):
            series = unit.series(theme)
            if series.alarm is not None:
                done.add(theme)
                yield series


def _units(selection: Selection, service: int | None) -> Iterator[Unit]:
    """Months, then quarters, then years; a grain without sources to compare is left out."""
    for grain in Grain:
        unit = _unit(selection, service, grain)
        if unit is not None:
            yield unit


def _unit(selection: Selection, service: int | None, grain: Grain) -> Unit | None:
    period = selection.period()
    if period is None:
        return None
    keys = _whole_periods(Days(*period), grain, selection.count_by(grain.value))
    if len(keys) < 2:
        return None
    sources = _sources_on_both_sides(selection, keys)
    if not sources:
        return None
    kept = selection.where(selection.filters.with_(sources=sources))
    bases = kept.count_by(grain.value)
    irritants: dict[str, Counter[str]] = {}
    complaints = kept.where(kept.filters.with_(natures=("irritant",)))
    for (key, theme), count in complaints.cross(grain.value, "theme").items():
        irritants.setdefault(theme, Counter())[key] = count
    return Unit(service, tuple(keys), tuple(bases.get(key, 0) for key in keys), irritants, sources)


def _whole_periods(known: Days, grain: Grain, bases: Mapping[str, int]) -> list[str]:
    """Whole periods up to the last that holds enough verbatims for anything to be said of it."""
    keys = [key for key in periods_of(known, grain) if span_of_key(key).until <= known.until]
    while keys and bases.get(keys[-1], 0) < TREND_BASE:
        keys.pop()
    return keys[-MOST_PERIODS - 1 :]


def _sources_on_both_sides(selection: Selection, keys: list[str]) -> tuple[str, ...]:
    """A new source brings other people: it is compared once it has a past."""
    since, last = span_of_key(keys[0]).since, span_of_key(keys[-1])
    before = span_of_key(keys[-2]).until
    here = selection.where(selection.filters.with_(since=last.since, until=last.until)).count_by("source")
    there = selection.where(selection.filters.with_(since=since, until=before)).count_by("source")
    return tuple(sorted(slug for slug in here if min(here[slug], there.get(slug, 0)) >= TREND_BASE))
