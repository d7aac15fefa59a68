"""Scores of words for every theme at once: what the words of a text weigh, and where the weight lies."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

import numpy as np

from ..documents import Span
from ..words import words_of
from .words import READ_CHARS, REMEMBERED, Floats, Vocabulary, tokens


class WordScorer:
    """A linear model over a ``Vocabulary``; ``weights`` has shape ``(len(vocabulary), themes)``.

    The same sums as ``vocabulary.matrix(texts) @ weights + bias``, but what a word weighs is kept at hand, so that a
    text costs a few additions.
    """

    def __init__(self, vocabulary: Vocabulary, weights: Floats, bias: Floats) -> None:
        self.vocabulary, self.weights, self.bias = vocabulary, weights, bias
        self._letters: dict[str, tuple[Floats, float]] = {}

    def score(self, texts: Sequence[str]) -> Floats:
        """Shape ``(len(texts), themes)``."""
        return np.array([self._score(tokens(t)) for t in texts], np.float32).reshape(len(texts), len(self.bias))

    def _score(self, words: Sequence[str]) -> Floats:
        total = self.bias.copy()
        counts = Counter(words)
        places, values = self._grams(counts, words)
        if places:
            row = np.array(values, np.float32)
            total += (row / np.linalg.norm(row)) @ self.weights[places]
        known = [(1 + math.log(n), *self._letters_of(w)) for w, n in counts.items()]
        length = math.sqrt(sum(n * n * squared for n, _, squared in known))
        if length:
            total += sum(n * parts for n, parts, _ in known) / np.float32(length)
        return total

    def _grams(self, counts: Counter[str], words: Sequence[str]) -> tuple[list[int], list[float]]:
        places, values = [], []
        pairs = Counter(f"{a} {b}" for a, b in pairwise(words))
        for gram, n in (*counts.items(), *pairs.items()):
            place = self.vocabulary.gram_place(gram)
            if place is not None:
                places.append(place)
                values.append((1 + math.log(n)) * float(self.vocabulary.idf[place]))
        return places, values

    def _letters_of(self, word: str) -> tuple[Floats, float]:
        """What the letters of a word weigh for each theme, and their squared length."""
        known = self._letters.get(word)
        if known is None:
            places, values = self.vocabulary.letter_places(word)
            row = np.array(values, np.float32)
            known = (row @ self.weights[places] if places else np.zeros_like(self.bias), float(row @ row))
            if len(self._letters) >= REMEMBERED:
                self._letters.clear()
            self._letters[word] = known
        return known

    def parts(self, text: str, theme: int) -> list[tuple[Span, float]]:
        """Each word of the text with its part in the score of one theme; a pair counts half for each of its words."""
        found = words_of(text[:READ_CHARS])
        words, counts = found.words, Counter(found.words)
        _, values = self._grams(counts, words)
        length = float(np.linalg.norm(values)) or 1.0
        letters = math.sqrt(sum((1 + math.log(n)) ** 2 * self._letters_of(w)[1] for w, n in counts.items())) or 1.0
        parts = [self._gram(w, theme) / length + float(self._letters_of(w)[0][theme]) / letters for w in words]
        for i, (a, b) in enumerate(pairwise(words)):
            half = self._gram(f"{a} {b}", theme) / length / 2
            parts[i] += half
            parts[i + 1] += half
        return [(Span(a, b), part) for a, b, part in zip(found.starts, found.ends, parts, strict=True)]

    def _gram(self, gram: str, theme: int) -> float:
        place = self.vocabulary.gram_place(gram)
        return 0.0 if place is None else float(self.vocabulary.idf[place] * self.weights[place, theme])
