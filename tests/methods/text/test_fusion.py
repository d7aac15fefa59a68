"""Words and meaning in one list."""

import numpy as np
import pytest

from ecoute.methods.text.fusion import fused

pytestmark = pytest.mark.unit


def test_what_is_good_in_both_lists_comes_first():
    near, words = np.array([0.9, 0.8, 0.1]), np.array([0.0, 5.0, 0.0])

    scores = fused(np.ones(3, bool), near, words)

    assert scores.argmax() == 1
    assert scores[0] == pytest.approx(1 / 61)
    assert scores[1] == pytest.approx(1 / 62 + 1 / 61)


def test_ranks_are_those_inside_the_filter():
    scores = fused(np.array([False, True, True]), np.array([0.9, 0.8, 0.1]), np.zeros(3))

    assert scores.tolist() == pytest.approx([0, 1 / 61, 1 / 62])


def test_equals_share_a_rank_and_nothing_is_something():
    assert fused(np.ones(2, bool), np.array([0.5, 0.5]), np.zeros(2)).tolist() == pytest.approx([1 / 61, 1 / 61])
    assert fused(np.zeros(0, bool), np.zeros(0), np.zeros(0)).tolist() == []
