"""Numbers that polarity looks at besides the sentence vector. Training and judging share this file."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from ...documents import Span
from ...words import words_of

LEXICON_FEATURES = 5


def lexicon_features(counts: tuple[int, int]) -> list[float]:
    """Damped counts of positive and negative turns, their difference, and which side is alone."""
    positive, negative = counts
    balance = math.log1p(positive) - math.log1p(negative)
    return [
        math.log1p(positive) / 2,
        math.log1p(negative) / 2,
        balance / 2,
        float(positive > 0 and not negative) / 2,
        float(negative > 0 and not positive) / 2,
    ]


def grams(text: str) -> Counter[str]:
    """Words and pairs of words, folded, with their counts."""
    words = words_of(text[:20_000]).words
    return Counter([*words, *(f"{a} {b}" for a, b in pairwise(words))])


class WordWeights:
    """A vocabulary and the sparse, unit-length (1 + log) weighting of a text over it."""

    def __init__(self, vocabulary: Sequence[str]) -> None:
        self.vocabulary = list(vocabulary)
        self._index = {gram: i for i, gram in enumerate(vocabulary)}

    def row(self, text: str) -> tuple[npt.NDArray[np.intp], npt.NDArray[np.float64]]:
        """Places in the vocabulary and values, of unit length."""
        found = [(self._index[g], 1 + math.log(n)) for g, n in grams(text).items() if g in self._index]
        places = np.array([i for i, _ in found], np.intp)
        values = np.array([v for _, v in found], np.float64)
        norm = np.linalg.norm(values) if len(values) else 1.0
        return places, values / norm

    def parts(self, text: str, coefficients: npt.NDArray[np.float64]) -> list[tuple[Span, float]]:
        """Each word of the text with its part in the score of one row of coefficients; pairs count half for each."""
        found = words_of(text[:20_000])
        weigh = [self._weight(w, coefficients) for w in found.words]
        for i, (a, b) in enumerate(pairwise(found.words)):
            half = self._weight(f"{a} {b}", coefficients) / 2
            weigh[i] += half
            weigh[i + 1] += half
        return [(Span(a, b), part) for a, b, part in zip(found.starts, found.ends, weigh, strict=True)]

    def _weight(self, gram: str, coefficients: npt.NDArray[np.float64]) -> float:
        place = self._index.get(gram)
        return 0.0 if place is None else float(coefficients[place])

    def score(self, texts: Sequence[str], coefficients: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
        """``coefficients`` has shape ``(classes, vocabulary)`` with any idf already in it; result ``(n, classes)``."""
        out = np.zeros((len(texts), len(coefficients)))
        for i, text in enumerate(texts):
            places, values = self.row(text)
            out[i] = coefficients[:, places] @ values
        return out
