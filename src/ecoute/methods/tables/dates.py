"""Reading dates as people and machines write them; day/month order is decided on the whole column."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache

from .naming import fold

EARLIEST = date(1990, 1, 1)  # before, nobody wrote on line to an administration: a mistake of the file
_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "janvier janv jan january",
            "fevrier fevr fev feb february",
            "mars mar march",
            "avril avr apr april",
            "mai may",
            "juin jun june",
            "juillet juil jul july",
            "aout aug august",
            "septembre sept sep september",
            "octobre oct october",
            "novembre nov november",
            "decembre dec december",
        ),
        start=1,
    )
    for name in names.split()
}
_ISO = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[T\s].*)?")
_SHORT = re.compile(r"(\d{1,2})[-/.\s](\d{1,2})[-/.\s](\d{4}|\d{2})(?:[T,\s].*)?")
_COMPACT = re.compile(r"(19|20)(\d\d)(0[1-9]|1[0-2])([0-3]\d)(?:T?\d{4,6})?")
_NUMBER = re.compile(r"\d{4,13}(?:[.,]\d+)?")
_DAY_FIRST = re.compile(r"(?:[a-z]+ )?(\d{1,2})(?:er|st|nd|rd|th)? (?:of )?([a-z]+) (\d{4}|\d\d)(?: .*)?")
_MONTH_FIRST = re.compile(r"(?:[a-z]+ )?([a-z]+) (\d{1,2})(?:st|nd|rd|th)? (\d{4})(?: .*)?")
_MONTH_ONLY = re.compile(r"([a-z]+) (\d{4})")
_EXCEL_EPOCH = date(1899, 12, 30)


class UnusableDateError(ValueError):
    """``code``: "unreadable_date", "impossible_date", "future_date", "too_old_date"."""

    def __init__(self, code: str, written: str) -> None:
        super().__init__(f"{code}: {written}")
        self.code = code
        self.written = written


@dataclass(frozen=True)
class DateReader:
    """``month_first``: 03/04 is the 4th of March in the column. ``serials``: bare numbers are a spreadsheet's days."""

    month_first: bool = False
    serials: bool = False

    @classmethod
    def deduce(cls, values: Iterable[str]) -> DateReader:
        """Looks at a sample of the column: one number above 12 in second place settles the order."""
        sample = [value.strip() for value in values if value.strip()]
        pairs = [(int(m[1]), int(m[2])) for value in sample if (m := _SHORT.fullmatch(value))]
        first_over, second_over = sum(a > 12 for a, _ in pairs), sum(b > 12 for _, b in pairs)
        bare = sum(1 for value in sample if _NUMBER.fullmatch(value) and not _COMPACT.fullmatch(value))
        return cls(month_first=second_over > first_over, serials=bare > 0.5 * max(1, len(sample)))

    def read(self, written: str, *, today: date | None = None) -> date:
        """Raises ``UnusableDateError``. A day after tomorrow (of ``today``) is refused: nobody has said it yet."""
        text = written.strip()
        found = _parse(text, self.month_first, self.serials)
        if found is None:
            raise UnusableDateError("unreadable_date", text)
        if found == date.min:
            raise UnusableDateError("impossible_date", text)
        if found < EARLIEST:
            raise UnusableDateError("too_old_date", text)
        if found > (today or datetime.now(UTC).date()) + timedelta(days=1):
            raise UnusableDateError("future_date", text)
        return found


@lru_cache(maxsize=20_000)
def _parse(text: str, month_first: bool, serials: bool) -> date | None:
    """None: no date at all; ``date.min``: written like a date, but no such day exists."""
    if match := _ISO.fullmatch(text):
        return _day(int(match[1]), int(match[2]), int(match[3]))
    if match := _COMPACT.fullmatch(text):
        return _day(int(match[1] + match[2]), int(match[3]), int(match[4]))
    if match := _SHORT.fullmatch(text):
        first, second = int(match[1]), int(match[2])
        # A number above 12 can only be the day, whatever the column's habit.
        swapped = second > 12 >= first or (month_first and first <= 12)
        day, month = (second, first) if swapped else (first, second)
        return _day(_full_year(match[3]), month, day)
    if _NUMBER.fullmatch(text):
        return _from_number(text, serials)
    return _in_words(fold(text))


def _in_words(text: str) -> date | None:
    if (match := _DAY_FIRST.fullmatch(text)) and match[2] in _MONTHS:
        return _day(_full_year(match[3]), _MONTHS[match[2]], int(match[1]))
    if (match := _MONTH_FIRST.fullmatch(text)) and match[1] in _MONTHS:
        return _day(int(match[3]), _MONTHS[match[1]], int(match[2]))
    if (match := _MONTH_ONLY.fullmatch(text)) and match[1] in _MONTHS:
        return _day(int(match[2]), _MONTHS[match[1]], 1)
    return None


def _from_number(text: str, serials: bool) -> date | None:
    number = float(text.replace(",", "."))
    if number >= 1e12:
        number /= 1000
    if number >= 6e8:
        return datetime.fromtimestamp(number, tz=UTC).date()
    return _EXCEL_EPOCH + timedelta(days=int(number)) if serials and 20_000 <= number < 80_000 else None


def _full_year(written: str) -> int:
    year = int(written)
    return year if year >= 100 else year + (2000 if year < 70 else 1900)


def _day(year: int, month: int, day: int) -> date:
    try:
        return date(year, month, day)
    except ValueError:
        return date.min


def looks_like_date(text: str) -> bool:
    """Written like a date, possible or not; bare numbers do not count."""
    stripped = text.strip()
    return (
        bool(stripped)
        and len(stripped) <= 60
        and not _NUMBER.fullmatch(stripped)
        and _parse(stripped, False, False) is not None
    )
