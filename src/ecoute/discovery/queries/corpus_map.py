"""The map as a reader may see it: points of the own services, coloured by theme, and regions named by their phrases."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt

from ecoute.directory.facade import Scope
from ecoute.discovery.models import CorpusMap
from ecoute.discovery.queries.columns import Rows, narrowed
from ecoute.discovery.rules import smallest
from ecoute.verbatims.facade import Corpus, Filters, Selection, corpus_of, phrases_of

MOST_POINTS = 5_000  # drawn at once: what travels stays under 200 kB
COLOURED = 5  # themes with a colour and a shape of their own; the others share one
GRID = 999  # coordinates travel as whole numbers from 0 to this
PHRASES = 4
OTHER, NONE = COLOURED, COLOURED + 1  # places in the legend
Ints = npt.NDArray[Any]


@dataclass(frozen=True, slots=True)
class LegendItem:
    """``place``: number of its colour and shape. ``count``: verbatims on the map whose main theme it is."""

    place: int
    label: str
    count: int


@dataclass(frozen=True, slots=True)
class Region:
    """A neighbourhood of the map: its most telling phrases, how many verbatims, and where its middle is (0–1)."""

    number: int
    name: str
    count: int
    x: float
    y: float


@dataclass(frozen=True)
class MapView:
    """One reader, one set of filters. Everything is worked out when it is first asked for."""

    scope: Scope
    filters: Filters

    @cached_property
    def corpus(self) -> Corpus:
        return corpus_of(self.scope)

    @cached_property
    def selection(self) -> Selection:
        found: Selection = self.corpus.select(self.filters)
        return found

    @cached_property
    def stored(self) -> CorpusMap | None:
        return CorpusMap.objects.first()

    @cached_property
    def _placed(self) -> tuple[Rows, npt.NDArray[np.float32], Ints]:
        """Rows of the selection that are on the map, their points and regions."""
        if self.stored is None:
            return np.empty(0, np.intp), np.empty((0, 2), np.float32), np.empty(0, np.int16)
        ids = np.frombuffer(bytes(self.stored.ids), "<i8")
        points = np.frombuffer(bytes(self.stored.points), "<f2").reshape(-1, 2).astype(np.float32)
        regions = np.frombuffer(bytes(self.stored.regions), "<i2")
        known = self.corpus.snapshot.ids
        if not len(known):
            return np.empty(0, np.intp), points[:0], regions[:0]
        at = np.minimum(np.searchsorted(known, ids), len(known) - 1)
        kept = (known[at] == ids) & self.selection.rows[at]
        return at[kept], points[kept], regions[kept]

    @property
    def size(self) -> int:
        """Verbatims of the selection that have a place on the map."""
        return len(self._placed[0])

    @property
    def hidden(self) -> bool:
        """Whether so few are left that they stay hidden."""
        return 0 < self.size < smallest(filtered=not self.filters.is_empty)

    @cached_property
    def drawn(self) -> Ints:
        """Places, among those on the map, of the points drawn: all, or an even draw of ``MOST_POINTS``."""
        if self.size <= MOST_POINTS:
            return np.arange(self.size)
        ids = self.corpus.snapshot.ids[self._placed[0]]
        return np.sort(np.argsort((ids * 2654435761) % 4294967296, kind="stable")[:MOST_POINTS])

    @cached_property
    def _themes(self) -> tuple[list[str], Ints]:
        """Labels of the first-level themes, most met first, and for each placed row the main one (-1: none)."""
        snapshot, tree = self.corpus.snapshot, self.corpus.dimensions.vocabulary.themes
        roots = np.array([(tree.ancestors(i) or [i])[-1] for i in range(len(tree.keys))] or [0], np.int64)
        at = tree.indexes(snapshot.code_theme)
        known = at >= 0
        rows, root = snapshot.segment_row[snapshot.code_segment[known]], roots[at[known]]
        width = max(len(tree.keys), 1)
        table = np.zeros(snapshot.size * width, np.int32)
        np.add.at(table, rows.astype(np.int64) * width + root, 1)
        counts = table.reshape(snapshot.size, width)[self._placed[0]]
        main = np.where(counts.max(axis=1, initial=0) > 0, counts.argmax(axis=1), -1)
        order = [i for i, _n in Counter(main[main >= 0].tolist()).most_common()]
        labels = {row.slug: row.label for row in self.corpus.dimensions.vocabulary.theme_rows}
        rank = np.full(width + 1, -1, np.int64)
        rank[order] = np.arange(len(order))
        return [labels.get(tree.values[i], "") for i in order], rank[main]

    @property
    def colours(self) -> Ints:
        """For each placed row, its place in the legend."""
        rank = self._themes[1]
        return np.where(rank < 0, NONE, np.minimum(rank, OTHER))

    def legend(self, other: str, none: str) -> list[LegendItem]:
        """What colours and shapes stand for; places nobody has are left out."""
        counts = Counter(self.colours.tolist())
        labels = [*self._themes[0][:COLOURED]]
        names = {**dict(enumerate(labels)), OTHER: other, NONE: none}
        return [LegendItem(place, names[place], counts[place]) for place in sorted(names) if counts[place]]

    def points(self) -> dict[str, Any]:
        """What the script draws: whole numbers, one after the other: x, y, place in the legend, id."""
        rows, points, _regions = self._placed
        grid = np.clip(points * GRID, 0, GRID).round().astype(int)[self.drawn]
        ids = self.corpus.snapshot.ids[rows][self.drawn]
        flat = np.column_stack([grid, self.colours[self.drawn], ids]) if len(ids) else np.empty((0, 4), int)
        regions = [[round(r.x * GRID), round(r.y * GRID), r.name, r.number] for r in self.regions]
        return {"points": flat.ravel().tolist(), "regions": regions}

    @cached_property
    def regions(self) -> list[Region]:
        """Regions large enough to be named, largest first. One query for their phrases."""
        rows, points, labels = self._placed
        limit = smallest(filtered=not self.filters.is_empty)
        numbers = [n for n in range(int(labels.max(initial=-1)) + 1) if np.count_nonzero(labels == n) >= limit]
        names = self._names(rows, labels, numbers)
        found = [
            Region(
                n, names[n], int(np.count_nonzero(labels == n)), *(float(v) for v in points[labels == n].mean(axis=0))
            )
            for n in numbers
        ]
        return sorted(found, key=lambda region: (-region.count, region.number))

    def _names(self, rows: Rows, labels: Ints, numbers: Sequence[int]) -> dict[int, str]:
        """Phrases that set each region apart, said by at least two of the verbatims that the reader may read."""
        ids, drawn = self.corpus.snapshot.ids, self.drawn
        rows, labels = rows[drawn], labels[drawn]
        known = phrases_of(ids[rows].tolist())
        said = {n: Counter(p for at in rows[labels == n] for p in set(known.get(int(ids[at]), ()))) for n in numbers}
        total: Counter[str] = Counter()
        for counts in said.values():
            total.update(counts)
        mean = sum(sum(c.values()) for c in said.values()) / max(len(said), 1)
        names = {}
        for n, counts in said.items():
            scored = sorted(
                ((c * math.log1p(mean / total[p]) * (1.4 if " " in p else 1.0), p) for p, c in counts.items() if c > 1),
                key=lambda one: (-one[0], one[1]),
            )
            names[n] = ", ".join(_different([p for _score, p in scored]))
        return names

    def in_region(self, number: int) -> Selection:
        """The verbatims of one region."""
        rows, _points, labels = self._placed
        return narrowed(self.selection, rows[labels == number])


def _different(phrases: Sequence[str]) -> list[str]:
    """The first phrases of which none says what another said."""
    kept: list[str] = []
    for phrase in phrases:
        words = set(phrase.split())
        if not any(words & set(other.split()) for other in kept):
            kept.append(phrase)
        if len(kept) == PHRASES:
            break
    return kept
