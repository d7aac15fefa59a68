"""What somebody may read, and choosing in it."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import numpy as np

from ecoute.directory.facade import Scope
from ecoute.methods.text.ports import EngineUnavailableError
from ecoute.verbatims.models import Verbatim
from ecoute.verbatims.queries.filters import Filters
from ecoute.verbatims.search.meaning import meaning_index, vector_of_question
from ecoute.verbatims.search.nearness import like_cut, meaning_cut
from ecoute.verbatims.search.question import understand
from ecoute.verbatims.search.words import rows_with_words

from .dimensions import Dimensions
from .snapshot import NO_DAY, Column, Mask, Snapshot
from .store import STORE, Prepared
from .trees import read_vocabulary

logger = logging.getLogger(__name__)
_EPOCH = date(1970, 1, 1).toordinal()
ROW_FIELDS = {
    "services": "service",
    "satisfactions": "satisfaction",
    "channels": "channel",
    "places": "place",
    "speakers": "speaker",
    "sources": "source",
    "languages": "language",
}
SEGMENT_FIELDS = {"themes": "theme", "natures": "nature", "polarities": "polarity"}


def _key(filters: Filters) -> str:
    """What is asked by meaning: a sentence or a verbatim."""
    return f"meaning {filters.meaning}" if filters.meaning else f"like {filters.like}"


@dataclass(frozen=True, eq=False)
class Parts:
    """Each criterion as a mask: over verbatims, or over segments."""

    rows: dict[str, Mask]
    segments: dict[str, Mask]


@dataclass(frozen=True, eq=False)
class Corpus:
    """The readable verbatims that concern a service of ``scope``, as they stood when this was made."""

    prepared: Prepared
    dimensions: Dimensions
    scope: Scope
    rows: Mask
    _near: dict[str, Column] = field(default_factory=dict, repr=False)
    _unanswered: set[str] = field(default_factory=set, repr=False)

    @property
    def snapshot(self) -> Snapshot:
        return self.prepared.snapshot

    @property
    def size(self) -> int:
        return int(np.count_nonzero(self.rows))

    def select(self, filters: Filters | None = None) -> Any:
        """The ``Selection`` of the verbatims that ``filters`` describe; all of the corpus without filters."""
        from .selection import Selection

        parts = self.parts(filters or Filters())
        return Selection(self, *self.combined(parts), filters or Filters())

    def parts(self, filters: Filters) -> Parts:
        """One mask for each criterion that ``filters`` names, under the name of its dimension."""
        lists, snapshot = self.dimensions.lists, self.snapshot
        rows = {
            dimension: lists(dimension).rows_with(self._indexes(dimension, getattr(filters, name)), snapshot.size)
            for name, dimension in ROW_FIELDS.items()
            if getattr(filters, name)
        }
        if filters.since or filters.until:
            rows["period"] = self._period(filters)
        if filters.words:
            rows["words"] = rows_with_words(self.prepared, filters.words)
        if filters.meaning:
            rows["meaning"] = self._near_enough(filters, meaning_cut) | self._with_the_words(filters.meaning)
        elif filters.like:
            rows["meaning"] = self._near_enough(filters, like_cut)
        segments = {
            dimension: lists(dimension).segments_with(
                self._indexes(dimension, getattr(filters, name)), len(snapshot.segment_row)
            )
            for name, dimension in SEGMENT_FIELDS.items()
            if getattr(filters, name)
        }
        return Parts(rows, segments)

    def combined(self, parts: Parts, without: str = "") -> tuple[Mask, Mask | None]:
        """Verbatims that meet every criterion but ``without``; and the segments that do, None where none is about
        segments."""
        rows = self.rows
        for name, mask in parts.rows.items():
            if name != without:
                rows = rows & mask
        wanted = [mask for name, mask in parts.segments.items() if name != without]
        if not wanted:
            return rows, None
        segments = np.logical_and.reduce(wanted)
        holding = np.zeros(self.snapshot.size, bool)
        holding[self.snapshot.segment_row[segments]] = True
        return rows & holding, segments

    def _with_the_words(self, text: str) -> Mask:
        """Who says it in these very words is found too, however far the vectors lie; none without a searchable word."""
        if understand(text).is_empty:
            return np.zeros(self.snapshot.size, bool)
        return rows_with_words(self.prepared, text)

    def is_unanswered(self, filters: Filters) -> bool:
        """Whether what ``filters`` ask by meaning found no encoder to read it: once they were applied."""
        return bool(filters.meaning or filters.like) and _key(filters) in self._unanswered

    def _near_enough(self, filters: Filters, cut: Callable[[], float]) -> Mask:
        near = self.nearness(filters)
        if self.is_unanswered(filters):
            return np.zeros(self.snapshot.size, bool)
        try:
            enough: Mask = near >= cut()
        except EngineUnavailableError:  # thresholds of an encoder we do not know are read off its own vectors
            self._unanswered.add(_key(filters))
            return np.zeros(self.snapshot.size, bool)
        return enough

    def nearness(self, filters: Filters) -> Column:
        """The cosine of each row with the sentence or the verbatim that ``filters`` name."""
        key = _key(filters)
        if key not in self._near:
            self._near[key] = self._nearness(filters, key)
        return self._near[key]

    def _nearness(self, filters: Filters, key: str) -> Column:
        """What is remembered for all readers depends on no scope: whether the verbatim may be read is asked first.

        Without an answer of the encoder nothing is near, for now: the words of a question alone are searched.
        """
        pk = None if filters.meaning else self.row_id(filters.like)
        if not filters.meaning and pk is None:
            return self._nothing_near()
        try:
            found: Column = self.prepared.once(
                key, lambda: self._meant(filters.meaning) if pk is None else self._resembling(pk)
            )
        except EngineUnavailableError:
            logger.warning("the encoder does not answer: nothing is searched by meaning")
            self._unanswered.add(key)
            return self._nothing_near()
        return found

    def _nothing_near(self) -> Column:
        return np.full(self.snapshot.size, -1, np.float32)

    def _meant(self, question: str) -> Column:
        return self._scores(vector_of_question(question))

    def _scores(self, vector: Any) -> Column:
        return meaning_index().scores(vector, self.snapshot)

    def _resembling(self, pk: int) -> Column:
        vector = meaning_index().vector_of(pk)
        if vector is None:
            return self._nothing_near()
        scores = self._scores(vector)
        scores[self.snapshot.rows_of(np.array([pk]))] = -1  # resembling oneself is no news
        return scores

    def row_id(self, uid: str) -> int | None:
        """The id of a verbatim of this corpus by its uid; None when it is not in it."""
        pk = Verbatim.objects.filter(uid=uid).values_list("pk", flat=True).first()
        rows = self.snapshot.rows_of(np.array([pk or 0]))
        return pk if len(rows) and self.rows[rows[0]] else None

    def _indexes(self, dimension: str, values: tuple[Any, ...]) -> list[int]:
        known = {value: index for index, value in enumerate(self.dimensions.values(dimension))}
        return [known[value] for value in values if value in known and self._visible(dimension, value)]

    def _visible(self, dimension: str, value: Any) -> bool:
        return dimension != "service" or self.scope.allows(value)

    def _period(self, filters: Filters) -> Mask:
        day = self.snapshot.day
        mask: Mask = day != NO_DAY
        if filters.since:
            mask &= day >= filters.since.toordinal() - _EPOCH
        if filters.until:
            mask &= day <= filters.until.toordinal() - _EPOCH
        return mask


def corpus_of(scope: Scope) -> Corpus:
    """What ``scope`` lets read, fresh. Four queries when nothing changed; one more reading of the columns otherwise."""
    prepared = STORE.current()
    dimensions = Dimensions(prepared, read_vocabulary())
    return Corpus(prepared, dimensions, scope, readable_rows(prepared.snapshot, scope))


def readable_rows(snapshot: Snapshot, scope: Scope) -> Mask:
    """The verbatims of the snapshot that concern a service of ``scope``."""
    if scope.everything:
        return np.ones(snapshot.size, bool)
    mine = np.fromiter(scope.service_ids, np.int64, len(scope.service_ids))
    rows = np.zeros(snapshot.size, bool)
    rows[snapshot.concerned_row[np.isin(snapshot.concerned_service, mine)]] = True
    return rows
