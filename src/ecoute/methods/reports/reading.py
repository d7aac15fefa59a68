"""From a file to entries, through the readers of ``ecoute.methods.tables``."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from ecoute.methods.tables import Field, Mapping, Record, RecordReader, Table, guess_columns, open_table

from .entries import Entry, Reading, SetAside, Source

Progress = Callable[[str, float, float], None]  # step, done, total

PARTS = {
    "text": Field.TEXT,
    "title": Field.TITLE,
    "date": Field.DATE,
    "service": Field.SERVICE,
    "channel": Field.CHANNEL,
    "satisfaction": Field.SATISFACTION,
}


class NoTextError(ValueError):
    """No column holds sentences; ``columns`` are those of the file."""

    def __init__(self, columns: list[str]) -> None:
        super().__init__(f"no text column among: {', '.join(columns)}")
        self.columns = columns


class UnknownColumnError(ValueError):
    """A column was asked for that the file does not have; ``columns`` are those of the file."""

    def __init__(self, column: str, columns: list[str]) -> None:
        super().__init__(f"no column {column!r} among: {', '.join(columns)}")
        self.column, self.columns = column, columns


def read_file(
    path: Path, *, sheet: str | None = None, chosen: dict[str, str] | None = None, progress: Progress | None = None
) -> Reading:
    """Read a tabular file whole. ``chosen`` gives the column of some parts (``text``, ``date``, ``service``…), the
    others are guessed.

    Raises ``NoTextError``, ``UnknownColumnError``, ``ecoute.methods.tables.TableError`` or ``OSError``.
    """
    table = open_table(path, sheet=sheet)
    mapping = _mapping(table, chosen or {})
    if not mapping.columns(Field.TEXT):
        raise NoTextError(table.columns)
    entries: list[Entry] = []
    aside: list[SetAside] = []
    lines: set[int] = set()
    for item in RecordReader(table, mapping).records():
        lines.add(item.line)
        if isinstance(item, Record):
            entries.append(_entry(item, len(entries)))
        else:
            aside.append(SetAside(item.line, item.reason, item.detail))
        if progress and len(lines) % 200 == 0:
            progress("reading", table.position, table.size)
    if progress:
        progress("reading", table.size or 1, table.size or 1)
    return Reading(_source(path, table, mapping, len(lines)), tuple(entries), tuple(aside))


def _mapping(table: Table, chosen: dict[str, str]) -> Mapping:
    mapping = guess_columns(table)
    for part, column in chosen.items():
        if column not in table.columns:
            raise UnknownColumnError(column, table.columns)
        if part == "text":  # what was guessed as text gives way to what was asked for
            for former in mapping.columns(Field.TEXT):
                mapping = mapping.with_column(former, Field.EXTRA)
        mapping = mapping.with_column(column, PARTS[part])
    return mapping


def _entry(record: Record, rank: int) -> Entry:
    return Entry(
        key=str(rank),
        line=record.line,
        text=record.text,
        title=record.title,
        said_on=record.said_on or record.received_on,
        service=record.services[0] if record.services else "",
        channel=record.channel,
        place=record.region or record.departement,
        satisfaction=record.satisfaction,
        language=record.language,
    )


def _source(path: Path, table: Table, mapping: Mapping, rows: int) -> Source:
    columns = {part: ", ".join(mapping.columns(wanted)) for part, wanted in PARTS.items() if mapping.columns(wanted)}
    return Source(
        path.name, table.format, table.encoding, table.separator, table.sheet, columns, rows, tuple(table.notes)
    )
