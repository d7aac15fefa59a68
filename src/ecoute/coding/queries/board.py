"""A round as it stands: who read what, where they agree, what is settled."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from ecoute.coding.models import Reading, Round, RoundItem
from ecoute.directory.facade import Scope
from ecoute.verbatims.facade import CodingThemes, coding_themes, readable_among

EVERYTHING = Scope(everything=True)


@dataclass(frozen=True, slots=True)
class Coder:
    """Somebody named in the round. ``read``: how many of its verbatims they have read."""

    id: int
    name: str
    read: int
    finished: bool


@dataclass(frozen=True, slots=True)
class Found:
    """What one coder found in one verbatim: ids of themes."""

    themes: frozenset[int]
    unsure: bool = False
    note: str = ""


@dataclass(frozen=True, slots=True)
class BoardItem:
    """A verbatim of the round. ``readings`` by coder; ``settled`` what was agreed, None while it is not."""

    id: int
    verbatim_id: int
    position: int
    readings: Mapping[int, Found]
    settled: frozenset[int] | None
    settled_by: str
    settled_at: datetime | None
    note: str

    @property
    def agreed(self) -> bool:
        """Whether all who read it found the same."""
        return len({found.themes for found in self.readings.values()}) < 2


@dataclass(frozen=True)
class Board:
    """``items`` can still be read; ``lost`` is how many no longer can (withdrawn since)."""

    round: Round
    book: CodingThemes
    coders: tuple[Coder, ...]
    items: tuple[BoardItem, ...]
    lost: int

    @cached_property
    def active(self) -> tuple[Coder, ...]:
        """The coders who began: one who never came does not hold the others back."""
        return tuple(coder for coder in self.coders if coder.read)

    @cached_property
    def read_by_all(self) -> tuple[BoardItem, ...]:
        """What can be compared; nothing as long as fewer than two people have begun."""
        if len(self.active) < 2:
            return ()
        return tuple(item for item in self.items if all(coder.id in item.readings for coder in self.active))

    @cached_property
    def differing(self) -> tuple[BoardItem, ...]:
        return tuple(item for item in self.read_by_all if not item.agreed)

    @property
    def unsettled(self) -> tuple[BoardItem, ...]:
        return tuple(item for item in self.differing if item.settled is None)

    @property
    def settled(self) -> tuple[BoardItem, ...]:
        """What measures the machine, once the round is closed."""
        return tuple(item for item in self.items if item.settled is not None)

    def item(self, position: int) -> BoardItem | None:
        return next((item for item in self.items if item.position == position), None)

    def label(self, theme: int) -> str:
        return self.book.labels.get(theme, "")


def board_of(round_: Round) -> Board:
    """Six queries whatever the size. Themes merged since count as the one they were merged into."""
    book = coding_themes(round_.codebook_id)
    assert book is not None  # a codebook in use by a round is protected
    readings = _readings(round_, book)
    rows = list(RoundItem.objects.filter(round=round_).select_related("settled_by").order_by("position"))
    readable = readable_among([row.verbatim_id for row in rows], EVERYTHING)
    items = tuple(_item(row, readings.get(row.pk, {}), book) for row in rows if row.verbatim_id in readable)
    return Board(round_, book, _coders(round_, items), items, len(rows) - len(items))


def _readings(round_: Round, book: CodingThemes) -> dict[int, dict[int, Found]]:
    found: dict[int, dict[int, Found]] = {}
    for row in Reading.objects.filter(item__round=round_).order_by("pk"):
        found.setdefault(row.item_id, {})[row.coder_id] = Found(book.now(row.themes), row.unsure, row.note)
    return found


def _item(row: RoundItem, readings: dict[int, Found], book: CodingThemes) -> BoardItem:
    return BoardItem(
        id=row.pk,
        verbatim_id=row.verbatim_id,
        position=row.position,
        readings=readings,
        settled=None if row.themes is None else book.now(row.themes),
        settled_by=str(row.settled_by or ""),
        settled_at=row.settled_at,
        note=row.note,
    )


def _coders(round_: Round, items: tuple[BoardItem, ...]) -> tuple[Coder, ...]:
    return tuple(
        Coder(
            id=part.coder_id,
            name=str(part.coder),
            read=sum(part.coder_id in item.readings for item in items),
            finished=part.finished_at is not None,
        )
        for part in round_.coders.select_related("coder").order_by("pk")
    )
