"""What changed, in words: the sure changes first, then how many could not be told from chance."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from ecoute.indicators.pictures import words
from ecoute.indicators.queries.changes import Change, Changes
from ecoute.methods.statistics import Direction
from ecoute.ui.typography import number

WELCOME = {"satisfaction", "praise"}
NEUTRAL = {"expectation", "volume"}


@dataclass(frozen=True, slots=True)
class Move:
    """``up`` tells the arrow; ``good`` the tone, None when neither good nor bad (to expect more is no failing)."""

    label: str
    text: str
    up: bool
    good: bool | None
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
    rows = tuple(_move(change, theme_link) for change in changes.moved)
    none = _("Aucune évolution significative d'au moins 3 points parmi les {n} comparaisons faites.").format(
        n=len(changes.rows)
    )
    return Moves(_intro(changes), rows, "" if rows else words.trouble_words(changes) or none)


def _intro(changes: Changes) -> str:
    """The two periods, and the sources within which they are compared."""
    n, m = (number(size) for size in changes.sizes)
    now, before = words.sentence(words.span_words(changes.now)), words.span_words(changes.before)
    if None in changes.sizes:
        said = _("{now}, comparé à la période {before}.").format(now=now, before=before)
    else:
        said = _("{now} (n = {n}), comparé à la période {before} (n = {m}).").format(now=now, before=before, n=n, m=m)
    return " ".join(part for part in (said, words.sources_words(changes)) if part)


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
    return Move(change_label(change), text, up, _good(change, up), href)


def _good(change: Change, up: bool) -> bool | None:
    if change.key in NEUTRAL:
        return None
    return up == (change.key in WELCOME)
