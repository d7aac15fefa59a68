"""The figures of a report: frozen records, no text of the page, no picture. ``tally.py`` fills them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from ecoute.methods.statistics import Comparison, Lift, Proportion, Visibility

from .entries import SetAside, Source


@dataclass(frozen=True)
class Quote:
    """An excerpt of a masked text: ``parts`` are (words, are they the evidence?), with where it comes from."""

    parts: tuple[tuple[str, bool], ...]
    line: int
    said_on: date | None
    service: str
    polarity: str
    language: str

    @property
    def text(self) -> str:
        return "".join(words for words, _ in self.parts)


@dataclass(frozen=True)
class Sides:
    """Counts of the three polarities, neutral apart."""

    negative: int = 0
    neutral: int = 0
    positive: int = 0

    @property
    def base(self) -> int:
        return self.negative + self.neutral + self.positive


@dataclass(frozen=True)
class ThemeFigure:
    """A theme of the codebook: in how many verbatims (once each), with which polarity, and exemplary quotes.

    ``sides`` counts verbatims by what they say of this theme (both good and bad: neutral). ``irritants``, ``praises``
    and ``expectations`` count the verbatims where one segment at least has that nature.
    """

    slug: str
    label: str
    root: str
    definition: str
    mentions: Proportion
    sides: Sides
    irritants: int
    praises: int
    expectations: int
    quotes: tuple[Quote, ...] = ()


@dataclass(frozen=True)
class Voices:
    """What is complained about, praised or asked for: verbatims concerned, themes in order, quotes."""

    verbatims: Proportion
    themes: tuple[tuple[str, int], ...]  # label, verbatims
    without_theme: int
    quotes: tuple[Quote, ...]


@dataclass(frozen=True)
class GroupFigure:
    """A service or a channel. ``comparison`` is with all the others, its p corrected for their number (Holm)."""

    name: str
    base: int
    sides: Sides
    negative: Proportion
    visibility: Visibility
    comparison: Comparison | None = None


@dataclass(frozen=True)
class PeriodFigure:
    start: date
    base: int
    negative: Proportion
    visibility: Visibility


@dataclass(frozen=True)
class Timeline:
    """``grain``: ``month``, ``quarter`` or ``year``; ``change`` compares from ``middle`` on with before."""

    grain: str
    periods: tuple[PeriodFigure, ...]
    middle: date | None
    change: Comparison | None


@dataclass(frozen=True)
class Grid:
    """Share of the verbatims of a service (column) that mention a theme (row); hidden cells hold None."""

    themes: tuple[str, ...]
    services: tuple[str, ...]
    bases: tuple[int, ...]
    cells: Mapping[tuple[int, int], Proportion | None]


@dataclass(frozen=True)
class Declared:
    """What authors declared, and beside what the machine read: ``table[declared][read]`` counts.

    Cells of ``hidden`` (under 5, and those that would give them away) may not be shown.
    """

    sides: Sides
    table: tuple[tuple[int, int, int], ...]
    agreement: Proportion
    kappa: float | None
    hidden: frozenset[tuple[int, int]] = frozenset()


@dataclass(frozen=True)
class Subject:
    """A subject found by the machine, to be checked by a person."""

    name: str
    phrases: tuple[str, ...]
    count: int
    cohesion: float
    quotes: tuple[Quote, ...]


@dataclass(frozen=True)
class DuplicateGroup:
    lines: tuple[int, ...]
    quote: Quote


@dataclass(frozen=True)
class Figures:
    """Everything a report says, for ``analysed`` verbatims."""

    source: Source
    analysed: int
    set_aside: tuple[SetAside, ...]
    first_day: date | None
    last_day: date | None
    dated: int
    languages: tuple[tuple[str, int], ...]
    masked: tuple[tuple[str, int], ...]
    sides: Sides
    declared: Declared | None
    natures: tuple[tuple[str, int], ...]
    themes: tuple[ThemeFigure, ...]
    coded: Proportion
    irritants: Voices
    praises: Voices
    expectations: Voices
    services: tuple[GroupFigure, ...]
    channels: tuple[GroupFigure, ...]
    grid: Grid | None
    timeline: Timeline | None
    together: tuple[Lift, ...]
    duplicates: tuple[DuplicateGroup, ...]
    duplicate_groups: int
    duplicated: int
    subjects: tuple[Subject, ...]
    phrases: tuple[tuple[str, int], ...]
    engines: tuple[tuple[str, str], ...]
    codebook: str
