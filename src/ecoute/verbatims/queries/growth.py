"""When sets of verbatims were said, and whether they are said more than before."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np

from ecoute.methods.statistics import Proportion, compare_proportions, holm, proportion
from ecoute.verbatims.columns.corpus import Corpus
from ecoute.verbatims.columns.snapshot import NO_DAY, Column

YEAR = 365  # days of each of the two periods compared
LEVEL = 0.05
USEFUL = 0.01  # a subject is a small part of everything: one point of difference is worth saying
_EPOCH = date(1970, 1, 1)


@dataclass(frozen=True, slots=True)
class Growth:
    """Share of all dated verbatims in the last year known and in the one before. ``sure``: the difference is at least
    ``USEFUL``, and significant when all sets are looked at together (Holm)."""

    after: float
    before: float
    after_base: int
    before_base: int
    sure: bool


@dataclass(frozen=True, slots=True)
class Told:
    """First day said (None: no day is known), how many in each quarter from the first on, and growth where it can be
    compared."""

    first: date | None
    quarters: tuple[tuple[str, int], ...]
    growth: Growth | None


def growths(corpus: Corpus, sets: Sequence[Sequence[int]]) -> list[Told]:
    """One for each set of verbatim ids, among the verbatims of ``corpus``."""
    held = corpus.snapshot.day
    every = held[corpus.rows & (held != NO_DAY)]
    days = [_days(corpus, ids) for ids in sets]
    if not len(every):
        return [Told(None, (), None) for _ in sets]
    end = int(every.max())
    pairs = [_pair(own, every, end) for own in days]
    tests = [compare_proportions(after, before, useful=USEFUL) for after, before in pairs]
    adjusted = iter(holm([test.p for test in tests if test.p is not None]))
    ps = [1.0 if test.p is None else next(adjusted) for test in tests]
    return [
        Told(
            _EPOCH + timedelta(days=int(own.min())) if len(own) else None,
            _quarters(own, end),
            _growth(after, before, sure=test.direction != "stable" and p < LEVEL),
        )
        for own, (after, before), test, p in zip(days, pairs, tests, ps, strict=True)
    ]


def _days(corpus: Corpus, ids: Sequence[int]) -> Column:
    rows = corpus.snapshot.rows_of(np.unique(np.array(ids, np.int64)))
    days = corpus.snapshot.day[rows[corpus.rows[rows]]]
    known: Column = days[days != NO_DAY]
    return known


def _pair(own: Column, every: Column, end: int) -> tuple[Proportion, Proportion]:
    """Of the last year known and of the one before."""

    def within(days: Column, ago: int) -> int:
        return int(np.count_nonzero((days <= end - ago * YEAR) & (days > end - (ago + 1) * YEAR)))

    return proportion(within(own, 0), within(every, 0)), proportion(within(own, 1), within(every, 1))


def _growth(after: Proportion, before: Proportion, *, sure: bool) -> Growth | None:
    if after.share is None or before.share is None:
        return None
    return Growth(after.share, before.share, after.base, before.base, sure)


def _quarters(days: Column, end: int) -> tuple[tuple[str, int], ...]:
    if not len(days):
        return ()
    numbers = [_quarter(int(day)) for day in days]
    counts = Counter(numbers)
    return tuple((f"{at // 4}-Q{at % 4 + 1}", counts[at]) for at in range(min(numbers), _quarter(end) + 1))


def _quarter(day: int) -> int:
    said = _EPOCH + timedelta(days=day)
    return said.year * 4 + (said.month - 1) // 3
