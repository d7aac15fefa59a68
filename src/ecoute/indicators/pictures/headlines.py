"""The few figures at the top of a page."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _

from ecoute.indicators.pictures import words
from ecoute.indicators.pictures.board import Link
from ecoute.indicators.queries.changes import Change
from ecoute.indicators.queries.dashboard import Board
from ecoute.indicators.rules import is_faint
from ecoute.methods.statistics import Proportion
from ecoute.ui.typography import number, percent


@dataclass(frozen=True, slots=True)
class Card:
    """What ``{% figure %}`` needs. ``trend``: words, only when something surely moved."""

    label: str
    value: float | int | None
    unit: str = ""
    low: float | None = None
    high: float | None = None
    base: int | None = None
    note: str = ""
    trend: str = ""
    href: str = ""


def headline_cards(board: Board, link: Link) -> list[Card]:
    """Verbatims, satisfaction, irritants, expectations, and what was not coded."""
    top = board.headlines
    uncoded = _("{n} verbatims non codés").format(n=number(top.uncoded.count))
    return [
        Card(_("Verbatims"), board.frame.base, note=_faint(board.frame.base), href=link()),
        _satisfaction(board, link),
        _share(_("Signalent un irritant"), top.irritant, board, "irritant", link(natures=("irritant",))),
        _share(_("Expriment une attente"), top.expectation, board, "expectation", link(natures=("expectation",))),
        _share(_("Sans thème reconnu"), top.uncoded, board, "", note=uncoded),
    ]


def _satisfaction(board: Board, link: Link) -> Card:
    figures = board.headlines.satisfaction
    if not figures.base:
        return Card(_("Satisfaits"), None, note=_("aucune satisfaction déclarée"))
    note = _("{neutral} neutres, {negative} insatisfaits").format(
        neutral=percent(figures.neutral.share), negative=percent(figures.negative.share)
    )
    if figures.mark and figures.mark.value is not None:
        mark = _("note {mark} sur 10").format(mark=number(figures.mark.value, 1))
        note = f"{note}, {mark}"
    href = link(satisfactions=("positive",))
    return _share(_("Se déclarent satisfaits"), figures.positive, board, "satisfaction", href, note)


def _share(label: str, share: Proportion, board: Board, key: str, href: str = "", note: str = "") -> Card:
    change = board.changes.of(key) if board.changes and key else None
    notes = ", ".join(part for part in (note, _faint(share.base)) if part)
    return Card(
        label, share.share, "%", share.low, share.high, share.base, notes, _trend(change), href if share.count else ""
    )


def _trend(change: Change | None) -> str:
    if change is None or not change.moved:
        return ""
    points = words.points_words(change.comparison.difference)
    return f"{points}, {words.same_sources()}" if change.narrowed else points


def _faint(base: int) -> str:
    return _("effectif faible") if is_faint(base) else ""
