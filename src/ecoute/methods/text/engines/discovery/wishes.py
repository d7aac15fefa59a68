"""Expectations that ask for the same thing: average linkage over meaning and words together.

Small groups are wanted (three people who ask for one thing tell something), so clusters are not counted beforehand:
passages join as long as they are alike on average, and what is like nothing else stays alone.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import Stemmer
from scipy.cluster.hierarchy import fcluster, linkage
from scipy.spatial.distance import squareform

from ...ports import Vectors
from ...words import fold, words_of
from ..nature.clauses import FORMULAS, name_of
from ..stems.stop_words import stop_words

MOST = 4_000  # passages compared each with each; the others join the nearest group
WORDS = 0.4  # weight of words beside meaning
NEAR = 0.28  # average likeness at which two groups are one
JOINS = 0.40  # likeness to the middle of a group from which a passage beyond ``MOST`` joins it
MIN_OWNERS = 3
_STOP = stop_words("fr") | (FORMULAS - {"reponse", "reponses"})
Matrix = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class WishGroup:
    """Places of the passages, most central first, their mean likeness (0–1) and the group's name."""

    members: tuple[int, ...]
    cohesion: float
    name: str


class WishGrouper:
    """Deterministic: the same passages in the same order give the same groups."""

    name = "wishes-linkage"
    version = "1"

    def group(self, owners: Sequence[str], clauses: Sequence[str], vectors: Vectors) -> list[WishGroup]:
        """Groups of passages said in ``MIN_OWNERS`` verbatims at least (``owners``: the verbatim of each), largest
        first. ``vectors``: one unit row a clause."""
        if len(clauses) < MIN_OWNERS:
            return []
        both = _both(clauses, vectors)
        seeds = _spread(len(clauses))
        labels = np.full(len(clauses), -1, np.intp)
        labels[seeds] = _linked(both[seeds])
        if len(seeds) < len(clauses):
            _join(labels, both)
        groups = [np.flatnonzero(labels == label).tolist() for label in range(int(labels.max()) + 1)]
        kept = [g for g in groups if len({owners[i] for i in g}) >= MIN_OWNERS]
        found = [_group(g, clauses, both) for g in kept]
        return sorted(found, key=lambda one: (-len({owners[i] for i in one.members}), one.members))


def _stems(text: str) -> list[str]:
    stemmer = Stemmer.Stemmer("french")
    return [str(stemmer.stemWord(w)) for w in words_of(fold(text)).words if len(w) > 2 and w not in _STOP]


def _both(clauses: Sequence[str], vectors: Vectors) -> Matrix:
    """Rows whose inner product is (1 − w)·cosine of meanings + w·cosine of weighted words (words by random projection
    when there are many, so that memory stays bounded)."""
    from sklearn.feature_extraction.text import TfidfVectorizer  # slow to load: only who groups pays for it

    try:
        tfidf = TfidfVectorizer(analyzer=_stems, sublinear_tf=True, dtype=np.float32).fit_transform(clauses)
    except ValueError:  # no word at all
        return np.asarray(np.sqrt(1 - WORDS) * vectors, np.float32)
    if tfidf.shape[1] > 2_000:
        signs = np.random.default_rng(12).standard_normal((tfidf.shape[1], 1_000)).astype(np.float32)
        words = np.asarray(tfidf @ (signs / np.float32(np.sqrt(1_000))), np.float32)
    else:
        words = tfidf.toarray()
    joined = np.hstack([np.sqrt(1 - WORDS) * vectors, np.sqrt(WORDS) * words])
    result: Matrix = joined.astype(np.float32)
    return result


def _spread(n: int) -> npt.NDArray[np.intp]:
    return np.unique(np.linspace(0, n - 1, min(n, MOST)).round().astype(np.intp))


def _linked(rows: Matrix) -> npt.NDArray[np.intp]:
    distances = 1 - rows @ rows.T
    np.fill_diagonal(distances, 0)
    tree = linkage(squareform(np.clip(distances, 0, 2), checks=False), "average")
    labels: npt.NDArray[np.intp] = fcluster(tree, 1 - NEAR, "distance").astype(np.intp) - 1
    return labels


def _join(labels: npt.NDArray[np.intp], rows: Matrix) -> None:
    """Passages left out of the linkage join the group whose middle is nearest, if it is near."""
    centres = np.vstack([rows[labels == label].mean(axis=0) for label in range(int(labels.max()) + 1)])
    centres /= np.maximum(np.linalg.norm(centres, axis=1, keepdims=True), 1e-9)
    for at in np.array_split(np.flatnonzero(labels == -1), max(1, len(labels) // 2_000)):
        likeness = rows[at] @ centres.T
        best = likeness.argmax(axis=1)
        labels[at] = np.where(likeness.max(axis=1) >= JOINS, best, -2)


def _group(places: Sequence[int], clauses: Sequence[str], rows: Matrix) -> WishGroup:
    own = rows[list(places)]
    central = own @ own.mean(axis=0)
    order = np.argsort(-central, kind="stable")
    members = tuple(places[i] for i in order)
    return WishGroup(members, round(float(np.clip(central.mean(), 0, 1)), 3), best_name([clauses[i] for i in members]))


def best_name(clauses: Sequence[str]) -> str:
    """The clause that names a group, given most central first: near the middle, and of a length one reads at a glance.

    It is one person's words, never made up.
    """
    names = [name_of(clause) for clause in clauses[:12]]
    ranked = sorted(range(len(names)), key=lambda i: (_clumsy(names[i]) + 0.25 * i, i))
    return names[ranked[0]] if ranked else ""


def _clumsy(name: str) -> float:
    """Nothing for a title of 15 to 70 characters without figures or marks; more the further from that."""
    length = len(name)
    marks = sum(char.isdigit() or char in '[]()@/:;«»"' for char in name)
    hanging = name.casefold().rsplit(" ", 1)[-1].strip("'’") in _STOP
    return max(0, 15 - length) / 8 + max(0, length - 70) / 12 + marks / 2 + 2 * hanging
