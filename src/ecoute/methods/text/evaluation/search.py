"""Finding the official page that answers a question in somebody's own words: by words, by meaning, and fused."""

from __future__ import annotations

import gzip
import json
import sqlite3
from collections.abc import Callable, Iterator, Sequence

import numpy as np

from ..fusion import Scores, fused
from ..ports import Embedder, Stemmer
from .corpora import data_path
from .figures import Figure

MOST = 1_500  # questions
DEPTH = 10


def searched(embedder: Embedder, stemmer: Stemmer) -> Iterator[Figure]:
    """Mean reciprocal rank (10 first) of the first right title, with a 95 % interval by normal approximation. Raises
    ``MissingDataError``."""
    questions, titles, right = _material()
    words = _Words(titles, stemmer)
    vectors, asked = embedder.embed(titles), embedder.embed(questions)
    everything = np.ones(len(titles), bool)
    near = [vectors @ question for question in asked]
    met = [words.scores(question) for question in questions]
    ways: dict[str, Callable[[int], Scores]] = {
        "words (BM25 on stems)": lambda i: met[i],
        f"meaning ({embedder.name})": lambda i: near[i],
        f"fused ({embedder.name})": lambda i: fused(everything, near[i], met[i]),
    }
    for name, way in ways.items():
        ranks = np.array([_reciprocal(way(i), right[i]) for i in range(len(questions))])
        half = 1.96 * float(ranks.std()) / max(1, len(ranks)) ** 0.5
        mean = float(ranks.mean())
        interval = f"[{mean - half:.3f}, {mean + half:.3f}]"
        remark = f"{len(titles)} titles of official pages"
        yield Figure("search", f"MRR@{DEPTH}, {name}", len(ranks), f"{mean:.3f}", interval, remark)


def _material() -> tuple[list[str], list[str], list[frozenset[int]]]:
    """Questions, titles of all the pages that answer any of them, and for each question the places of its own."""
    with gzip.open(data_path("legal_questions.jsonl.gz"), "rt", encoding="utf-8") as handle:
        rows = [row for line in handle if (row := json.loads(line)).get("relevant_fiches")][:MOST]
    answers = [frozenset(page["title"] for page in row["relevant_fiches"]) for row in rows]
    titles = sorted(frozenset[str]().union(*answers))
    place = {title: at for at, title in enumerate(titles)}
    return [row["text"] for row in rows], titles, [frozenset(place[t] for t in found) for found in answers]


def _reciprocal(scores: Scores, right: frozenset[int]) -> float:
    best = np.argsort(-scores, kind="stable")[:DEPTH]
    return next((1 / rank for rank, at in enumerate(best.tolist(), 1) if at in right and scores[at] > 0), 0.0)


class _Words:
    """FTS5 over stems, as the application searches on SQLite."""

    def __init__(self, texts: Sequence[str], stemmer: Stemmer) -> None:
        self._stemmer, self._size = stemmer, len(texts)
        self._base = sqlite3.connect(":memory:")
        self._base.execute("CREATE VIRTUAL TABLE words USING fts5(stems)")
        lines = [(at, " ".join(stemmer.stems(text))) for at, text in enumerate(texts)]
        self._base.executemany("INSERT INTO words (rowid, stems) VALUES (?, ?)", lines)

    def scores(self, question: str) -> Scores:
        found = np.zeros(self._size)
        stems = self._stemmer.stems(question)
        if stems:
            asked = " OR ".join(f'"{stem}"' for stem in stems)
            for at, score in self._base.execute("SELECT rowid, -bm25(words) FROM words WHERE words MATCH ?", [asked]):
                found[at] = score
        return found
