"""What the learner sees of the words of a text: words, pairs of words, and the letters inside each word (2 to 5).

Everything is a sum over the words of the text, so that a word's part in a score is known exactly (it is the evidence),
and the letters of a word are weighed once however often it is met. A block has unit length, where the letters that two
words share are counted as if they were different.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_matrix, diags, hstack

from ..words import words_of

READ_CHARS = 20_000
LETTERS = (2, 3, 4, 5)
MAX_GRAMS = 40_000  # of words and pairs, and again of letters: the most frequent
REMEMBERED = 50_000
Floats = npt.NDArray[np.float32]


def tokens(text: str) -> tuple[str, ...]:
    """The folded words of a text."""
    return words_of(text[:READ_CHARS]).words


def word_grams(words: Sequence[str]) -> Counter[str]:
    """Words and pairs of words with their counts."""
    return Counter([*words, *(f"{a} {b}" for a, b in pairwise(words))])


def letter_grams(word: str) -> Counter[str]:
    """Runs of two to five letters of one word, its two ends marked."""
    marked = f"_{word[:40]}_"
    return Counter(marked[i : i + n] for n in LETTERS for i in range(len(marked) - n + 1))


class Vocabulary:
    """Grams that the learner knows and how much each tells (inverse document frequency)."""

    def __init__(self, grams: Sequence[str], letters: Sequence[str], idf: Floats) -> None:
        self.grams, self.letters, self.idf = list(grams), list(letters), idf
        self._grams = {gram: i for i, gram in enumerate(self.grams)}
        self._letters = {gram: i for i, gram in enumerate(self.letters)}

    def __len__(self) -> int:
        return len(self.grams) + len(self.letters)

    @classmethod
    def fitted(cls, texts: Sequence[str]) -> Vocabulary:
        """The grams of ``texts`` that are in two texts or more (in one, when there are few texts)."""
        least = 2 if len(texts) >= 500 else 1
        words = [tokens(text) for text in texts]
        grams, gram_idf = _kept((set(word_grams(w)) for w in words), len(texts), least)
        letters_of: dict[str, set[str]] = {w: set(letter_grams(w)) for w in {w for ws in words for w in ws}}
        letters, letter_idf = _kept((set().union(*(letters_of[w] for w in set(ws))) for ws in words), len(texts), least)
        return cls(grams, letters, np.array([*gram_idf, *letter_idf], np.float32))

    def gram_place(self, gram: str) -> int | None:
        """Column of a word or of a pair of words."""
        return self._grams.get(gram)

    def letter_places(self, word: str) -> tuple[list[int], list[float]]:
        """Columns (counted after those of the words) and weights of the letters of a word."""
        found = [(len(self.grams) + self._letters[g], n) for g, n in letter_grams(word).items() if g in self._letters]
        return [i for i, _ in found], [n * float(self.idf[i]) for i, n in found]

    def matrix(self, texts: Sequence[str]) -> csr_matrix:
        """One row a text, two blocks of unit length; shape ``(len(texts), len(self))``."""
        words = [tokens(text) for text in texts]
        grams = _counted((word_grams(w) for w in words), self._grams, len(texts))
        grams = grams @ diags(self.idf[: len(self.grams)].astype(np.float64))
        distinct = {word: i for i, word in enumerate(sorted({w for ws in words for w in ws}))}
        counts = _counted((Counter(w) for w in words), distinct, len(texts))
        letters = self._letters_of(list(distinct))
        lengths = np.asarray(letters.multiply(letters).sum(axis=1)).ravel()
        squared = np.asarray(counts.multiply(counts) @ lengths).ravel()
        return hstack([_unit(grams), diags(_inverse(np.sqrt(squared))) @ (counts @ letters)], format="csr")

    def _letters_of(self, words: Sequence[str]) -> csr_matrix:
        places, values, ends = [], [], [0]
        for word in words:
            columns, weights = self.letter_places(word)
            places.extend(columns)
            values.extend(weights)
            ends.append(len(places))
        shifted = np.array(places, np.int64) - len(self.grams)
        return csr_matrix((np.array(values, np.float64), shifted, ends), (len(words), len(self.letters)))


def _kept(seen: Iterable[set[str]], count: int, least: int) -> tuple[list[str], list[float]]:
    frequency: Counter[str] = Counter()
    for grams in seen:
        frequency.update(grams)
    most = sorted((-n, gram) for gram, n in frequency.items() if n >= least)[:MAX_GRAMS]
    kept = sorted(gram for _, gram in most)
    return kept, [math.log((1 + count) / (1 + frequency[g])) + 1 for g in kept]


def _counted(rows: Iterator[Counter[str]] | Iterable[Counter[str]], index: dict[str, int], count: int) -> csr_matrix:
    """Damped counts (1 + log n) of what is in the index."""
    places: list[int] = []
    values: list[float] = []
    ends = [0]
    for row in rows:
        for gram, n in row.items():
            if (place := index.get(gram)) is not None:
                places.append(place)
                values.append(1 + math.log(n))
        ends.append(len(places))
    return csr_matrix((np.array(values), np.array(places, np.int64), ends), (count, len(index)))


def _inverse(lengths: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    return np.divide(1.0, lengths, out=np.zeros_like(lengths), where=lengths > 0)


def _unit(matrix: csr_matrix) -> csr_matrix:
    lengths = np.sqrt(np.asarray(matrix.multiply(matrix).sum(axis=1)).ravel())
    return diags(_inverse(lengths)) @ matrix
