"""How a delimited file is laid out: separator, header, number of columns, habits of its records."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from .lines import Cut, cut_records
from .naming import fold, name_columns

SEPARATORS = (";", ",", "\t", "|")
ALONE = "\x1f"  # one column: nothing separates (the ASCII sign that nobody types)
_NUMBER = re.compile(r"\d+")
_TYPED = re.compile(r"[\s\d.,:/+%€-]*\d[\s\d.,:/+%€TZ-]*|[^@\s]+@[^@\s]+\.\w+|https?://\S+")
_YEAR = re.compile(r"(19|20)\d\d")
_TEXT_NAMES = frozenset(
    [
        "texte",
        "text",
        "verbatim",
        "verbatims",
        "commentaire",
        "commentaires",
        "comment",
        "comments",
        "avis",
        "message",
        "description",
        "reponse",
        "titre",
        "title",
    ]
)


@dataclass(frozen=True)
class Layout:
    """``preamble``: records before the header; ``numbered``: nearly every record begins with a number;
    ``pads``: this file leaves out empty cells at the end of its records."""

    separator: str
    columns: list[str]
    preamble: int
    has_header: bool
    numbered: bool
    pads: bool


def detect_layout(lines: Sequence[str], separator: str | None = None) -> Layout:
    """``lines``: the first physical lines with their ends."""
    best = separator or _best_separator(lines)
    cuts = [cut for cut in cut_records(lines, best) if any(cell.strip() for cell in cut.cells)]
    width = _width(cuts)
    first = next((i for i, cut in enumerate(cuts) if _could_begin(cut, width)), 0)
    body = cuts[first:]
    has_header = bool(body) and is_header(body[0].cells, [cut.cells for cut in body[1:]])
    cells = body[0].cells if body else []
    header = _without_empty_end(cells) if has_header else [""] * max(width, len(cells))
    rest = body[1:] if has_header else body
    numbered = _is_numbered(rest, len(header))
    return Layout(best, name_columns(header), first, has_header, numbered, not numbered and _pads(rest, len(header)))


def _best_separator(lines: Sequence[str]) -> str:
    fitness = {candidate: _fitness(lines, candidate) for candidate in SEPARATORS}
    best = max(SEPARATORS, key=lambda candidate: fitness[candidate])
    return best if fitness[best] > 0 else ALONE


def _fitness(lines: Sequence[str], separator: str) -> float:
    """Columns × regularity: the separator that cuts the sample into many records of the same width."""
    counts = Counter(len(cut.cells) for cut in cut_records(lines[:300], separator) if cut.cells != [""])
    wide = {width: n for width, n in counts.items() if width > 1}
    if not wide:
        return 0.0
    width, n = max(wide.items(), key=lambda item: (item[1] * min(item[0], 6), item[0]))
    header = next((cut.cells for cut in cut_records(lines[:1], separator)), [])
    named = len(header) == width or (len(header) > width and all(len(cell) < 80 for cell in header))
    if not named and n < 0.6 * sum(counts.values()):
        return 0.0  # commas and semicolons of sentences
    return float(n / sum(counts.values()) * min(width, 12) ** 0.5 + (0.5 if named else 0.0))


def _width(cuts: Sequence[Cut]) -> int:
    counts = Counter(len(cut.cells) for cut in cuts)
    common = max(counts.items(), key=lambda item: (item[1] * min(item[0], 3), item[0]))[0] if counts else 0
    head = len(_without_empty_end(cuts[0].cells)) if cuts else 0
    # A header wider than the records: they leave out empty cells, or are broken; the header is right.
    return max(common, head)


def _could_begin(cut: Cut, width: int) -> bool:
    filled = sum(1 for cell in cut.cells if cell.strip())
    return len(cut.cells) >= max(1, width - 1) and filled >= max(1, width * 0.5)


def _without_empty_end(cells: Sequence[str]) -> list[str]:
    kept = list(cells)
    while len(kept) > 1 and not kept[-1].strip():
        kept.pop()
    return kept


def is_header(first: Sequence[str], rest: Sequence[Sequence[str]]) -> bool:
    """A header names things: no numbers, dates or addresses where the records have them, no long tales."""
    cells = [cell.strip() for cell in first]
    if any(len(cell) > 220 and not cell.endswith(("?", ":")) for cell in cells):
        return False
    typed = [i for i, cell in enumerate(cells) if cell and _TYPED.fullmatch(cell) and not _YEAR.fullmatch(cell)]
    if any(_column_is_typed(rest, i) for i in typed) or len(typed) * 2 > len(cells):
        return False
    if len(cells) == 1:
        return _lone_header(cells[0], [row[0] for row in rest if row])
    return True


def _column_is_typed(rows: Sequence[Sequence[str]], position: int) -> bool:
    filled = [row[position].strip() for row in rows if position < len(row) and row[position].strip()]
    return bool(filled) and sum(1 for cell in filled if _TYPED.fullmatch(cell)) > 0.6 * len(filled)


def _lone_header(cell: str, below: Sequence[str]) -> bool:
    if set(fold(cell).split()) & _TEXT_NAMES and len(cell) <= 60:
        return True
    lengths = sorted(len(other) for other in below if other.strip())
    return bool(lengths) and len(cell) <= 40 and not cell.endswith((".", "!")) and lengths[len(lengths) // 2] > 60


def _is_numbered(cuts: Sequence[Cut], width: int) -> bool:
    """The first cell of the whole records is a number, and hardly ever twice the same one."""
    whole = [cut.cells[0].strip() for cut in cuts if len(cut.cells) == width]
    numbers = [cell for cell in whole if _NUMBER.fullmatch(cell)]
    return width > 1 and len(numbers) >= 0.9 * len(whole) > 0 and len(set(numbers)) > 0.9 * len(numbers)


def _pads(cuts: Sequence[Cut], width: int) -> bool:
    """Short records right before a whole one, and not rare: a habit of the exporter, not an accident."""
    if not cuts:
        return False
    short = sum(1 for a, b in pairwise(cuts) if 1 < len(a.cells) < width and len(b.cells) > 1)
    shorter = [len(cut.cells) for cut in cuts if len(cut.cells) < width]
    # Two pieces of a cut record add up to a whole one; records whose end was left out do not.
    adds_up = sum(1 for a, b in pairwise(cuts) if len(a.cells) < width and len(a.cells) + len(b.cells) - 1 == width)
    return len(shorter) >= 0.2 * len(cuts) and short > 2 * adds_up
