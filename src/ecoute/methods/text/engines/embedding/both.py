"""Two encoders side by side: what one is blind to the other may see, and classifiers learn from either."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property

import numpy as np

from ...codebooks import load_default
from ...documents import Judgement
from ...likeness import USE_AND_E5, Likeness, fitted
from ...ports import Embedder, PolarityCoder, Vectors
from ...vectors import unit_rows
from .e5 import E5Embedder
from .use import UseEmbedder

SENTENCES = 240  # examples of the default codebook that thresholds are fitted on, for an encoder we do not know


class BothEmbedder:
    """USE and another encoder (e5), of equal weight: the cosine of two texts is the mean of their cosines in either."""

    def __init__(self, second: Embedder | None = None, first: Embedder | None = None) -> None:
        self._parts: tuple[Embedder, Embedder] = (first or UseEmbedder(), second or E5Embedder())
        self.name = "+".join(part.name for part in self._parts)
        self.version = "+".join(part.version for part in self._parts)
        self.network = any(part.network for part in self._parts)
        self.dimensions = sum(part.dimensions for part in self._parts)

    @property
    def second(self) -> Embedder:
        """The encoder beside USE."""
        return self._parts[1]

    @cached_property
    def likeness(self) -> Likeness:
        """Known for e5, otherwise fitted once on sentences of the default codebook."""
        if self._parts[1].name == E5Embedder.name:
            return USE_AND_E5
        sentences = [example for theme in load_default().themes for example in theme.examples][:SENTENCES]
        return fitted(self._parts[0], self, sentences)

    def embed(self, texts: Sequence[str]) -> Vectors:
        return unit_rows(np.hstack([part.embed(texts) for part in self._parts]))

    def part(self, name: str, vectors: Vectors) -> Vectors:
        """The columns of the encoder ``name``, unit rows. Raises ``KeyError`` when it is not one of the two."""
        at = 0
        for part in self._parts:
            if part.name == name:
                return unit_rows(vectors[:, at : at + part.dimensions])
            at += part.dimensions
        raise KeyError(name)


class SeesPart:
    """A polarity engine whose weights were trained on one encoder's vectors, shown those alone."""

    network = False

    def __init__(self, engine: PolarityCoder, embedder: BothEmbedder, part: str = UseEmbedder.name) -> None:
        self._engine, self._embedder, self._part = engine, embedder, part
        self.name, self.version = engine.name, engine.version

    def judge(self, texts: Sequence[str], vectors: Vectors, language: str) -> list[Judgement]:
        return self._engine.judge(texts, self._embedder.part(self._part, vectors), language)
