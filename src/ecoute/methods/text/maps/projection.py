"""From sentence vectors to the plane: what is near in meaning stays near, as far as two dimensions allow.

Principal components, then t-SNE (van der Maaten and Hinton, JMLR 9, 2008) on ``LANDMARKS`` texts at most; the others
stand among the landmarks they resemble. Distances between far groups mean nothing; ``faithfulness`` says how much of
the neighbourhoods survives, and must be shown with the map.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from ..ports import Vectors

LANDMARKS = 5_000
COMPONENTS = 50
PERPLEXITY = 30.0
STEPS = 500
ANCHORS = 5  # landmarks among which another text stands
SHARPNESS = 30.0  # how much the nearest of them counts more
NEIGHBOURS = 10
CHECKED = 1_000  # texts on which faithfulness is measured
MIN_TEXTS = 10
Points = npt.NDArray[np.float32]
Labels = npt.NDArray[np.int16]


@dataclass(frozen=True, slots=True)
class Projection:
    """``points``: one row a vector, both coordinates in 0–1. ``regions``: the region of each, 0 the largest.

    ``faithfulness``: of the ten nearest by meaning, the share that are among the ten nearest on the map, on average.
    """

    points: Points
    regions: Labels
    faithfulness: float


class TsnePlane:
    """Deterministic on one machine: the same vectors in the same order give the same map."""

    name = "tsne-pca"
    version = "1"

    def __init__(self, seed: int = 12) -> None:
        self.seed = seed

    def project(self, vectors: Vectors) -> Projection:
        """The plane of these unit vectors. Raises ``ValueError`` for fewer than ``MIN_TEXTS``."""
        if len(vectors) < MIN_TEXTS:
            raise ValueError(f"a map needs {MIN_TEXTS} texts at least, got {len(vectors)}")
        chosen = np.unique(np.linspace(0, len(vectors) - 1, min(len(vectors), LANDMARKS)).round().astype(np.intp))
        landmarks = vectors[chosen]
        placed = _scaled(self._plane(landmarks))
        points = np.empty((len(vectors), 2), np.float32)
        points[chosen] = placed
        others = np.setdiff1d(np.arange(len(vectors)), chosen)
        for part in np.array_split(others, max(1, len(others) // 2_000)):
            points[part] = _among(vectors[part], landmarks, placed)
        return Projection(points, self._regions(points), faithfulness(vectors, points))

    def _plane(self, vectors: Vectors) -> Points:
        from sklearn.decomposition import PCA  # slow to load: only who draws pays for it
        from sklearn.manifold import TSNE

        size = min(COMPONENTS, *vectors.shape)
        parts = PCA(size, svd_solver="full", random_state=self.seed).fit_transform(vectors)
        perplexity = min(PERPLEXITY, (len(vectors) - 1) / 3)
        tsne = TSNE(
            2, perplexity=perplexity, init="pca", learning_rate="auto", max_iter=STEPS, random_state=self.seed, n_jobs=1
        )
        plane: Points = tsne.fit_transform(parts.astype(np.float32)).astype(np.float32)
        return plane

    def _regions(self, points: Points) -> Labels:
        from sklearn.cluster import KMeans

        k = int(min(18, max(3, round(np.sqrt(len(points) / 12)))))
        labels = KMeans(min(k, len(points)), n_init=3, random_state=self.seed).fit_predict(points)
        largest = np.argsort(-np.bincount(labels), kind="stable")
        ranks = np.empty(len(largest), np.int16)
        ranks[largest] = np.arange(len(largest))
        found: Labels = ranks[labels]
        return found


def _scaled(plane: Points) -> Points:
    """Both axes by the same factor, into 0–1, the middle in the middle."""
    low, high = plane.min(axis=0), plane.max(axis=0)
    room = max(float((high - low).max()), 1e-9)
    result: Points = ((plane - (low + high) / 2) / room + 0.5).astype(np.float32)
    return result


def _among(vectors: Vectors, landmarks: Vectors, placed: Points) -> Points:
    """Where texts stand that were not landmarks: the mean of the landmarks most alike, the nearest counting most."""
    likeness = vectors @ landmarks.T
    count = min(ANCHORS, len(landmarks))
    best = np.argpartition(-likeness, count - 1, axis=1)[:, :count]
    near = np.take_along_axis(likeness, best, axis=1)
    weights = np.exp(SHARPNESS * (near - near.max(axis=1, keepdims=True)))
    weights /= weights.sum(axis=1, keepdims=True)
    result: Points = np.einsum("ij,ijk->ik", weights, placed[best]).astype(np.float32)
    return result


def faithfulness(vectors: Vectors, points: Points) -> float:
    """Mean share of the ``NEIGHBOURS`` nearest by meaning that are also among the nearest on the plane."""
    count = min(NEIGHBOURS, len(vectors) - 1)
    if count < 1:
        return 1.0
    checked = np.unique(np.linspace(0, len(vectors) - 1, min(len(vectors), CHECKED)).round().astype(np.intp))
    kept: list[float] = []
    for part in np.array_split(checked, max(1, len(checked) // 200)):
        alike = vectors[part] @ vectors.T
        apart = -((points[part][:, None, :] - points[None, :, :]) ** 2).sum(axis=2)
        for scores in (alike, apart):
            scores[np.arange(len(part)), part] = -np.inf
        first, second = (np.argpartition(-s, count - 1, axis=1)[:, :count] for s in (alike, apart))
        kept.extend(len(set(a) & set(b)) / count for a, b in zip(first.tolist(), second.tolist(), strict=True))
    return round(float(np.mean(kept)), 3)
