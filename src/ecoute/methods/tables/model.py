"""What a table is, whatever file it comes from."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field


class TableError(Exception):
    """A file that cannot be read as a table at all.

    ``code``: "empty", "binary", "encrypted", "too_large", "several_files", "no_sheet" or "unreadable".
    """

    def __init__(self, code: str, detail: str = "") -> None:
        super().__init__(f"{code}: {detail}" if detail else code)
        self.code = code
        self.detail = detail


@dataclass(frozen=True, slots=True)
class Row:
    """One record: the line where it begins (from 1, as an editor counts) and its cells, every column present."""

    line: int
    values: dict[str, str]


@dataclass(frozen=True, slots=True)
class Reject:
    """A record that cannot be trusted: ``reason`` is a code ("short_row", "long_row", "broken_quote", …)."""

    line: int
    reason: str
    detail: str = ""
    raw: str = ""


@dataclass
class Table:
    """A tabular file, read again from the start at each iteration, in constant memory where its format allows.

    ``size`` and ``position`` are in bytes (or rows for formats read whole): their ratio is the progress of the reading.
    ``notes`` are codes of what was mended while reading ("mojibake", "preamble", "no_header", "mixed_encoding").
    """

    format: str
    columns: list[str]
    reader: Callable[[Table], Iterator[Row | Reject]]
    encoding: str = ""
    separator: str = ""
    sheet: str = ""
    sheets: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    size: int = 0
    position: int = 0

    def records(self) -> Iterator[Row | Reject]:
        """Rows and rejects in the order of the file."""
        self.position = 0
        return self.reader(self)

    def __iter__(self) -> Iterator[Row]:
        return (record for record in self.records() if isinstance(record, Row))

    def head(self, count: int) -> list[Row]:
        """The first ``count`` good rows."""
        rows: list[Row] = []
        for row in self:
            rows.append(row)
            if len(rows) >= count:
                break
        return rows
