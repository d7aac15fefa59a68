"""Which verbatims that people coded blind may correct a figure, and what they and the machine say of them.

The items of a closed measuring round are a simple random sample of its frame: the verbatims that its filters described
when it was drawn. Whatever is then selected inside that frame, the items that fall into it are a simple random sample
of the selection. What came after the draw was never in the frame: a selection is corrected when nine tenths of it were
there, and the figure is that of these nine tenths; otherwise it is not, and is said not to be. Rounds are put together
only when they have the same frame (same filters, same number of verbatims, same last one).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt
from django.http import QueryDict

from ecoute.coding.enums import Purpose, State
from ecoute.coding.models import Round, RoundItem
from ecoute.directory.facade import Scope
from ecoute.verbatims.facade import (
    CodingThemes,
    Corpus,
    Filters,
    MachineOpinion,
    Selection,
    coding_themes,
    machine_opinion,
    themes_known_at,
)

Rows = npt.NDArray[Any]

COVERED = 0.9  # share of a selection that must have been in the frame
LEAST_ITEMS = 30  # fewer correct nothing
# What depends on the machine's own codes changes when it learns: such a frame cannot be found again.
MOVING = ("themes", "natures", "polarities", "meaning", "like")


class Unmeasured(StrEnum):
    """Why a selection is not corrected."""

    NO_ROUND = "no-round"  # no closed round measures
    OUTSIDE = "outside"  # the rounds were drawn from other verbatims
    NEWER = "newer"  # more than a tenth came after the draw
    FEW = "few"  # too few items fall into the selection
    PASSAGES = "passages"  # the filters speak of passages (theme, nature, polarity), people coded whole verbatims


@dataclass(frozen=True, eq=False)
class _Pool:
    """Closed rounds of one frame: items as rows of the snapshot in the order drawn, with what was settled.

    ``truth[i, t]``: item i holds the theme t of the tree; ``known[t]``: the theme was there when people coded.
    """

    frame: Rows
    rows: Rows
    truth: Rows
    known: Rows
    closed_at: datetime
    rounds: tuple[int, ...]


@dataclass(frozen=True, eq=False)
class MeasuredSample:
    """The items that fall into a selection. ``frame``: the rows of the selection that were in the frame of the draw.

    ``closed_at`` of the last round. Rows are those of the corpus of the selection.
    """

    opinion: MachineOpinion
    frame: Rows
    rows: Rows
    truth: Rows
    known: Rows
    closed_at: datetime
    rounds: tuple[int, ...]
    size: int  # of the selection

    @property
    def coded(self) -> int:
        return len(self.rows)

    @cached_property
    def frame_size(self) -> int:
        return int(np.count_nonzero(self.frame))

    @property
    def partial(self) -> bool:
        """Whether part of the selection came after the draw."""
        return self.frame_size < self.size

    @cached_property
    def taught(self) -> float:
        """Share of the frame in which people corrected themes: there the machine is better than elsewhere."""
        return int(np.count_nonzero(self.frame & self.opinion.touched)) / self.frame_size if self.frame_size else 0.0

    def knows(self, slug: str) -> bool:
        """Whether people could find this theme when they coded."""
        return slug in self._index and bool(self.known[self._index[slug]])

    def of(self, slug: str) -> tuple[Rows, Rows, Rows]:
        """Of one theme: the truth of each item, the machine's opinion of each, and the machine's over all rows."""
        at = self._index[slug]
        said = self.opinion.rows_with(at)
        return self.truth[:, at], said[self.rows], said

    def within(self, rows: Rows) -> MeasuredSample:
        """The same for some of the rows: a group of the selection."""
        mine = rows[self.rows]
        return MeasuredSample(
            self.opinion, self.frame & rows, self.rows[mine], self.truth[mine], self.known, self.closed_at,
            self.rounds, int(np.count_nonzero(rows)),
        )  # fmt: skip

    @cached_property
    def _index(self) -> dict[str, int]:
        return {slug: at for at, slug in enumerate(self.opinion.slugs)}


@dataclass(frozen=True, eq=False)
class Measuring:
    """All that closed rounds measure in one corpus, as it stood at this request."""

    corpus: Corpus
    pools: tuple[_Pool, ...]

    def sample(self, selection: Selection) -> MeasuredSample | Unmeasured:
        """The sample that corrects shares of themes among ``selection`` (of this corpus), or why there is none. No
        query. Of several frames that hold the selection, the one with most items in it."""
        if selection.segments is not None:
            return Unmeasured.PASSAGES
        if not self.pools:
            return Unmeasured.NO_ROUND
        meeting = [(pool, rows) for pool in self.pools if (rows := selection.rows & pool.frame).any()]
        inside = [(pool, rows) for pool, rows in meeting if np.count_nonzero(rows) >= COVERED * selection.size]
        if not inside:
            return Unmeasured.NEWER if any(_came_after(selection, pool) for pool, _ in meeting) else Unmeasured.OUTSIDE
        pool, frame = max(inside, key=lambda one: (np.count_nonzero(one[1][one[0].rows]), one[0].closed_at))
        mine = frame[pool.rows]
        if np.count_nonzero(mine) < LEAST_ITEMS:
            return Unmeasured.FEW
        opinion = machine_opinion(self.corpus)
        return MeasuredSample(
            opinion, frame, pool.rows[mine], pool.truth[mine], pool.known, pool.closed_at, pool.rounds, selection.size
        )


def measuring(corpus: Corpus) -> Measuring:
    """What measures the figures of ``corpus``. One query when nothing changed since the last reading, at most six more
    otherwise. Nothing tells a reader which verbatims were drawn, nor what anybody found in one."""
    return Measuring(corpus, _pools(corpus))


def _came_after(selection: Selection, pool: _Pool) -> bool:
    """Whether what is out of the frame merely came after it: it lies beyond the last verbatim of the frame."""
    outside = np.flatnonzero(selection.rows & ~pool.frame)
    return bool(len(outside)) and int(outside.min()) > int(np.flatnonzero(pool.frame).max())


def _pools(corpus: Corpus) -> tuple[_Pool, ...]:
    rounds = list(
        Round.objects.filter(state=State.CLOSED, purpose=Purpose.MEASURING, codebook__is_active=True).order_by("pk")
    )
    if not rounds:
        return ()
    key = ("measured", tuple((one.pk, one.closed_at) for one in rounds), corpus.dimensions.vocabulary.themes.shape)
    found: tuple[_Pool, ...] = corpus.prepared.once(key, lambda: _read(corpus, rounds))
    return found


def _read(corpus: Corpus, rounds: Sequence[Round]) -> tuple[_Pool, ...]:
    same: dict[tuple[str, int, int | None, int], list[Round]] = {}
    for one in rounds:
        filters = Filters.from_query(QueryDict(one.query))
        if not any(getattr(filters, name) for name in MOVING):
            same.setdefault((one.query, one.frame, one.last_verbatim, one.codebook_id), []).append(one)
    items = _items(rounds)
    books = {one.codebook_id: coding_themes(one.codebook_id) for one in rounds}
    made = (_pool(corpus, group, items, books[group[0].codebook_id]) for group in same.values())
    return tuple(pool for pool in made if pool is not None)


def _items(rounds: Sequence[Round]) -> dict[int, list[tuple[int, list[int]]]]:
    """By round, in the order drawn: verbatim and what was settled of it."""
    found: dict[int, list[tuple[int, list[int]]]] = {}
    rows = RoundItem.objects.filter(round__in=rounds, themes__isnull=False).order_by("round_id", "position")
    for round_id, verbatim_id, themes in rows.values_list("round_id", "verbatim_id", "themes"):
        found.setdefault(round_id, []).append((verbatim_id, themes or []))
    return found


def _pool(
    corpus: Corpus, rounds: Sequence[Round], items: Mapping[int, list[tuple[int, list[int]]]], book: CodingThemes | None
) -> _Pool | None:
    settled = {pk: themes for one in rounds for pk, themes in items.get(one.pk, [])}  # read twice: the last prevails
    if book is None or not settled:
        return None
    frame = _frame(corpus, rounds[0], max(settled))
    rows = corpus.snapshot.rows_of(np.array(list(settled), np.int64))  # in the order drawn, those withdrawn left out
    rows = rows[frame[rows]]
    tree = corpus.dimensions.vocabulary.themes
    indexes = {key: index for index, key in enumerate(tree.keys)}
    truth = np.zeros((len(rows), len(tree.keys)), bool)
    for line, pk in enumerate(corpus.snapshot.ids[rows].tolist()):
        for theme in book.now(settled[pk]) & indexes.keys():
            truth[line, [indexes[theme], *tree.ancestors(indexes[theme])]] = True
    closed = max(one.closed_at for one in rounds if one.closed_at)
    known = _known(rounds, book, tree.values, truth)
    return _Pool(frame, rows, truth, known, closed, tuple(one.pk for one in rounds))


def _frame(corpus: Corpus, drawn: Round, last: int) -> Rows:
    """The verbatims the round was drawn from, as far as they are still there: those its filters describe today, without
    what came since: ids grow as words come in, and the round knows the highest one it could have drawn. (Of a round
    that does not: the first ``frame`` of them, and all up to the last one drawn.)"""
    whole = Corpus(corpus.prepared, corpus.dimensions, Scope(everything=True), np.ones(corpus.snapshot.size, bool))
    rows: Rows = whole.select(Filters.from_query(QueryDict(drawn.query))).rows.copy()
    described = np.flatnonzero(rows)
    highest = last if drawn.last_verbatim is None else drawn.last_verbatim
    end = int(np.searchsorted(corpus.snapshot.ids[described], highest, side="right"))
    end = max(drawn.frame, end) if drawn.last_verbatim is None else end
    rows[described[end:]] = False
    return rows


def _known(rounds: Sequence[Round], book: CodingThemes, slugs: Sequence[str], truth: Rows) -> Rows:
    """Themes that people could find: those of the codebook as it was. Where that version was not kept, those that
    somebody found."""
    version = min(one.codebook_version for one in rounds)
    if version == book.version:
        return np.ones(len(slugs), bool)
    then = themes_known_at(book.codebook_id, version)
    if then is None:
        return np.asarray(truth.any(axis=0))
    return np.array([slug in then for slug in slugs])
