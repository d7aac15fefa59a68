"""CSV that spreadsheets open safely."""

import csv
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


class _Echo:
    """A file that gives back what is written, so that lines can be streamed."""

    def write(self, line: str) -> str:
        return line


def csv_lines(header: Sequence[str], rows: Iterable[Sequence[Any]]) -> Iterator[str]:
    """Lines of a CSV for French spreadsheets: UTF-8 with its mark, semicolons, no cell that runs as a formula."""
    writer = csv.writer(_Echo(), delimiter=";")
    yield "\ufeff"
    yield writer.writerow(header)
    for row in rows:
        yield writer.writerow([inert(cell) for cell in row])


def inert(cell: Any) -> Any:
    """A text that a spreadsheet would run is quoted with an apostrophe (OWASP: CSV injection); others are unchanged."""
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(FORMULA_STARTS) else cell
