"""Vectors of the sets of the bench, kept between runs: a second run need not embed again."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from ..ports import Embedder, Vectors


def folder() -> Path:
    """``bench`` in the folder of data that may be lost (``ECOUTE_VAR``, default ``var``)."""
    return Path(os.environ.get("ECOUTE_VAR", "var")) / "bench"


class Remembering:
    """Embeds a list of texts, or reads what the same encoder made of the same list before. Writes to ``folder``."""

    def __init__(self, where: Path | None = None) -> None:
        self._where = where or folder()

    def __call__(self, embedder: Embedder, texts: Sequence[str]) -> Vectors:
        key = hashlib.sha256("\0".join([embedder.name, embedder.version, *texts]).encode()).hexdigest()[:32]
        path = self._where / f"{key}.npy"
        if path.exists():
            known: Vectors = np.load(path)
            return known
        made = embedder.embed(texts)
        self._where.mkdir(parents=True, exist_ok=True)
        partial = path.with_suffix(f".{os.getpid()}.npy")
        np.save(partial, made)
        partial.replace(path)
        return made
