"""Small arithmetic over sentence vectors."""

from __future__ import annotations

import numpy as np

from .ports import Vectors


def pooled(vectors: Vectors) -> Vectors:
    """One unit vector for a text from those of its segments: their plain mean.

    On declared sentiment the mean of segments does better than the vector of the whole text, and costs nothing more.
    """
    mean = vectors.mean(axis=0) if len(vectors) else np.zeros(vectors.shape[1], np.float32)
    norm = float(np.linalg.norm(mean))
    result: Vectors = (mean / norm if norm else mean).astype(np.float32)
    return result


def to_bytes(vector: Vectors) -> bytes:
    """Half-precision bytes, 2 × d long, as ``AnalysedDocument.vector`` holds them."""
    return vector.astype("<f2").tobytes()


def from_bytes(data: bytes) -> Vectors:
    """The vector that ``to_bytes`` stored, again of unit length."""
    vector = np.frombuffer(data, "<f2").astype(np.float32)
    norm = float(np.linalg.norm(vector))
    return vector / norm if norm else vector
