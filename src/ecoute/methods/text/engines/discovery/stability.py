"""Does a cluster come back when the corpus is drawn again? Clusterwise stability.

Each cluster is compared with the most similar one found in a draw of the corpus, by Jaccard's index among the texts
drawn, and the mean over draws is kept (Hennig, Computational Statistics & Data Analysis 52, 2007, p. 258). There, 0.6
to 0.75 says that a pattern is there and who belongs to it is doubtful; under 0.5 the cluster dissolves.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import numpy.typing as npt

Labels = npt.NDArray[np.intp]
Rows = npt.NDArray[np.float32]

DRAWS = 8
SHARE = 0.67  # of the texts in each draw, without replacement: duplicates would flatter
MOST = 4_000  # texts of a draw
FRAGILE = 0.5  # under this it is shown as fragile
TOO_FRAGILE = 0.35  # under this it is not shown


def stability(rows: Rows, labels: Labels, cluster: Callable[[Rows], Labels], seed: int = 12) -> list[float]:
    """For each label 0, 1, 2 …: mean best Jaccard over ``DRAWS``, 0–1. ``cluster`` labels the rows of a draw."""
    rng = np.random.default_rng(seed)
    count = int(labels.max()) + 1
    size = int(min(MOST, max(2, round(len(rows) * SHARE))))
    found = np.zeros(count)
    seen = np.zeros(count)
    for _draw in range(DRAWS):
        drawn = np.sort(rng.choice(len(rows), size, replace=False))
        best, here = best_jaccard(labels[drawn], cluster(rows[drawn]), count)
        found += best
        seen += here
    return [float(value) for value in found / np.maximum(seen, 1)]


def best_jaccard(first: Labels, second: Labels, count: int) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.float64]]:
    """For each label of ``first`` the best Jaccard with a label of ``second``, and 1 where the label was drawn at all.

    A negative label is no cluster.
    """
    kept = (first >= 0) & (second >= 0)
    table = np.zeros((count, int(second.max(initial=0)) + 1))
    np.add.at(table, (first[kept], second[kept]), 1)
    mine = np.bincount(first[first >= 0], minlength=count)[:, None]
    theirs = np.bincount(second[second >= 0], minlength=table.shape[1])[None, :]
    union = np.maximum(mine + theirs - table, 1)
    return (table / union).max(axis=1), (mine[:, 0] > 0).astype(float)
