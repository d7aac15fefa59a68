"""What stands beside every figure: how many, when, from where, and what must be known before reading."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from ecoute.indicators.queries.periods import Span
from ecoute.indicators.rules import is_faint
from ecoute.verbatims.facade import Filters, Selection


@dataclass(frozen=True, slots=True)
class SourceNote:
    """A source present behind the figures: the licence to quote and the warning to show."""

    name: str
    attribution: str
    caveat: str
    slug: str = ""


@dataclass(frozen=True, slots=True)
class Frame:
    """``known``: from the first to the last dated words counted. ``asked``: the period chosen, None for everything.

    ``undated``: words without a date, which no series can show (0 too when they are too few to be told).
    """

    base: int
    known: Span | None
    asked: Span | None
    notes: tuple[SourceNote, ...]
    undated: int = 0

    @property
    def faint(self) -> bool:
        return is_faint(self.base)

    @property
    def caveats(self) -> tuple[str, ...]:
        """What the sources warn about."""
        return tuple(note.caveat for note in self.notes if note.caveat)

    def name_of(self, source: str) -> str:
        """The name of a source present behind the figures, by its slug."""
        return next((note.name for note in self.notes if note.slug == source), source)

    @property
    def since(self) -> date | None:
        return self.asked.since if self.asked else self.known.since if self.known else None

    @property
    def until(self) -> date | None:
        return self.asked.until if self.asked else self.known.until if self.known else None

    @property
    def span(self) -> Span | None:
        return Span(self.since, self.until) if self.since and self.until else None


SUB_GROUPS = (
    "services", "themes", "natures", "polarities", "channels", "places", "speakers", "sources", "satisfactions",
    "languages", "words", "meaning", "like",
)  # fmt: skip


def criteria_of(filters: Filters) -> int:
    """How many criteria other than the period narrow these filters."""
    return sum(bool(getattr(filters, name)) for name in SUB_GROUPS)


def known_span(selection: Selection) -> Span | None:
    """From the first to the last date said."""
    period = selection.period()
    return Span(*period) if period else None


def asked_span(filters: Filters, known: Span | None) -> Span | None:
    """The period the filters name; an open end is closed by what is known. None when no period is named."""
    if not filters.since and not filters.until:
        return None
    since = filters.since or (known.since if known else None)
    until = filters.until or (known.until if known else None)
    return Span(since, until) if since and until and since <= until else None
