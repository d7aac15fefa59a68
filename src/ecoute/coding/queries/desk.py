"""The desk of one coder: own readings, what remains, where to go on. Nothing of the machine or of the others."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from ecoute.coding.models import Reading, Round, RoundCoder, RoundItem
from ecoute.coding.queries.board import Found
from ecoute.directory.facade import Permission, scope_of
from ecoute.verbatims.facade import readable_among


@dataclass(frozen=True, slots=True)
class Place:
    """One verbatim on the desk. ``mine`` is None until it is read. ``number`` counts what this coder can read."""

    item_id: int
    verbatim_id: int
    position: int
    number: int
    mine: Found | None


@dataclass(frozen=True)
class Desk:
    """``lost``: verbatims drawn that this coder cannot read any more (withdrawn, or out of their services)."""

    places: tuple[Place, ...]
    lost: int
    finished_at: datetime | None

    @property
    def total(self) -> int:
        return len(self.places)

    @property
    def done(self) -> int:
        return sum(place.mine is not None for place in self.places)

    @property
    def complete(self) -> bool:
        return self.done == self.total

    def at(self, position: int) -> Place | None:
        return next((place for place in self.places if place.position == position), None)

    def waiting(self, after: int = 0) -> Place | None:
        """The first verbatim not read yet beyond that position, else the first of all; None when all are read."""
        unread = [place for place in self.places if place.mine is None]
        return next((place for place in unread if place.position > after), unread[0] if unread else None)

    def before(self, position: int) -> Place | None:
        return next((place for place in reversed(self.places) if place.position < position), None)

    def following(self, position: int) -> Place | None:
        return next((place for place in self.places if place.position > position), None)


def desk_of(round_: Round, coder: Any) -> Desk:
    """Four queries whatever the size."""
    part = RoundCoder.objects.get(round=round_, coder_id=coder.pk)
    rows = list(
        RoundItem.objects.filter(round=round_).order_by("position").values_list("pk", "verbatim_id", "position")
    )
    readable = readable_among([verbatim_id for _, verbatim_id, _ in rows], scope_of(coder, Permission.CODE))
    mine = {
        row.item_id: Found(frozenset(row.themes), row.unsure, row.note)
        for row in Reading.objects.filter(item__round=round_, coder_id=coder.pk).order_by("pk")
    }
    kept = [row for row in rows if row[1] in readable]
    places = tuple(
        Place(pk, verbatim_id, position, number, mine.get(pk))
        for number, (pk, verbatim_id, position) in enumerate(kept, 1)
    )
    return Desk(places, len(rows) - len(kept), part.finished_at)
