"""From how many verbatims on something may be shown, and when one may say that nobody had said it before."""

from __future__ import annotations

from typing import Final

from ecoute.methods.statistics.disclosure import NEVER

SMALLEST: Final = 3  # verbatims a reader may read for a group to be shown to them
SHARE_BASE: Final = 11  # answers behind a share of dissatisfied people
EARLIER: Final = 30  # dated verbatims before the first, for « nobody had said it »
CHANCE: Final = 0.05  # probability, at the rate seen since, that earlier silence is chance


def smallest(*, filtered: bool) -> int:
    """A group crossed with a filter is a crossing of two criteria: the general threshold holds."""
    return NEVER if filtered else SMALLEST


def is_new(count: int, since: int, before: int) -> bool:
    """Whether silence before the first word tells something: ``count`` verbatims among ``since`` dated from the first
    one on, none among the ``before`` dated earlier.

    At the rate seen since (the first one apart: it chose the date), the silence must have a probability under
    ``CHANCE``: (1 − rate)^before.
    """
    if before < EARLIER or since < 2 or count < SMALLEST:
        return False
    rate = (count - 1) / (since - 1)
    return bool((1 - rate) ** before < CHANCE)
