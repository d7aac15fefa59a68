"""Which periods a series has: as short as the counts allow, and the one before to compare with."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from ecoute.indicators.enums import Grain

EXPECTED = 5  # answers of the rarer kind expected in each period
MOST_POINTS = 36  # a longer series is drawn by longer periods


@dataclass(frozen=True, slots=True)
class Span:
    """Both ends included."""

    since: date
    until: date

    @property
    def days(self) -> int:
        return (self.until - self.since).days + 1


def grain_for(span: Span, rarest: int) -> Grain:
    """The shortest grain whose periods hold five answers of the rarer kind on average (``rarest`` in the whole span).

    A share needs five expected on both sides for its interval and its tests to hold; weeks never reach it here.
    """
    for grain in (Grain.MONTH, Grain.QUARTER):
        count = len(periods_of(span, grain))
        if count <= MOST_POINTS and rarest >= EXPECTED * count:
            return grain
    return Grain.YEAR


def periods_of(span: Span, grain: Grain) -> list[str]:
    """Keys of the periods from first to last, none left out: « 2023-05 », « 2023-Q2 », « 2023 »."""
    if grain is Grain.YEAR:
        return [str(year) for year in range(span.since.year, span.until.year + 1)]
    months = range(_month_number(span.since), _month_number(span.until) + 1)
    keys = (key_of(date(number // 12, number % 12 + 1, 1), grain) for number in months)
    return list(dict.fromkeys(keys))


def key_of(day: date, grain: Grain) -> str:
    """The key of the period that holds the day."""
    if grain is Grain.YEAR:
        return str(day.year)
    if grain is Grain.QUARTER:
        return f"{day.year}-Q{(day.month + 2) // 3}"
    return f"{day.year}-{day.month:02}"


def span_of_key(key: str) -> Span:
    """First and last day of a period."""
    year, _, rest = key.partition("-")
    first = 1 if not rest else 3 * int(rest[1:]) - 2 if rest.startswith("Q") else int(rest)
    months = 12 if not rest else 3 if rest.startswith("Q") else 1
    start = date(int(year), first, 1)
    return Span(start, months_later(start, months) - timedelta(days=1))


def months_later(day: date, months: int) -> date:
    """The same day some months later (earlier when negative), or the last day of a shorter month."""
    number = _month_number(day) + months
    year, month = number // 12, number % 12 + 1
    last = date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)
    return date(year, month, min(day.day, last.day))


def _month_number(day: date) -> int:
    return day.year * 12 + day.month - 1


def last_months(last: date, months: int) -> Span:
    """The months that end on the day of the last words known, not on today: data may be old."""
    return Span(months_later(last, -months) + timedelta(days=1), last)


def previous(span: Span) -> Span:
    """The period of the same length just before: whole months before whole months, else as many days."""
    day_after = span.until + timedelta(days=1)
    months = _month_number(day_after) - _month_number(span.since)
    if months > 0 and day_after == months_later(span.since, months):
        return Span(months_later(span.since, -months), span.since - timedelta(days=1))
    return Span(span.since - timedelta(days=span.days), span.since - timedelta(days=1))


def compared(asked: Span | None, known: Span) -> tuple[Span, Span]:
    """Now and before: the period asked for and the one before, else the last twelve months known and those before."""
    now = asked or last_months(known.until, 12)
    return now, previous(now)


def cut(keys: Sequence[str], span: Span) -> list[str]:
    """The periods that touch the span."""
    return [key for key in keys if span_of_key(key).until >= span.since and span_of_key(key).since <= span.until]
