"""Verbatims chosen in a corpus, and everything that is counted about them. A verbatim is never counted twice."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

import numpy as np
from scipy.sparse import csr_array

from ecoute.methods.text.fusion import fused
from ecoute.verbatims.queries.filters import Filters
from ecoute.verbatims.search.words import ranks_of_words

from .corpus import Corpus
from .dimensions import OF_SEGMENTS
from .snapshot import CLOSED, NO_DAY, Column, Mask

_EPOCH = date(1970, 1, 1)
ORDERS = ("recent", "oldest", "relevance", "random")


@dataclass(frozen=True, eq=False)
class Selection:
    """``rows``: the verbatims. ``segments``: those of their segments that the filters speak of, None for all.

    Counts of themes, natures and polarities are over these segments: with the filter « irritant », the theme
    « attente » counts the verbatims of which one segment is both.
    """

    corpus: Corpus
    rows: Mask
    segments: Mask | None
    filters: Filters

    @property
    def size(self) -> int:
        """How many verbatims."""
        return int(np.count_nonzero(self.rows))

    def where(self, filters: Filters) -> Selection:
        """The verbatims of this selection that ``filters`` describe too, about the same segment."""
        parts = self.corpus.parts(filters)
        if self.segments is not None:
            parts.segments["selection"] = self.segments
        rows, segments = self.corpus.combined(parts)
        return replace(self, rows=self.rows & rows, segments=segments, filters=filters)

    def count_by(self, dimension: str) -> dict[Any, int]:
        """Value → number of verbatims, values without any left out. Raises ``KeyError`` for an unknown dimension.

        ``service`` (id), ``place`` (id) and ``theme`` (slug) are rolled up their trees; ``nature`` and ``polarity`` are
        of segments, ``tone`` of the whole; ``month`` "2023-05", ``quarter`` "2023-Q2", ``year`` "2023".
        """
        counts = self.corpus.dimensions.lists(dimension).count(self.rows, self.segments)
        return self._named(dimension, counts)

    def theme_counts(self, *, nature: str | None = None, polarity: str | None = None) -> dict[str, int]:
        """Theme slug → verbatims having a segment with that theme, that nature and that polarity."""
        wanted = [self._segments_with(name, value) for name, value in (("nature", nature), ("polarity", polarity))]
        masks = [mask for mask in (*wanted, self.segments) if mask is not None]
        segments = np.logical_and.reduce(masks) if masks else None
        return self._named("theme", self.corpus.dimensions.lists("theme").count(self.rows, segments))

    def cross(self, one: str, other: str) -> dict[tuple[Any, Any], int]:
        """(value, value) → verbatims that hold both; of a theme, a nature and a polarity: in the same segment."""
        if one in OF_SEGMENTS and other in OF_SEGMENTS and one != other:
            return self._cross_segments(one, other)
        table = (self._matrix(one).T @ self._matrix(other)).tocoo()
        return self._crossed(one, other, table.coords[0], table.coords[1], table.data)

    def theme_pairs(self) -> dict[tuple[str, str], int]:
        """(slug, slug) in order → verbatims in which both themes stand, whatever the segment. A theme and one above it
        are no pair."""
        tree = self.corpus.dimensions.vocabulary.themes
        line = {slug: {slug, *(tree.values[a] for a in tree.ancestors(i))} for i, slug in enumerate(tree.values)}
        return {
            (a, b): count
            for (a, b), count in self.cross("theme", "theme").items()
            if a < b and a not in line[b] and b not in line[a]
        }

    def period(self) -> tuple[date, date] | None:
        """From the first to the last day said; None when no day is known."""
        days = self.corpus.snapshot.day[self.rows]
        days = days[days != NO_DAY]
        return (_day(days.min()), _day(days.max())) if len(days) else None

    @property
    def undated(self) -> int:
        """Verbatims said on an unknown day."""
        return int(np.count_nonzero(self.corpus.snapshot.day[self.rows] == NO_DAY))

    def ids(self, order: str = "recent", offset: int = 0, limit: int | None = None) -> list[int]:
        """Ids in a stable order: ``recent`` (the default), ``oldest``, ``relevance`` (to words or meaning, else
        recent), ``random`` (the same shuffle each time). Unknown days come last."""
        ranked = self._order(order)
        chosen = ranked[self.rows[ranked]]
        found: list[int] = self.corpus.snapshot.ids[chosen[offset : None if limit is None else offset + limit]].tolist()
        return found

    def segment_ids(self, *, theme: str | None = None, nature: str | None = None, polarity: str | None = None) -> Mask:
        """Which segments of these verbatims have all that is named."""
        names = (("theme", theme), ("nature", nature), ("polarity", polarity))
        masks = [mask for mask in (self._segments_with(*pair) for pair in names) if mask is not None]
        inside: Mask = self.rows[self.corpus.snapshot.segment_row]
        for mask in [*masks, *([] if self.segments is None else [self.segments])]:
            inside = inside & mask
        return inside

    def _segments_with(self, dimension: str, value: str | None) -> Mask | None:
        if value is None:
            return None
        values = self.corpus.dimensions.values(dimension)
        wanted = [values.index(value)] if value in values else []
        return self.corpus.dimensions.lists(dimension).segments_with(wanted, len(self.corpus.snapshot.segment_row))

    def _named(self, dimension: str, counts: Column) -> dict[Any, int]:
        values, scope = self.corpus.dimensions.values(dimension), self.corpus.scope
        known = ((values[at], int(counts[at])) for at in np.flatnonzero(counts))
        return {value: count for value, count in known if dimension != "service" or scope.allows(value)}

    def _matrix(self, dimension: str) -> csr_array:
        lists = self.corpus.dimensions.lists(dimension)
        value, row = lists.pairs(self.rows, self.segments)
        shape = (self.corpus.snapshot.size, lists.width)
        return csr_array((np.ones(len(value), np.int64), (row, value)), shape=shape)

    def _cross_segments(self, one: str, other: str) -> dict[tuple[Any, Any], int]:
        if one != "theme" and other == "theme":
            return {(a, b): count for (b, a), count in self._cross_segments(other, one).items()}
        lists, held = self.corpus.dimensions.lists(one), getattr(self.corpus.snapshot, other)
        found = {}
        for code, value in enumerate(CLOSED[other]):
            segments = held == code if self.segments is None else (held == code) & self.segments
            for first, count in self._named(one, lists.count(self.rows, segments)).items():
                found[(first, value)] = count
        return found

    def _crossed(self, one: str, other: str, a: Column, b: Column, counts: Column) -> dict[tuple[Any, Any], int]:
        first, second = self.corpus.dimensions.values(one), self.corpus.dimensions.values(other)
        named = {(first[i], second[j]): int(n) for i, j, n in zip(a, b, counts, strict=True)}
        hidden = [at for at, name in enumerate((one, other)) if name == "service"]
        allows = self.corpus.scope.allows
        return {pair: n for pair, n in named.items() if all(allows(pair[at]) for at in hidden)}

    def _order(self, order: str) -> Column:
        snapshot, prepared, f = self.corpus.snapshot, self.corpus.prepared, self.filters
        day = snapshot.day.astype(np.int64)
        if order == "relevance" and f.meaning:
            scores = fused(self.rows, self.corpus.nearness(f), ranks_of_words(prepared, f.meaning))
            both: Column = np.lexsort((-snapshot.ids, -scores))
            return both
        if order == "relevance" and f.like:
            near: Column = np.lexsort((-snapshot.ids, -self.corpus.nearness(f)))
            return near
        if order == "relevance" and f.words:
            ranked: Column = np.lexsort((-snapshot.ids, -day, -ranks_of_words(prepared, f.words)))
            return ranked
        makes: dict[str, Any] = {
            "oldest": lambda: np.lexsort((snapshot.ids, np.where(day == NO_DAY, np.iinfo(np.int64).max, day))),
            "random": lambda: np.argsort((snapshot.ids * 2654435761) % 4294967296, kind="stable"),
        }
        make = makes.get(order, lambda: np.lexsort((-snapshot.ids, -day)))
        found: Column = prepared.once(("order", order if order in makes else "recent"), make)
        return found


def facets(corpus: Corpus, filters: Filters, dimensions: Sequence[str] = ()) -> dict[str, dict[Any, int]]:
    """For each dimension, value → verbatims, with every filter but its own: what one would find by choosing the value.

    ``dimensions``: those wanted, by default all that filters can name, and ``year``.
    """
    parts = corpus.parts(filters)
    selections: dict[str, Selection] = {}
    found = {}
    for dimension in dimensions or FACETS:
        own = "period" if dimension in {"month", "quarter", "year"} else dimension
        own = own if own in parts.rows or own in parts.segments else ""
        if own not in selections:
            selections[own] = Selection(corpus, *corpus.combined(parts, without=own), filters)
        found[dimension] = selections[own].count_by(dimension)
    return found


FACETS = (
    "service", "theme", "nature", "polarity", "satisfaction", "channel", "place", "speaker", "source", "language",
    "year",
)  # fmt: skip


def _day(number: Any) -> date:
    return _EPOCH + timedelta(days=int(number))
