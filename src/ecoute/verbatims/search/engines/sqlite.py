"""SQLite FTS5 over our stems.

The table keeps the stems it indexes: a contentless one can only forget a row since SQLite 3.43, and Debian 12 has 3.40.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np
from django.db import connection

from ..port import Ids, Ranks

_FIND = "SELECT rowid FROM verbatims_words WHERE verbatims_words MATCH %s ORDER BY rowid"
_RANK = "SELECT rowid, -bm25(verbatims_words) FROM verbatims_words WHERE verbatims_words MATCH %s"


class FtsIndex:
    vendor = "sqlite"

    def create(self) -> None:
        with connection.cursor() as cursor:
            cursor.execute(
                "CREATE VIRTUAL TABLE IF NOT EXISTS verbatims_words USING fts5("
                "stems, tokenize=\"unicode61 remove_diacritics 0 categories 'L* N* Co'\")"
            )

    def drop(self) -> None:
        with connection.cursor() as cursor:
            cursor.execute("DROP TABLE IF EXISTS verbatims_words")

    def put(self, rows: Iterable[tuple[int, Sequence[str]]]) -> None:
        lines = [(pk, " ".join(stems)) for pk, stems in rows]
        if not lines:
            return
        with connection.cursor() as cursor:
            cursor.executemany("DELETE FROM verbatims_words WHERE rowid = %s", [(pk,) for pk, _ in lines])
            cursor.executemany("INSERT INTO verbatims_words (rowid, stems) VALUES (%s, %s)", lines)

    def remove(self, ids: Sequence[int]) -> None:
        with connection.cursor() as cursor:
            cursor.executemany("DELETE FROM verbatims_words WHERE rowid = %s", [(pk,) for pk in ids])

    def find(self, stems: Sequence[str]) -> Ids:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT rowid FROM verbatims_words WHERE verbatims_words MATCH %s ORDER BY rowid", [_phrase(stems)]
            )
            return np.fromiter((row[0] for row in cursor.fetchall()), dtype=np.int64)

    def rank(self, stems: Sequence[str], ids: Ids) -> Ranks:
        ranks = np.zeros(len(ids))
        if not stems or not len(ids):
            return ranks
        question = " OR ".join(_phrase([stem]) for stem in stems)
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT rowid, -bm25(verbatims_words) FROM verbatims_words WHERE verbatims_words MATCH %s", [question]
            )
            found = np.array(cursor.fetchall(), dtype=np.float64).reshape(-1, 2)
        at = np.searchsorted(ids, found[:, 0].astype(np.int64))
        known = (at < len(ids)) & (ids[np.minimum(at, len(ids) - 1)] == found[:, 0])
        ranks[at[known]] = found[known, 1]
        return ranks


def _phrase(stems: Sequence[str]) -> str:
    """Stems side by side, quoted: nothing the reader typed is taken for an operator."""
    return '"' + " ".join(stem.replace('"', '""') for stem in stems) + '"'
