"""Verbatims that coders read differently: who said what, and the ways to settle."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from ecoute.coding.queries.board import Board, BoardItem
from ecoute.directory.facade import Scope
from ecoute.verbatims.facade import MaskedWords, masked_words


@dataclass(frozen=True, slots=True)
class Option:
    """One click to settle: ``key`` in the form."""

    key: str
    label: str
    themes: frozenset[int]


@dataclass(frozen=True, slots=True)
class Said:
    """What one coder said of the whole verbatim."""

    name: str
    unsure: bool
    note: str


@dataclass(frozen=True, slots=True)
class Mark:
    """A theme, and for each coder whether they gave it."""

    label: str
    given: tuple[bool, ...]

    @property
    def shared(self) -> bool:
        return all(self.given)


@dataclass(frozen=True, slots=True)
class Dispute:
    """One verbatim to discuss. ``outcome``: labels of what was agreed, None while it is not."""

    item: BoardItem
    words: MaskedWords
    said: tuple[Said, ...]
    marks: tuple[Mark, ...]
    options: tuple[Option, ...]
    outcome: tuple[str, ...] | None


def disputes(board: Board, items: Sequence[BoardItem], scope: Scope) -> list[Dispute]:
    """Those whose words may be read in ``scope``, in order. Two queries."""
    words = masked_words([item.verbatim_id for item in items], scope)
    return [_dispute(board, item, words[item.verbatim_id]) for item in items if item.verbatim_id in words]


def _dispute(board: Board, item: BoardItem, words: MaskedWords) -> Dispute:
    given = frozenset().union(*(found.themes for found in item.readings.values()))
    readings = [item.readings[coder.id] for coder in board.active]
    return Dispute(
        item=item,
        words=words,
        said=tuple(
            Said(coder.name, found.unsure, found.note) for coder, found in zip(board.active, readings, strict=True)
        ),
        marks=tuple(
            Mark(board.label(theme), tuple(theme in found.themes for found in readings))
            for theme in ordered(board, given)
        ),
        options=options_of(board, item),
        outcome=None if item.settled is None else tuple(board.label(theme) for theme in ordered(board, item.settled)),
    )


def options_of(board: Board, item: BoardItem) -> tuple[Option, ...]:
    """What each coder found, all of it, what they share; each different set once."""
    sets = [item.readings[coder.id].themes for coder in board.active]
    offered = [
        Option(f"coder-{coder.id}", _("Comme %(name)s") % {"name": coder.name}, themes)
        for coder, themes in zip(board.active, sets, strict=True)
    ]
    offered.append(Option("union", _("Tous ces thèmes"), frozenset().union(*sets)))
    offered.append(Option("shared", _("Seulement les thèmes communs"), frozenset.intersection(*sets)))
    seen: dict[frozenset[int], Option] = {}
    for option in offered:
        if option.key != "shared" or option.themes:
            seen.setdefault(option.themes, option)
    return tuple(seen.values())


def ordered(board: Board, themes: Iterable[int]) -> list[int]:
    """In the order of the codebook."""
    place = {theme.id: number for number, theme in enumerate(board.book.themes)}
    return sorted(themes, key=lambda theme: (place.get(theme, len(place)), theme))
