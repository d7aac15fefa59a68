"""PostgreSQL tsvector and GIN over our stems, written as literals: no dictionary of the server touches them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np
from django.db import connection

from ..port import Ids, Ranks

LAST_POSITION = 16_383  # of a tsvector


class TsvectorIndex:
    vendor = "postgresql"

    def create(self) -> None:
        with connection.cursor() as cursor:
            cursor.execute(
                "CREATE TABLE IF NOT EXISTS verbatims_words (verbatim_id bigint PRIMARY KEY, stems tsvector NOT NULL)"
            )
            cursor.execute("CREATE INDEX IF NOT EXISTS verbatims_words_stems ON verbatims_words USING gin (stems)")

    def drop(self) -> None:
        with connection.cursor() as cursor:
            cursor.execute("DROP TABLE IF EXISTS verbatims_words")

    def put(self, rows: Iterable[tuple[int, Sequence[str]]]) -> None:
        lines = [(pk, _vector(stems)) for pk, stems in rows]
        with connection.cursor() as cursor:
            cursor.executemany(
                "INSERT INTO verbatims_words (verbatim_id, stems) VALUES (%s, %s::tsvector) "
                "ON CONFLICT (verbatim_id) DO UPDATE SET stems = excluded.stems",
                lines,
            )

    def remove(self, ids: Sequence[int]) -> None:
        with connection.cursor() as cursor:
            cursor.execute("DELETE FROM verbatims_words WHERE verbatim_id = ANY(%s)", [list(ids)])

    def find(self, stems: Sequence[str]) -> Ids:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT verbatim_id FROM verbatims_words WHERE stems @@ %s::tsquery ORDER BY verbatim_id",
                [" <-> ".join(_quoted(stem) for stem in stems)],
            )
            return np.fromiter((row[0] for row in cursor.fetchall()), dtype=np.int64)

    def rank(self, stems: Sequence[str], ids: Ids) -> Ranks:
        ranks = np.zeros(len(ids))
        if not stems or not len(ids):
            return ranks
        question = " | ".join(_quoted(stem) for stem in stems)
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT verbatim_id, ts_rank(stems, %s::tsquery, 1) FROM verbatims_words WHERE stems @@ %s::tsquery",
                [question, question],
            )
            found = np.array(cursor.fetchall(), dtype=np.float64).reshape(-1, 2)
        at = np.searchsorted(ids, found[:, 0].astype(np.int64))
        known = (at < len(ids)) & (ids[np.minimum(at, len(ids) - 1)] == found[:, 0])
        ranks[at[known]] = found[known, 1]
        return ranks


def _quoted(stem: str) -> str:
    return "'" + stem.replace("\\", "\\\\").replace("'", "''") + "'"


def _vector(stems: Sequence[str]) -> str:
    return " ".join(f"{_quoted(stem)}:{min(at, LAST_POSITION)}" for at, stem in enumerate(stems, 1))
