"""Polarity from three voices: the sentence vector, the words (both trained), and a lexicon with negation.

Two heads share the weights file: ``document`` judges a whole text (three classes, trained on declared sentiment),
``segment`` judges one idea (by its turns, with a slight tilt from the vector; neutral where neither is loud).
Trained by ``python -m ecoute.methods.text.evaluation.train_polarity``.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from importlib.resources import files
from typing import Any, Literal

import numpy as np
import numpy.typing as npt

from ...documents import Judgement, Polarity
from ...ports import Vectors
from .features import WordWeights, lexicon_features
from .lexicon import PolarityLexicon

ORDER = (Polarity.NEGATIVE, Polarity.NEUTRAL, Polarity.POSITIVE)
TURN, TILT, NEUTRAL = 1.6, 0.2, 0.9  # weight of one turn, of the vector, and of saying nothing
Floats = npt.NDArray[np.float64]


class Weights:
    """The trained numbers: arrays by name, and the vocabulary as lines of one string."""

    def __init__(self, arrays: Mapping[str, Any]) -> None:
        self.arrays = {name: np.asarray(arrays[name], np.float64) for name in arrays if name != "vocabulary"}
        self.words = WordWeights(str(arrays["vocabulary"]).split("\n"))
        self.version = f"{int(self.arrays['version'])}"

    @classmethod
    @lru_cache(maxsize=1)
    def shipped(cls) -> Weights:
        """The weights of the file beside this module."""
        with files(__package__).joinpath("polarity.npz").open("rb") as handle, np.load(handle) as data:
            return cls({name: data[name] for name in data.files})


class BlendPolarity:
    """Engine of the step « polarity »; ``head`` says whether it judges documents or segments."""

    name = "polarity-blend"
    network = False

    def __init__(self, head: Literal["document", "segment"] = "segment", weights: Weights | None = None) -> None:
        self.head = head
        self._weights = weights or Weights.shipped()
        self._lexicon = PolarityLexicon()
        self.version = self._weights.version

    def judge(self, texts: Sequence[str], vectors: Vectors, language: str) -> list[Judgement]:
        if not texts:
            return []
        counts = [self._lexicon.counts(t) for t in texts]
        if self.head == "segment":
            probabilities = segment_probabilities(self._weights, counts, vectors)
        else:
            features = np.array([lexicon_features(c) for c in counts])
            probabilities = document_probabilities(self._weights, texts, vectors, features)
        return [self._judgement(row) for row in probabilities]

    def _judgement(self, row: Floats) -> Judgement:
        best = int(row.argmax())
        return Judgement(ORDER[best], round(float(row[best]), 3), f"{self.name} {self.version}/{self.head}")


def document_probabilities(weights: Weights, texts: Sequence[str], vectors: Vectors, features: Floats) -> Floats:
    """Mean of the two trained voices, shape ``(n, 3)`` in ``ORDER``."""
    a = weights.arrays
    dense = np.hstack([vectors.astype(np.float64), features])
    by_vector = _softmax(dense @ a["doc_vector"].T + a["doc_vector_bias"])
    by_words = _softmax(weights.words.score(texts, a["doc_words"]) + a["doc_words_bias"])
    return (by_vector + by_words) / 2


def segment_probabilities(weights: Weights, counts: Sequence[tuple[int, int]], vectors: Vectors) -> Floats:
    """From one score (negative to positive) to three classes: neutral holds the middle.

    One idea is judged by its words: on segments labelled by hand the vector alone did little better than chance, since
    it knows the subject more than the side. It only tips the balance where it is loud.
    """
    a = weights.arrays
    turns = np.array([min(max(p - n, -2), 2) for p, n in counts], np.float64)
    score = TURN * turns + TILT * (vectors.astype(np.float64) @ a["segment"] + a["segment_bias"])
    return _softmax(np.stack([-score, np.full(len(score), NEUTRAL), score], axis=1))


def _softmax(logits: Floats) -> Floats:
    shifted = np.exp(logits - logits.max(axis=1, keepdims=True))
    result: Floats = shifted / shifted.sum(axis=1, keepdims=True)
    return result
