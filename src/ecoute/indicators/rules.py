"""From how many answers on may a figure be shown (thresholds of ``methods.statistics.disclosure``)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from ecoute.indicators.enums import Audience
from ecoute.methods.statistics import Proportion
from ecoute.methods.statistics.disclosure import FEW, NEVER, UNPUBLISHED

MARK_BASE: Final = 100  # no note out of ten under a hundred answers, as the State's own observatory
TREND_BASE: Final = 30  # both periods of a comparison need as many answers


@dataclass(frozen=True, slots=True)
class Disclosure:
    """Counts from 1 to ``minimum`` − 1 stay hidden. Zero hides nobody."""

    minimum: int

    def hides(self, count: int) -> bool:
        return 0 < count < self.minimum

    def shown(self, count: int) -> int | None:
        """The count, or None when it must stay hidden."""
        return None if self.hides(count) else count


def disclosure(audience: Audience = Audience.INTERNAL, *, criteria: int) -> Disclosure:
    """The rule for groups made by crossing ``criteria`` criteria (a service, a theme, a channel…; periods excepted).

    Inside the administration two criteria crossed hide fewer than 5; whatever is published hides fewer than 11.
    """
    if audience == Audience.PUBLICATION:
        return Disclosure(UNPUBLISHED)
    return Disclosure(NEVER if criteria >= 2 else 1)


def withheld(share: Proportion, rule: Disclosure, *, also: bool = False) -> Proportion:
    """The proportion, or its base alone when ``rule`` hides its count (``also``: when it would tell another)."""
    return Proportion(0, share.base, None, None, None) if also or rule.hides(share.count) else share


def is_withheld(share: Proportion) -> bool:
    """Whether ``withheld`` took the figure out: without it, a base always gives a share."""
    return share.share is None and share.base > 0


def is_faint(base: int) -> bool:
    """Whether a figure of this base must carry « effectif faible »."""
    return 0 < base < FEW
