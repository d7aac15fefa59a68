"""Cutting physical lines into records: quotes, quoted line ends, stray quotes."""

from __future__ import annotations

import csv
import io
import re
from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache

MAX_LINES = 2_000  # a quoted cell longer than that is a quote somebody forgot to close
MAX_CHARACTERS = 2_000_000


@dataclass(slots=True)
class Cut:
    """The cells of one record (or piece of one), and the lines it covers. ``open_quote``: a quote was never closed."""

    line: int
    cells: list[str]
    raw: str
    open_quote: bool = False


@cache
def _unclosed(separator: str) -> re.Pattern[str]:
    """Matches a text whose last cell begins with a quote that is still open at its end."""
    sep = re.escape(separator)
    return re.compile(rf'(?:(?:"(?:[^"]|"")*+"[^{sep}\r\n]*+|[^{sep}"][^{sep}]*+|){sep})*+"(?:[^"]|"")*+\Z')


def cut_records(lines: Iterable[str], separator: str) -> Iterator[Cut]:
    """Physical lines with their ends → records. Line ends inside quotes are kept in the cell."""
    source = enumerate(lines, start=1)
    waiting: deque[tuple[int, str]] = deque()
    while True:
        number, text = waiting.popleft() if waiting else next(source, (0, ""))
        if not number:
            return
        if '"' not in text:
            yield Cut(number, text.rstrip("\r\n").split(separator), text)
            continue
        taken = _take_quoted(number, text, separator, waiting, source)
        yield _parse(number, taken, separator)


def _take_quoted(
    number: int, text: str, separator: str, waiting: deque[tuple[int, str]], source: Iterator[tuple[int, str]]
) -> str:
    """Adds lines until the quotes close; gives them all back when they never do."""
    pattern = _unclosed(separator)
    if not pattern.match(text):
        return text
    first, pieces, length, added = text, [text], len(text), []
    while len(pieces) < MAX_LINES and length < MAX_CHARACTERS:
        item = waiting.popleft() if waiting else next(source, None)
        if item is None:
            break
        added.append(item)
        pieces.append(item[1])
        length += len(item[1])
        if '"' in item[1] and not pattern.match("".join(pieces)):
            return "".join(pieces)
    waiting.extendleft(reversed(added))
    return first


def _parse(line: int, text: str, separator: str) -> Cut:
    body = text.rstrip("\r\n")
    if _unclosed(separator).match(text):
        return Cut(line, body.split(separator), text, open_quote=True)
    rows = list(csv.reader([body], delimiter=separator))
    if len(rows) == 1:
        return Cut(line, rows[0], text)
    return Cut(line, body.split(separator), text, open_quote=True)


csv.field_size_limit(MAX_CHARACTERS * 2)


def as_line(cells: Iterable[str], separator: str = "") -> str:
    """The cells as one record, quoted where they must be: ``cells_of`` gives them back. ";" when nothing separates."""
    made = io.StringIO()
    csv.writer(made, delimiter=separator or ";", lineterminator="").writerow(list(cells))
    return made.getvalue()


def cells_of(line: str, separator: str = "") -> list[str]:
    """The cells of what ``as_line`` made; whatever it can of another text. A broken one gives none."""
    try:
        found = list(csv.reader(io.StringIO(line, newline=""), delimiter=separator or ";"))
    except csv.Error:
        return []
    return found[0] if len(found) == 1 else []
