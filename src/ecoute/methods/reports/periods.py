"""Cutting time so that each piece holds enough words."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from statistics import median

GRAINS = ("month", "quarter", "year")
MOST_PERIODS, ENOUGH = 36, 11


def start_of(day: date, grain: str) -> date:
    """The first day of the month, quarter or year of ``day``."""
    if grain == "year":
        return date(day.year, 1, 1)
    month = day.month if grain == "month" else (day.month - 1) // 3 * 3 + 1
    return date(day.year, month, 1)


def next_start(start: date, grain: str) -> date:
    """The first day of the following period."""
    months = {"month": 1, "quarter": 3, "year": 12}[grain]
    place = start.year * 12 + start.month - 1 + months
    return date(place // 12, place % 12 + 1, 1)


def all_starts(first: date, last: date, grain: str) -> list[date]:
    """Every period from the one of ``first`` to the one of ``last``, empty ones too."""
    starts = [start_of(first, grain)]
    while (following := next_start(starts[-1], grain)) <= last:
        starts.append(following)
    return starts


def grain_for(days: Sequence[date]) -> str:
    """The finest grain whose periods hold, in the middle case, enough verbatims and are not too many."""
    for grain in GRAINS:
        starts = all_starts(min(days), max(days), grain)
        counts = dict.fromkeys(starts, 0)
        for day in days:
            counts[start_of(day, grain)] += 1
        if len(starts) <= MOST_PERIODS and median(counts.values()) >= ENOUGH:
            return grain
    return "year"
