"""The plane of a corpus."""

from __future__ import annotations

import numpy as np
import pytest

from ecoute.methods.text.maps.projection import TsnePlane, faithfulness

pytestmark = pytest.mark.unit


def two_groups(n: int = 60):
    rng = np.random.default_rng(2)
    rows = np.repeat(np.eye(2, 32, dtype=np.float32), n // 2, axis=0) + rng.normal(0, 0.05, (n, 32))
    return (rows / np.linalg.norm(rows, axis=1, keepdims=True)).astype(np.float32)


def test_what_means_the_same_stands_together_and_the_map_is_the_same_every_time():
    vectors = two_groups()

    found, again = TsnePlane().project(vectors), TsnePlane().project(vectors)

    assert np.array_equal(found.points, again.points)
    assert found.points.min() >= 0
    assert found.points.max() <= 1
    middles = found.points[:30].mean(axis=0), found.points[30:].mean(axis=0)
    spread = max(found.points[:30].std(), found.points[30:].std())
    assert np.linalg.norm(middles[0] - middles[1]) > 2 * spread


def test_beyond_the_landmarks_texts_stand_among_those_they_resemble(monkeypatch):
    monkeypatch.setattr("ecoute.methods.text.maps.projection.LANDMARKS", 30)

    found = TsnePlane().project(two_groups())

    middles = np.array([found.points[:30:2].mean(axis=0), found.points[30::2].mean(axis=0)])
    sides = np.linalg.norm(found.points[:, None] - middles[None], axis=2).argmin(axis=1)
    assert sides.tolist() == [0] * 30 + [1] * 30


def test_faithfulness_is_one_when_the_plane_keeps_every_neighbour():
    angles = np.linspace(0, 1.5, 40)
    circle = np.column_stack([np.cos(angles), np.sin(angles)]).astype(np.float32)

    assert faithfulness(circle, circle) == 1
    assert faithfulness(circle, np.random.default_rng(1).permutation(circle)) < 0.6


def test_a_handful_of_texts_is_no_map():
    with pytest.raises(ValueError, match="10 texts"):
        TsnePlane().project(two_groups(8))
