"""Small arithmetic over sentence vectors."""

from __future__ import annotations

import numpy as np

from .ports import Vectors


def pooled(vectors: Vectors) -> Vectors:
    """One unit vector for a text from those of its segments: their plain mean.

    On declared sentiment the mean of segments does better than the vector of the whole text, and costs nothing more.
    """
    if len(vectors) > 1:
        mean = vectors.mean(axis=0)
    else:
        mean = vectors[0] if len(vectors) else np.zeros(vectors.shape[1], np.float32)
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


def rows_from_bytes(data: bytes, dimensions: int) -> Vectors:
    """The vectors that ``to_bytes`` stored one after the other, shape ``(n, dimensions)``, again of unit length.

    Raises ``ValueError`` when the bytes are not a whole number of vectors of that size.
    """
    rows = np.frombuffer(data, "<f2").reshape(-1, dimensions).astype(np.float32)
    norms = np.linalg.norm(rows, axis=1, keepdims=True)
    result: Vectors = (rows / np.where(norms > 0, norms, 1.0)).astype(np.float32)
    return result


def unit_rows(vectors: Vectors) -> Vectors:
    """The same rows, each of unit length; a row of noughts stays one."""
    norms = np.sqrt(np.einsum("ij,ij->i", vectors, vectors))
    result: Vectors = (vectors / np.where(norms > 0, norms, 1)[:, None]).astype(np.float32, copy=False)
    return result
