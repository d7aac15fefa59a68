"""Numbers, shares and dates as the reader writes them. ``None`` is always « — », never zero."""

import datetime as dt
from decimal import Decimal
from typing import Any

from django.utils import formats, timezone, translation

from ecoute.methods.charts.locales import Locale, locale_for

NONE = "—"


def reader_locale() -> Locale:
    """The number formats of the language in force."""
    return locale_for(translation.get_language() or "fr")


def number(value: Any, digits: int | None = None) -> str:
    """1234.5 → « 1 234,5 » (narrow no-break space, comma). ``digits`` fixes the decimals; words pass unchanged."""
    if value is None or value == "":
        return NONE
    if isinstance(value, bool) or not isinstance(value, int | float | Decimal):
        return str(value)
    if isinstance(value, int) and not digits:
        return reader_locale().integer(value)
    return reader_locale().number(float(value), 1 if digits is None else digits)


def percent(share: Any, digits: int = 0) -> str:
    """A share from 0 to 1 as « 12 % »; a tiny one is « < 1 % »."""
    if share is None or share == "":
        return NONE
    return reader_locale().share(float(share), digits)


def long_date(value: Any) -> str:
    """« mardi 19 mai 2026 », « vendredi 1er mai 2026 »; in English “Tuesday 19 May 2026”."""
    day = _day(value)
    if day is None:
        return NONE
    first = "er" if day.day == 1 and reader_locale().code == "fr" else ""
    return f"{formats.date_format(day, 'l j')}{first} {formats.date_format(day, 'F Y')}"


def short_date(value: Any) -> str:
    """« 19 mai 2026 », for tables and provenance lines."""
    day = _day(value)
    if day is None:
        return NONE
    first = "er" if day.day == 1 and reader_locale().code == "fr" else ""
    return f"{day.day}{first} {formats.date_format(day, 'F Y')}"


def long_moment(value: dt.datetime | None) -> str:
    """« mardi 19 mai 2026 à 14 h 05 »; in English “Tuesday 19 May 2026 at 14:05”."""
    if value is None:
        return NONE
    local = timezone.localtime(value) if timezone.is_aware(value) else value
    french = reader_locale().code == "fr"
    hour = f"à {local.hour} h {local.minute:02d}" if french else f"at {local.hour}:{local.minute:02d}"
    return f"{long_date(local)} {hour}"


def _day(value: Any) -> dt.date | None:
    if isinstance(value, dt.datetime):
        return (timezone.localtime(value) if timezone.is_aware(value) else value).date()
    if isinstance(value, dt.date):
        return value
    if isinstance(value, str) and value:
        try:
            return dt.date.fromisoformat(value[:10])
        except ValueError:
            return None
    return None
