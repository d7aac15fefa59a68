"""Which cells of a file may be kept in clear beside the masked words; all others are sealed with the words.

A cell stays in clear when its column is a list of choices (or numbers, or dates) and it looks like nobody's words.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from functools import lru_cache

from ecoute.methods.tables import Field, Row
from ecoute.methods.tables import Mapping as Columns
from ecoute.methods.text.engines.masking.rules import RuleMasker

MAX_CLEAR = 60  # characters
MAX_UNREAD_MARK = 20  # characters of a mark of satisfaction that no scale understood
RARE = 4  # one choice in so many, at most, is met only once
# Columns whose cells are public names, or words of a closed list.
_OPEN_FIELDS = (
    Field.SERVICE,
    Field.CHANNEL,
    Field.SPEAKER,
    Field.PLACE_REGION,
    Field.PLACE_DEPARTEMENT,
    Field.PLACE_COMMUNE,
    Field.POSTCODE,
    Field.COUNTRY,
    Field.LANGUAGE,
)
_LETTER = re.compile(r"[^\W\d_]")
_IDENTIFIER = re.compile(r"\b(?=\w*\d)(?=\w*[^\W\d_])\w{6,}")  # letters and digits together: a file, a pseudonym
_masker = RuleMasker()


@lru_cache(maxsize=8_192)
def may_stay_clear(cell: str) -> bool:
    """Whether a cell is short, on one line, without an identifier nor anything that masking would hide."""
    if len(cell) > MAX_CLEAR or "\n" in cell.strip() or _IDENTIFIER.search(cell):
        return False
    return not _masker.find(cell)


def mark_may_stay_clear(mark: str, *, understood: bool) -> bool:
    """The same for a mark of satisfaction: one that no scale understood may be somebody's words, unless very short."""
    return may_stay_clear(mark) and (understood or len(mark) <= MAX_UNREAD_MARK)


def open_columns(rows: Iterable[Row], mapping: Columns) -> frozenset[str]:
    """The columns whose cells may stay in clear, judged on the first rows of the file: those read as a name of service,
    of place or a word of a closed list, and those where cells with letters come again and again."""
    cells: dict[str, list[str]] = {}
    for row in rows:
        for column, cell in row.values.items():
            if cell.strip():
                cells.setdefault(column, []).append(cell.strip())
    known = {column for field in _OPEN_FIELDS for column in mapping.columns(field)}
    return frozenset(known | {column for column, written in cells.items() if _are_choices(written)})


def _are_choices(cells: list[str]) -> bool:
    """Choices come again and again; comments, even among many « RAS », are each met once."""
    met = Counter(cell for cell in cells if _LETTER.search(cell))
    return sum(times == 1 for times in met.values()) * RARE <= len(met)


def parted(extra: Mapping[str, str], columns: frozenset[str]) -> tuple[dict[str, str], dict[str, str]]:
    """Other cells of a row: those that stay in clear, and those to seal."""
    clear = {column: cell for column, cell in extra.items() if column in columns and may_stay_clear(cell)}
    return clear, {column: cell for column, cell in extra.items() if column not in clear}
