"""What a file gave: its usable rows as entries, what was set aside, and how it was read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date


@dataclass(frozen=True, slots=True)
class Entry:
    """One row with words in it. ``satisfaction`` is what its author declared: ``negative``, ``neutral``, ``positive``
    or empty; ``key`` is its place in the file, ``line`` the line where it begins."""

    key: str
    line: int
    text: str
    title: str = ""
    said_on: date | None = None
    service: str = ""
    channel: str = ""
    place: str = ""
    satisfaction: str = ""
    language: str = ""

    @property
    def body(self) -> str:
        """The text to analyse: the title, a line feed, the text."""
        return f"{self.title}\n{self.text}" if self.title else self.text


@dataclass(frozen=True, slots=True)
class SetAside:
    """A row that could not be used: its line, a stable code (``empty-text``, ``short_row``…), a detail for people."""

    line: int
    reason: str
    detail: str = ""


@dataclass(frozen=True)
class Source:
    """The file: its name, how it was read, which column played which part, how many rows it has."""

    name: str
    format: str = ""
    encoding: str = ""
    separator: str = ""
    sheet: str = ""
    columns: Mapping[str, str] = field(default_factory=dict)
    rows: int = 0
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Reading:
    source: Source
    entries: tuple[Entry, ...]
    set_aside: tuple[SetAside, ...] = ()
