"""Satisfaction as people declared it: never guessed from their words, and neutral kept apart."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from ecoute.indicators.rules import MARK_BASE
from ecoute.methods.statistics import THREE_SMILEYS, Mean, Proportion, mark_of, proportion

SMILEYS = {"positive": "good", "neutral": "medium", "negative": "bad"}


@dataclass(frozen=True, slots=True)
class Satisfaction:
    """Shares of those who declared something. ``mark`` (out of ten) only from a hundred answers on."""

    positive: Proportion
    neutral: Proportion
    negative: Proportion
    mark: Mean | None

    @property
    def base(self) -> int:
        return self.positive.base


def satisfaction_of(counts: Mapping[str, int]) -> Satisfaction:
    """From counts by declared satisfaction; « unknown » and anything else stay out of the base."""
    known = {kind: counts.get(kind, 0) for kind in SMILEYS}
    base = sum(known.values())
    mark = mark_of({SMILEYS[kind]: n for kind, n in known.items()}, THREE_SMILEYS) if base >= MARK_BASE else None
    shares = {kind: proportion(n, base) for kind, n in known.items()}
    return Satisfaction(**shares, mark=mark)
