"""Figures of the whole that are too small to be told, taken out before anybody freezes or prints them."""

from __future__ import annotations

from dataclasses import replace

from ecoute.indicators.queries.changes import Changes
from ecoute.indicators.queries.dashboard import Board, Headlines
from ecoute.indicators.queries.satisfaction import Satisfaction
from ecoute.indicators.rules import Disclosure, is_withheld, withheld
from ecoute.methods.statistics import suppress_list


def board_within(board: Board, rule: Disclosure) -> Board:
    """The board whose headlines and comparisons obey ``rule``, as its rankings and crossings do already."""
    found = headlines_within(board.headlines, rule)
    return replace(board, headlines=found, changes=_changes_within(board.changes, found, rule))


def headlines_within(top: Headlines, rule: Disclosure) -> Headlines:
    return Headlines(
        satisfaction=_satisfaction_within(top.satisfaction, rule),
        irritant=withheld(top.irritant, rule),
        expectation=withheld(top.expectation, rule),
        praise=withheld(top.praise, rule),
        uncoded=withheld(top.uncoded, rule),
    )


def _satisfaction_within(figures: Satisfaction, rule: Disclosure) -> Satisfaction:
    """The three kinds add up to a base that is told: a small one hides with another, and with the mark."""
    shares = (figures.positive, figures.neutral, figures.negative)
    hidden = suppress_list([share.count for share in shares], threshold=rule.minimum)
    positive, neutral, negative = (withheld(share, rule, also=i in hidden) for i, share in enumerate(shares))
    return Satisfaction(positive, neutral, negative, mark=None if hidden else figures.mark)


def _changes_within(changes: Changes | None, top: Headlines, rule: Disclosure) -> Changes | None:
    if changes is None:
        return None
    rows = tuple(
        row
        for row in changes.rows
        if not rule.hides(row.now.count)
        and not rule.hides(row.before.count)
        and not (row.key == "satisfaction" and is_withheld(top.satisfaction.positive))
    )
    return replace(changes, rows=rows) if rows or not changes.rows else None
