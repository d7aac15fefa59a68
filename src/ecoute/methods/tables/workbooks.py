"""Spreadsheets (XLSX, ODS, XLS) through calamine: cells typed, title rows left out, several sheets."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator, Sequence
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

from python_calamine import CalamineWorkbook

from .layout import is_header
from .model import Reject, Row, Table, TableError
from .naming import name_columns

MAX_UNPACKED = 2 * 1024**3  # bytes of XML: more would not be a spreadsheet that people made


def open_workbook(file: Path, kind: str, sheet: str | None) -> Table:
    """The sheet named, or the one with the most cells filled."""
    _refuse_bombs(file, kind)
    try:
        book = CalamineWorkbook.from_path(str(file))
        names: list[str] = book.sheet_names
        if sheet is not None and sheet not in names:
            raise TableError("no_sheet", ", ".join(names))
        grids = {
            name: book.get_sheet_by_name(name).to_python(skip_empty_area=False)
            for name in ([sheet] if sheet else names)
        }
    except TableError:
        raise
    except Exception as error:  # calamine raises a class of its own for each format
        raise TableError("encrypted" if "password" in str(error).lower() else "unreadable", str(error)) from error
    chosen = max(grids, key=lambda name: _filled(grids[name]), default="")
    if not chosen or not _filled(grids[chosen]):
        raise TableError("empty")
    table = _table_of(grids[chosen], kind)
    table.sheet, table.sheets = chosen, names
    return table


def _refuse_bombs(file: Path, kind: str) -> None:
    if kind != "xls":
        with zipfile.ZipFile(file) as archive:
            if sum(info.file_size for info in archive.infolist()) > MAX_UNPACKED:
                raise TableError("too_large")


def _filled(grid: Sequence[Sequence[Any]]) -> int:
    return sum(1 for row in grid[:2_000] for cell in row if cell not in ("", None)) + max(0, len(grid) - 2_000)


def _table_of(grid: list[list[Any]], kind: str) -> Table:
    width = max((_last(row) for row in grid), default=0)
    filled = [_last(row) and sum(1 for cell in row if cell not in ("", None)) for row in grid[:50]]
    start = next((i for i, count in enumerate(filled) if count >= max(1, width * 0.5)), 0)
    first = [to_text(cell) for cell in grid[start][:width]]
    below = [[to_text(cell) for cell in row[:width]] for row in grid[start + 1 : start + 200]]
    has_header = is_header(first, below)
    columns = name_columns(first if has_header else [""] * width)
    begin = start + (1 if has_header else 0)

    def read(table: Table) -> Iterator[Row | Reject]:
        for position in range(begin, len(grid)):
            table.position = position
            cells = [to_text(cell) for cell in grid[position][:width]]
            cells += [""] * (width - len(cells))
            if any(cells):
                yield Row(position + 1, dict(zip(columns, cells, strict=True)))
        table.position = table.size

    notes = [note for note, true in (("preamble", start > 0), ("no_header", not has_header)) if true]
    return Table(kind, columns, read, size=len(grid), notes=notes)


def _last(row: Sequence[Any]) -> int:
    return max((i for i, cell in enumerate(row, start=1) if cell not in ("", None)), default=0)


def to_text(value: Any) -> str:
    """A typed cell as it would be written: whole numbers without a point, dates in ISO form."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "1" if value else "0"
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat(timespec="minutes")
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, timedelta):
        return str(value)
    return str(value)
