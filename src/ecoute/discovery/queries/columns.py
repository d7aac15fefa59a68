"""Small arithmetic over the columns of a selection, for groups of verbatims that no filter names."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta

import numpy as np
import numpy.typing as npt

from ecoute.verbatims.facade import Selection

_EPOCH = date(1970, 1, 1)
Rows = npt.NDArray[np.intp]


def rows_in(selection: Selection, ids: Iterable[int]) -> Rows:
    """Rows of those of these verbatims that are in the selection, each once, in order of id."""
    snapshot = selection.corpus.snapshot
    rows: Rows = snapshot.rows_of(np.unique(np.fromiter(ids, np.int64)))
    return rows[selection.rows[rows]]


def narrowed(selection: Selection, rows: Rows) -> Selection:
    """The selection of these rows alone."""
    mask = np.zeros(selection.corpus.snapshot.size, bool)
    mask[rows] = True
    return replace(selection, rows=mask, segments=None)


def days(selection: Selection, rows: Rows) -> list[date]:
    """Known days of these rows, in order."""
    held = selection.corpus.snapshot.day[rows]
    known = np.sort(held[held > -1_000_000])
    return [_EPOCH + timedelta(days=int(day)) for day in known]


def quarter_of(day: date) -> str:
    return f"{day.year}-Q{(day.month + 2) // 3}"


def quarters(first: date, last: date) -> list[str]:
    """Every quarter from that of ``first`` to that of ``last``."""
    start, end = (d.year * 4 + (d.month - 1) // 3 for d in (first, last))
    return [f"{at // 4}-Q{at % 4 + 1}" for at in range(start, end + 1)]


def per_quarter(found: Iterable[date], span: tuple[date, date]) -> list[tuple[str, int]]:
    """Quarter → how many, quarters without any included."""
    counts = Counter(quarter_of(day) for day in found)
    return [(quarter, counts[quarter]) for quarter in quarters(*span)]
