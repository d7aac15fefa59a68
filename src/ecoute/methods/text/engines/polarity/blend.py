"""Polarity from several voices: the sentence vector, the words (both trained), and a lexicon with negation.

Two heads share the weights file: ``document`` judges a whole text (three classes, trained on declared sentiment),
``segment`` judges one idea (by its turns, with a slight tilt from the vector; neutral where neither is loud).
Given the encoder e5 (profile « fine »), ``document`` hears the text read whole by it as well, twice as loud: its mean
over segments knows less (``docs/reference/benchmarks.md``).
Trained by ``python -m ecoute.methods.text.evaluation.train_polarity``.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from importlib.resources import files
from typing import Any, Literal

import numpy as np
import numpy.typing as npt

from ...cues import Hit
from ...documents import Judgement, Polarity, Span
from ...ports import Embedder, Vectors
from ...vectors import unit_rows
from .features import WordWeights, lexicon_features
from .lexicon import PolarityLexicon, counts_of

ORDER = (Polarity.NEGATIVE, Polarity.NEUTRAL, Polarity.POSITIVE)
TURN, TILT, NEUTRAL = 1.6, 0.2, 0.9  # weight of one turn, of the vector, and of saying nothing
FIRST = 512  # numbers of the Universal Sentence Encoder, first in every vector
E5_SCALE, LOUD = 2.0, 2  # how large its numbers are to the learner, and how loud its voice is
SHORT, READ = 200, 1_500  # characters: up to the first e5's segments say all, beyond the second nothing is read
MOST, WORDS = 6, 3  # turns, or words, given as evidence
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
    """Engine of the step « polarity »; ``head`` says whether it judges documents or segments.

    ``vectors`` begin with those of the Universal Sentence Encoder (mean of segments for a document). With ``whole``
    (e5) the rest of them are e5's: enough for a short text, a longer one is read whole.
    """

    name = "polarity-blend"
    network = False

    def __init__(
        self,
        head: Literal["document", "segment"] = "segment",
        weights: Weights | None = None,
        whole: Embedder | None = None,
    ) -> None:
        self.head = head
        self._weights = weights or Weights.shipped()
        self._lexicon = PolarityLexicon()
        self._whole = whole
        self.version = f"{self._weights.version}/e5" if whole else self._weights.version

    def judge(self, texts: Sequence[str], vectors: Vectors, language: str) -> list[Judgement]:
        if not texts:
            return []
        hits = [self._lexicon.find(t) for t in texts]
        counts = [counts_of(found) for found in hits]
        if self.head == "segment":
            probabilities = segment_probabilities(self._weights, counts, vectors[:, :FIRST])
        else:
            features = np.array([lexicon_features(c) for c in counts])
            read = None if self._whole is None else self._read(texts, vectors)
            probabilities = document_probabilities(self._weights, texts, vectors[:, :FIRST], features, read)
        return [self._judgement(*found) for found in zip(texts, probabilities, hits, strict=True)]

    def _read(self, texts: Sequence[str], vectors: Vectors) -> Vectors:
        """Vectors of the texts read whole; short ones keep those given."""
        assert self._whole is not None
        out = unit_rows(vectors[:, FIRST:])
        longer = [i for i, text in enumerate(texts) if len(text) > SHORT]
        if longer:
            out[longer] = self._whole.embed([texts[i][:READ] for i in longer])
        return out

    def _judgement(self, text: str, row: Floats, hits: Sequence[Hit]) -> Judgement:
        best = int(row.argmax())
        engine = f"{self.name} {self.version}/{self.head}"
        return Judgement(ORDER[best], round(float(row[best]), 3), engine, evidence(self._weights, text, best, hits))


def evidence(weights: Weights, text: str, side: int, hits: Sequence[Hit]) -> tuple[Span, ...]:
    """Characters that show why: turns of that side, or where there are none the words that weighed most for it.

    Neutral is the want of either side: it has none.
    """
    if ORDER[side] is Polarity.NEUTRAL:
        return ()
    turns = [hit.span for hit in hits if hit.label == ORDER[side].value][:MOST]
    if turns:
        return tuple(turns)
    coefficients = weights.arrays["doc_words"]
    tilt = coefficients[side] - coefficients[len(coefficients) - 1 - side]
    parts = sorted(((-part, span) for span, part in weights.words.parts(text, tilt) if part > 0))[:WORDS]
    return tuple(sorted(span for _, span in parts)) or (Span(0, len(text)),)


def document_probabilities(
    weights: Weights, texts: Sequence[str], vectors: Vectors, features: Floats, read: Vectors | None = None
) -> Floats:
    """Geometric mean of the trained voices, shape ``(n, 3)`` in ``ORDER``; ``read`` are e5's vectors of whole texts."""
    a = weights.arrays
    dense = np.hstack([vectors.astype(np.float64), features])
    voices = [
        (1, dense @ a["doc_vector"].T + a["doc_vector_bias"]),
        (1, weights.words.score(texts, a["doc_words"]) + a["doc_words_bias"]),
    ]
    if read is not None:
        voices.append((LOUD, np.hstack([E5_SCALE * read, features]) @ a["doc_read"].T + a["doc_read_bias"]))
    total = sum(weight for weight, _ in voices)
    heard = [np.log(_softmax(logits)) * (weight / total) for weight, logits in voices]
    return _softmax(np.sum(heard, axis=0))


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
