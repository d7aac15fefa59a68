"""What a round is drawn from, and who could code it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from math import ceil
from typing import Any

from ecoute.coding.queries.measured import MOVING
from ecoute.directory.facade import Holder, Permission, people_holding, scope_of
from ecoute.methods.statistics import margin
from ecoute.verbatims.facade import Corpus, Filters, Selection, corpus_of, described, held_within

SIZES = (50, 100, 200, 400)


@dataclass(frozen=True, slots=True)
class Precision:
    """What a sample of ``size`` tells: shares at ± ``margin`` (0–1) at most, 95 times out of 100."""

    size: int
    margin: float

    @property
    def points(self) -> int:
        """Of a hundred, rounded up: « at most » stays true."""
        return ceil(self.margin * 100)


@dataclass(frozen=True)
class Frame:
    """The verbatims that ``filters`` describe in what the drawer may read."""

    corpus: Corpus
    filters: Filters

    @cached_property
    def selection(self) -> Selection:
        chosen: Selection = self.corpus.select(self.filters)
        return chosen

    @property
    def size(self) -> int:
        return self.selection.size

    @property
    def query(self) -> str:
        return self.filters.to_query()

    @property
    def ids(self) -> list[int]:
        return self.selection.ids("oldest")

    @cached_property
    def holders(self) -> list[Holder]:
        """Everybody who codes somewhere."""
        return people_holding(Permission.CODE)

    @cached_property
    def coders(self) -> list[Holder]:
        """Those who may code every verbatim of the frame."""
        return [holder for holder in self.holders if held_within(self.selection, holder.scope) == self.size]

    @cached_property
    def words(self) -> list[str]:
        """The filters in words; empty for everything."""
        return described(self.corpus, self.filters)

    @property
    def moves(self) -> bool:
        """Whether what the machine finds decides what is in the frame: a sample of it can correct no figure."""
        return any(getattr(self.filters, name) for name in MOVING)

    @property
    def precisions(self) -> list[Precision]:
        return [precision(size, self.size) for size in SIZES if size < self.size]


def precision(size: int, frame: int) -> Precision:
    """Of a share of one half, the least favourable, with the correction for a finite frame."""
    return Precision(size, margin(0.5, size, population=frame) if size < frame else 0.0)


def frame_of(user: Any, filters: Filters) -> Frame:
    return Frame(corpus_of(scope_of(user, Permission.READ)), filters)
