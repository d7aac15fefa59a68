"""Subjects nobody wrote: found, named, and drawn again to see whether they come back."""

from __future__ import annotations

import numpy as np
import pytest

from ecoute.methods.text.engines.discovery.kmeans import KMeansDiscoverer, centred
from ecoute.methods.text.engines.discovery.stability import best_jaccard, stability

pytestmark = pytest.mark.unit


def blobs(per: int = 40, groups: int = 3, noise: float = 0.05):
    rng = np.random.default_rng(3)
    rows = np.repeat(np.eye(groups, 16, dtype=np.float32), per, axis=0)
    rows = rows + rng.normal(0, noise, rows.shape)
    return (rows / np.linalg.norm(rows, axis=1, keepdims=True)).astype(np.float32)


def test_groups_that_are_really_there_come_back():
    found = KMeansDiscoverer(clusters=3)
    rows = centred(blobs())

    assert min(stability(rows, found.label(rows), found.label_again)) > 0.95


def test_groups_cut_out_of_noise_do_not_come_back():
    rng = np.random.default_rng(4)
    rows = rng.normal(size=(150, 16)).astype(np.float32)
    rows = centred(rows / np.linalg.norm(rows, axis=1, keepdims=True))
    found = KMeansDiscoverer(clusters=10)

    assert np.mean(stability(rows, found.label(rows), found.label_again)) < 0.5


def test_best_jaccard_is_counted_among_the_texts_drawn():
    first, second = np.array([0, 0, 0, 1, 1]), np.array([1, 1, 0, 0, 0])

    best, here = best_jaccard(first, second, count=3)

    assert best.tolist() == pytest.approx([2 / 3, 2 / 3, 0])
    assert here.tolist() == [1, 1, 0]


def test_discovered_themes_carry_their_stability_and_fragile_ones_are_left_out():
    vectors = blobs()
    words = ["téléphone répond jamais", "guichet ouvert samedi", "formulaire papier perdu"]
    texts = [words[i // 40] for i in range(len(vectors))]

    found = KMeansDiscoverer(clusters=3).discover([str(i) for i in range(len(texts))], texts, vectors)

    assert len(found) == 3
    assert all(theme.stability is not None and theme.stability > 0.9 for theme in found)


def test_discovery_is_the_same_every_time():
    vectors = blobs(noise=0.3)
    keys = [str(i) for i in range(len(vectors))]
    texts = [f"guichet ouvert samedi {i % 3}" for i in range(len(vectors))]

    assert KMeansDiscoverer().discover(keys, texts, vectors) == KMeansDiscoverer().discover(keys, texts, vectors)
