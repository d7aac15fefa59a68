"""What an index of words must do. One engine a kind of database; the same stems and the same answers in each."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Protocol

import numpy as np
import numpy.typing as npt

Ids = npt.NDArray[np.int64]
Ranks = npt.NDArray[np.float64]


class WordIndex(Protocol):
    vendor: str

    def create(self) -> None:
        """Makes the table; nothing when it is there."""

    def drop(self) -> None:
        """Removes the table."""

    def put(self, rows: Iterable[tuple[int, Sequence[str]]]) -> None:
        """Writes (verbatim id, stems in order), replacing what was there. In the caller's transaction."""

    def remove(self, ids: Sequence[int]) -> None:
        """Forgets verbatims; unknown ones are ignored."""

    def find(self, stems: Sequence[str]) -> Ids:
        """Verbatims where these stems stand side by side in this order, ids ascending."""

    def rank(self, stems: Sequence[str], ids: Ids) -> Ranks:
        """How much each of ``ids`` speaks of ``stems``: higher is more, 0 not at all. Only compare inside one call."""
