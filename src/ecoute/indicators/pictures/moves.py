"""What changed, in words: the sure changes first, then how many could not be told from chance."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from ecoute.indicators.pictures import words
from ecoute.indicators.queries.changes import Change, Changes
from ecoute.methods.statistics import Direction
from ecoute.ui.typography import number


@dataclass(frozen=True, slots=True)
class Move:
    """``up`` tells the arrow; ``good`` the tone (None when neither good nor bad)."""

    label: str
    text: str
    up: bool
    good: bool
    href: str


@dataclass(frozen=True, slots=True)
class Moves:
    """``intro`` names the two periods; ``none``: the sentence when nothing surely moved."""

    intro: str
    rows: tuple[Move, ...]
    none: str


def moves_of(changes: Changes | None, theme_link: Callable[[str], str]) -> Moves | None:
    """None when there are no two periods to compare."""
    if changes is None:
        return None
    intro = _("{now} (n = {n}), comparé à la période {before} (n = {m}).").format(
        now=words.sentence(words.span_words(changes.now)),
        before=words.span_words(changes.before),
        n=_size(changes, now=True),
        m=_size(changes, now=False),
    )
    rows = tuple(_move(change, theme_link) for change in changes.moved)
    none = _("Aucune évolution significative d'au moins 3 points parmi les {n} comparaisons faites.").format(
        n=len(changes.rows)
    )
    return Moves(intro, rows, "" if rows else none)


def _size(changes: Changes, *, now: bool) -> str:
    row = changes.of("irritant") or changes.rows[0]
    return number(row.now.base if now else row.before.base)


def change_label(change: Change) -> str:
    names = {
        "satisfaction": _("Satisfaction déclarée"),
        "irritant": _("Verbatims avec un irritant"),
        "expectation": _("Verbatims avec une attente"),
    }
    return change.label or names.get(change.key, change.key)


def _move(change: Change, theme_link: Callable[[str], str]) -> Move:
    up = change.comparison.direction is Direction.UP
    text = _("{now} contre {before} ({points})").format(
        now=words.share_words(change.now),
        before=words.share_words(change.before),
        points=words.points_words(change.comparison.difference),
    )
    href = theme_link(change.key) if change.label else ""
    return Move(change_label(change), text, up, up == (change.key == "satisfaction"), href)
