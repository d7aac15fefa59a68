"""Counting what a file repeats, on disk: a file of millions of rows must not fill the memory."""

from __future__ import annotations

import hashlib
import sqlite3
from types import TracebackType
from typing import Self


class Occurrences:
    """``rank(key)`` is 0 the first time a key is met, then 1, 2… Kept in a private temporary file."""

    def __init__(self) -> None:
        self._base = sqlite3.connect("", isolation_level=None, check_same_thread=False)
        self._base.execute("PRAGMA journal_mode=OFF")
        self._base.execute("PRAGMA cache_size=-16000")
        self._base.execute("CREATE TABLE seen (key INTEGER PRIMARY KEY, count INTEGER NOT NULL)")
        self._base.execute("BEGIN")

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._base.close()

    def close(self) -> None:
        self._base.close()

    def rank(self, key: str) -> int:
        number = int.from_bytes(hashlib.blake2b(key.encode(), digest_size=8).digest(), signed=True)
        row = self._base.execute(
            "INSERT INTO seen VALUES (?, 0) ON CONFLICT (key) DO UPDATE SET count = count + 1 RETURNING count",
            (number,),
        ).fetchone()
        return int(row[0])
