"""Marks out of ten of « Je donne mon avis » and satisfaction rates.

Source of the formulas: the public code of the State's button, ``get-observatoire-stats.ts`` (July 2026). One thing
differs on purpose: where nobody answered, the State's pages show 0 and here there is no figure (None).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from math import sqrt

from .distributions import z_quantile
from .means import Mean, mean

THREE_SMILEYS: Mapping[str, float] = {"good": 10.0, "medium": 5.0, "bad": 0.0}
FIVE_LEVELS: Mapping[str, float] = {
    "very_good": 10.0,
    "good": 7.5,
    "medium": 5.0,
    "bad": 2.5,
    "very_bad": 0.0,
}


def mark_of(counts: Mapping[str, int], marks: Mapping[str, float]) -> Mean:
    """Mean mark of counted answers, with its deviation and interval. Unknown answers raise ``KeyError``."""
    base = sum(counts.values())
    if not base:
        return Mean(0, None, None, None, None)
    value = sum(marks[answer] * n for answer, n in counts.items()) / base
    if base == 1:
        return Mean(1, value, None, None, None)
    squares = sum(n * (marks[answer] - value) ** 2 for answer, n in counts.items())
    return mean(value, sqrt(squares / (base - 1)), base)


@dataclass(frozen=True, slots=True)
class Contact:
    """``reachability`` in 0–1, ``satisfaction`` and ``synthetic`` out of ten; None where nobody answered."""

    reachability: float | None
    satisfaction: float | None
    synthetic: float | None


def contact_marks(reached: int, not_reached: int, satisfaction: Mapping[str, int]) -> Contact:
    """The three figures about help. The unit is the pair (opinion, channel tried), not the person.

    In the synthetic mark those who reached nobody count 0.
    """
    tries = reached + not_reached
    answers = sum(satisfaction.values())
    total = sum(FIVE_LEVELS[answer] * n for answer, n in satisfaction.items())
    return Contact(
        reached / tries if tries else None,
        total / answers if answers else None,
        total / (answers + not_reached) if answers + not_reached else None,
    )


def autonomy(no_help_needed: int, people: int) -> float | None:
    """Ten times the share of people who needed no help."""
    return 10 * no_help_needed / people if people else None


def mark_level(mark: float | None) -> str | None:
    """``good`` from 8, ``medium`` from 5, ``bad`` below."""
    if mark is None:
        return None
    return "good" if mark >= 8 else "medium" if mark >= 5 else "bad"


def reachability_level(share: float | None) -> str | None:
    """``good`` from 85 %, ``medium`` from 70 %, ``bad`` below."""
    if share is None:
        return None
    return "good" if share >= 0.85 else "medium" if share >= 0.70 else "bad"


def net_satisfaction(satisfied: int, neutral: int, dissatisfied: int, *, confidence: float = 0.95) -> Mean:
    """Share satisfied − share dissatisfied (−1 to 1), neutral kept in the base.

    Variance of a variable worth +1, 0, −1: P + D − (P − D)². The interval is cut at −1 and 1.
    """
    base = satisfied + neutral + dissatisfied
    if not base:
        return Mean(0, None, None, None, None)
    up, down = satisfied / base, dissatisfied / base
    value = up - down
    deviation = sqrt(max(up + down - value * value, 0.0))
    half = z_quantile(confidence) * deviation / sqrt(base)
    return Mean(base, value, deviation, max(-1.0, value - half), min(1.0, value + half))
