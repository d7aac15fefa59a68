"""Periods offered in one click, counted back from the last words known."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.translation import gettext as _

from .filters import Filters


@dataclass(frozen=True, slots=True)
class Preset:
    label: str
    href: str
    current: bool


def presets_of(known: tuple[date, date] | None, filters: Filters, href: Callable[[Filters], str]) -> list[Preset]:
    """Everything, then the last months that do not hold everything. Nothing when no date is known."""
    if known is None:
        return []
    spans: list[tuple[str, date | None, date | None]] = [(_("Toute la période"), None, None)]
    for label, months in ((_("3 derniers mois connus"), 3), (_("12 derniers mois connus"), 12)):
        since = months_before(known[1], months)
        if since > known[0]:
            spans.append((label, since, known[1]))
    return [
        Preset(label, href(filters.with_(since=since, until=until)), (filters.since, filters.until) == (since, until))
        for label, since, until in spans
    ]


def months_before(day: date, months: int) -> date:
    """The first day of the ``months`` months that end on ``day``."""
    number = day.year * 12 + day.month - 1 - months
    year, month = divmod(number, 12)
    last = monthrange(year, month + 1)[1]
    return date(year, month + 1, min(day.day, last)) + timedelta(days=1)
