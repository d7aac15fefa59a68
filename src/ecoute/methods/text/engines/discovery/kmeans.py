"""Subjects nobody wrote down: clusters of sentence vectors, named by the phrases that set each apart.

Many small clusters (k-means) are joined into the number wanted by Ward's criterion, which finds subjects of unequal
size and shape better than k-means alone. Each is drawn again to see whether it comes back (``stability.py``): what does
not is left out.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import numpy as np
import numpy.typing as npt

from ...documents import DiscoveredTheme
from ...ports import Vectors
from ..phrases.ngrams import PhraseCounter, top_phrases
from .stability import TOO_FRAGILE, stability

MIN_TEXTS = 20
MIN_MEMBERS = 5
MIN_COHESION = 0.35
SMALL_FOR_ONE = 3  # small clusters for one subject
MOST_SMALL = 120
TEXTS_OF_SMALL = 25  # on average, at least: smaller ones are chance
LARGE = 20_000  # above this many texts the clusters are learnt in mini-batches
PHRASES = 8
EXEMPLARS = 5
Labels = npt.NDArray[np.intp]


class KMeansDiscoverer:
    """Deterministic. ``clusters`` is chosen from the number of texts unless given."""

    name = "kmeans-ctfidf"
    version = "2"
    network = False

    def __init__(self, clusters: int | None = None, seed: int = 12) -> None:
        self.clusters = clusters
        self.seed = seed

    def discover(self, keys: Sequence[str], texts: Sequence[str], vectors: Vectors) -> list[DiscoveredTheme]:
        usable = np.flatnonzero(np.linalg.norm(vectors, axis=1) > 0) if len(keys) else np.zeros(0, np.intp)
        if len(usable) < MIN_TEXTS:
            return []
        rows = centred(vectors[usable])
        labels = self.label(rows)
        stable = stability(rows, labels, self.label_again)
        groups = [usable[labels == c] for c in range(labels.max() + 1)]
        tried = [(g, s) for g, s in zip(groups, stable, strict=True) if len(g) >= MIN_MEMBERS]
        named = _phrases_of([g for g, _ in tried], texts)
        themes = [_theme(g, p, s, keys, vectors) for (g, s), p in zip(tried, named, strict=True) if p]
        kept = [t for t in themes if t.cohesion >= MIN_COHESION and (t.stability or 0) >= TOO_FRAGILE]
        return sorted(_told_apart(kept), key=lambda t: (-len(t.members), t.name))

    def label(self, rows: Vectors, starts: int = 4) -> Labels:
        """The cluster of each row (see ``centred``), 0, 1, 2 …"""
        from sklearn.cluster import AgglomerativeClustering  # slow to load: only who discovers pays for it

        wanted = min(self.clusters or sane_k(len(rows)), len(rows))
        small = min(SMALL_FOR_ONE * wanted, MOST_SMALL, len(rows) // TEXTS_OF_SMALL)
        if small <= wanted:
            alone: Labels = self._kmeans(rows, wanted, starts).labels_.astype(np.intp)
            return alone
        found = self._kmeans(rows, small, starts)
        joined = AgglomerativeClustering(wanted, linkage="ward").fit_predict(found.cluster_centers_)
        labels: Labels = joined[found.labels_].astype(np.intp)
        return labels

    def label_again(self, rows: Vectors) -> Labels:
        """As ``label`` for a draw: from one start, which is quicker and no kinder."""
        return self.label(rows, starts=1)

    def _kmeans(self, rows: Vectors, clusters: int, starts: int) -> Any:
        from sklearn.cluster import KMeans, MiniBatchKMeans

        kind = MiniBatchKMeans if len(rows) > LARGE else KMeans
        return kind(n_clusters=clusters, n_init=starts, random_state=self.seed).fit(rows)


def centred(vectors: Vectors) -> Vectors:
    """Rows moved so that their mean is zero, then of unit length: what all texts share tells nothing apart."""
    moved = vectors - vectors.mean(axis=0)
    norms = np.linalg.norm(moved, axis=1, keepdims=True)
    result: Vectors = (moved / np.where(norms > 0, norms, 1)).astype(np.float32)
    return result


def sane_k(n: int) -> int:
    """Between 4 and 40 clusters, growing with the square root of the number of texts."""
    return int(min(40, max(4, round(math.sqrt(n / 2.5)))))


def _phrases_of(groups: Sequence[Labels], texts: Sequence[str]) -> list[list[str]]:
    """For each group the phrases that weigh most in it against all groups (class-based tf-idf on numbers of texts)."""
    counter = PhraseCounter()
    per_group: list[Counter[str]] = []
    for group in groups:
        counts: Counter[str] = Counter()
        for i in group:
            counts.update(counter.add(texts[i]).keys())
        per_group.append(counts)
    mean = sum(len(g) for g in groups) / max(len(groups), 1)
    found = []
    for group, counts in zip(groups, per_group, strict=True):
        least = max(2, math.ceil(len(group) * 0.06))
        scores = [
            (key, n / len(group) * math.log1p(mean / counter.texts[key]) * (1.6 if " " in key else 1.0))
            for key, n in counts.items()
            if n >= least
        ]
        found.append(top_phrases(counter, scores, PHRASES))
    return found


def _theme(group: Labels, phrases: list[str], stable: float, keys: Sequence[str], vectors: Vectors) -> DiscoveredTheme:
    own = vectors[group]
    centre = own.mean(axis=0)
    cosines = own @ (centre / max(float(np.linalg.norm(centre)), 1e-9))
    best = group[np.argsort(-cosines, kind="stable")[:EXEMPLARS]]
    return DiscoveredTheme(
        name=_name(phrases),
        phrases=tuple(phrases),
        members=tuple(keys[i] for i in group),
        exemplars=tuple(keys[i] for i in best),
        cohesion=round(float(np.clip(cosines.mean(), 0, 1)), 3),
        stability=round(stable, 3),
    )


def _name(phrases: Sequence[str], words: int = 3) -> str:
    name = ", ".join(phrases[:words])
    return name[:1].upper() + name[1:]


def _told_apart(themes: Sequence[DiscoveredTheme]) -> list[DiscoveredTheme]:
    """Two clusters never bear the same name: the second takes one phrase more."""
    seen: set[str] = set()
    result = []
    for theme in themes:
        name, words = theme.name, 3
        while name in seen and words < len(theme.phrases):
            words += 1
            name = _name(theme.phrases, words)
        seen.add(name)
        result.append(replace(theme, name=name))
    return result
