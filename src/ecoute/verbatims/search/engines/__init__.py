"""One index of words for each kind of database."""

from __future__ import annotations

from ..port import WordIndex
from .postgresql import TsvectorIndex
from .sqlite import FtsIndex

_BY_VENDOR: dict[str, type[FtsIndex] | type[TsvectorIndex]] = {"sqlite": FtsIndex, "postgresql": TsvectorIndex}


def word_index(vendor: str) -> WordIndex:
    """The engine of this kind of database. Raises ``LookupError`` for one that has none."""
    if vendor not in _BY_VENDOR:
        raise LookupError(f"no index of words for databases of kind {vendor!r}: {', '.join(_BY_VENDOR)}")
    return _BY_VENDOR[vendor]()
