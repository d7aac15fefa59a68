"""The voices that are heard on each theme: its words, its meaning, its likest examples, and the cues of the codebook.

Each is learnt from rows of a table of labels ``T`` of shape ``(n, themes)``: 1 present, -1 absent, and between them
what is not known (``labels.UNKNOWN``), which counts little and as absent.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_matrix

from ..cues import CueMatcher
from ..ports import Vectors
from .words import Floats

SOFTNESS = 0.2  # C of the support vector machines over words, chosen on the two open sets of the bench
RIDGE, RIDGE_FEW = 3.0, 10.0  # the second up to FEW examples
FEW = 2_000
CUE_SCALE = 0.6  # of cues beside a vector of length about one
EXEMPLARS = 48  # examples of one theme kept for likeness
SEED = 20260101
Rows = npt.NDArray[np.intp]


def fit_words(matrix: csr_matrix, labels: Floats, weights: Floats) -> tuple[Floats, Floats]:
    """Linear support vector machines, one a theme: weights ``(grams, themes)`` and biases.

    A theme that has only one side among the rows weighs nothing.
    """
    from sklearn.svm import LinearSVC  # a second to load: commands and pages that do not learn go without

    out = np.zeros((matrix.shape[1], labels.shape[1]), np.float32)
    bias = np.zeros(labels.shape[1], np.float32)
    for k, column in enumerate(labels.T):
        present = column > 0
        if present.any() and not present.all():
            model = LinearSVC(C=SOFTNESS, tol=1e-3, random_state=SEED)
            model.fit(matrix, present, sample_weight=weights * np.abs(column))
            out[:, k], bias[k] = model.coef_[0], model.intercept_[0]
    return out, bias


@dataclass(frozen=True)
class Space:
    """Vectors moved to their mean and scaled, so that encoders of any shape and size are heard alike."""

    mean: Floats
    scale: float

    @classmethod
    def of(cls, vectors: Vectors) -> Space:
        mean = vectors.mean(axis=0)
        spread = float(np.sqrt(((vectors - mean) ** 2).sum(axis=1).mean()))
        return cls(mean.astype(np.float32), spread or 1.0)

    def place(self, vectors: Vectors) -> Floats:
        """Rows of mean length about one."""
        moved: Floats = (vectors - self.mean) / np.float32(self.scale)
        return moved


def fit_meaning(placed: Floats, labels: Floats, weights: Floats) -> tuple[Floats, Floats]:
    """Ridge regressions of the labels on vectors and cues (``with_cues``), all themes in one solution:
    ``(dimensions, themes)``, biases."""
    share = weights / weights.sum()
    centre, level = share @ placed, share @ labels
    moved = (placed - centre).astype(np.float64) * np.sqrt(weights)[:, None]
    wanted = (labels - level) * np.sqrt(weights)[:, None]
    ridge = RIDGE_FEW if len(labels) <= FEW else RIDGE
    gram = moved.T @ moved + ridge * np.eye(moved.shape[1])
    out = np.linalg.solve(gram, moved.T @ wanted)
    return out.astype(np.float32), (level - centre @ out).astype(np.float32)


@dataclass(frozen=True)
class Exemplars:
    """A few examples of each theme: unit vectors, and the theme of each."""

    vectors: Floats
    owners: Rows

    @classmethod
    def of(cls, placed: Floats, labels: Floats) -> Exemplars:
        """At most ``EXEMPLARS`` a theme, evenly taken, so that old and new examples are both there."""
        rows, owners = [], []
        for k, column in enumerate(labels.T):
            found = np.flatnonzero(column > 0)
            if len(found) > EXEMPLARS:
                found = found[np.linspace(0, len(found) - 1, EXEMPLARS).round().astype(np.intp)]
            rows.extend(found.tolist())
            owners.extend([k] * len(found))
        return cls(unit(placed[np.array(rows, np.intp)]), np.array(owners, np.intp))

    def likeness(self, placed: Floats, themes: int) -> Floats:
        """Mean cosine to the two likest examples of each theme, ``(n, themes)``; 0 for a theme without example."""
        out = np.zeros((len(placed), themes), np.float32)
        cosines = unit(placed) @ self.vectors.T
        for k in range(themes):
            mine = cosines[:, self.owners == k]
            if mine.shape[1] > 2:
                mine = np.partition(mine, -2, axis=1)[:, -2:]
            if mine.shape[1]:
                out[:, k] = mine.mean(axis=1)
        return out


def unit(vectors: Floats) -> Floats:
    """Rows of length one (a row of zeros stays)."""
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    scaled: Floats = (vectors / np.where(lengths > 0, lengths, 1)).astype(np.float32)
    return scaled


def with_cues(placed: Floats, cues: Floats) -> Floats:
    """Vectors with the cues of all labels beside them: a cue of one theme also speaks for and against others."""
    return np.hstack([placed, np.float32(CUE_SCALE) * cues[:, :, :2].reshape(len(cues), -1)])


class Cues:
    """Hits of the cues of each theme: strong, weak (two at most are counted of each), and whether a veto stands.

    The themes come first, in their order; then other labels that have cues.
    """

    def __init__(self, themes: Sequence[str], cues: Mapping[str, Sequence[str]]) -> None:
        others = [label for label in cues if label not in set(themes)]
        self.cues = {label: list(cues.get(label, ())) for label in (*themes, *others)}
        self._places = {label: k for k, label in enumerate(self.cues)}
        self.matcher = CueMatcher(self.cues)

    def count(self, texts: Sequence[str]) -> Floats:
        """Shape ``(n, labels, 3)``, 0–1."""
        out = np.zeros((len(texts), len(self._places), 3), np.float32)
        kinds = {"strong": 0, "weak": 1, "veto": 2}
        for row, text in zip(out, texts, strict=True):
            for hit in self.matcher.find(text):
                row[self._places[hit.label], kinds[hit.strength]] += 1
        halves: Floats = (np.minimum(out, 2) / 2).astype(np.float32)
        return halves
