"""Scales: from a figure to a place, and the round numbers an axis should say."""

from __future__ import annotations

from dataclasses import dataclass
from math import floor, log10

from .locales import Locale


@dataclass(frozen=True)
class Scale:
    """Linear: ``low``..``high`` of the figures to ``start``..``end`` of the drawing."""

    low: float
    high: float
    start: float
    end: float

    def __call__(self, value: float) -> float:
        span = self.high - self.low
        return self.start + (value - self.low) / span * (self.end - self.start) if span else self.start


def step_for(span: float, wanted: int = 4) -> float:
    """The step among 1, 2, 2.5, 5 × a power of ten that gives about ``wanted`` intervals."""
    if span <= 0:
        return 1.0
    power: float = 10.0 ** floor(log10(span / wanted))
    return next(m * power for m in (1, 2, 2.5, 5, 10) if m * power >= span / wanted)


def ticks(low: float, high: float, wanted: int = 4) -> list[float]:
    """Round figures from the step at or below ``low`` to the one at or above ``high``."""
    step = step_for(high - low, wanted)
    first = floor(low / step + 1e-9)
    count = first
    values = []
    while True:
        values.append(round(count * step, 10))
        if values[-1] >= high - 1e-9:
            return values
        count += 1


def written(value: float | None, unit: str, locale: Locale) -> str:
    """A figure in its unit: ``share`` (0–1), ``count`` (whole) or ``mark`` (one decimal)."""
    if unit == "share":
        return locale.share(value)
    return locale.number(value, 1) if unit == "mark" else locale.integer(value)


def ranged(low: float | None, high: float | None, unit: str, locale: Locale) -> str:
    """An interval in its unit."""
    if unit == "share":
        return locale.interval(low, high)
    if low is None or high is None:
        return locale.none
    return f"{written(low, unit, locale)}–{written(high, unit, locale)}"
