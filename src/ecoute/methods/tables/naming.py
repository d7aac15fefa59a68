"""Names of columns, and words compared without case, accents or punctuation."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

_NOT_WORD = re.compile(r"[\W_]+")


def fold(text: str) -> str:
    """Lower case, no accents, single spaces, no punctuation: "Écrit le :" → "ecrit le"."""
    bare = unicodedata.normalize("NFKD", text.replace("œ", "oe").replace("Œ", "oe").lower())
    return _NOT_WORD.sub(" ", "".join(c for c in bare if not unicodedata.combining(c))).strip()


def names_in(cell: str) -> list[str]:
    """The names of a cell that may hold several, separated by « | » as State exports do."""
    return [name for part in cell.split("|") if (name := part.strip())]


def name_columns(header: Sequence[str]) -> list[str]:
    """Makes names usable as keys: trimmed, on one line, never empty (« Colonne 3 »), never twice (« Date (2) »)."""
    names: list[str] = []
    taken: set[str] = set()
    for position, cell in enumerate(header, start=1):
        base = " ".join(cell.split()) or f"Colonne {position}"
        name, rank = base, 1
        while name in taken:
            rank += 1
            name = f"{base} ({rank})"
        taken.add(name)
        names.append(name)
    return names
