"""Themes that hear each other: moved by texts coded whole, left alone otherwise."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pytest

from ecoute.methods.text.learning.stacking import sigmoid, thresholds
from ecoute.methods.text.learning.together import Together

pytestmark = pytest.mark.unit


def said_together(count: int) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.float32]]:
    """The second theme is always there with the first; alone, nothing tells it."""
    first = np.tile([1.0, -1.0], count // 2)
    odds = np.stack([3 * first, np.zeros(count)], axis=1)
    return odds, np.stack([first, first], axis=1).astype(np.float32)


def test_a_theme_is_moved_by_the_one_it_is_said_with() -> None:
    odds, labels = said_together(400)
    moved = Together.of(odds, labels, np.ones(400, np.float32)).moved(odds)
    assert sigmoid(moved[0])[1] > 0.8
    assert sigmoid(moved[1])[1] < 0.2


@pytest.mark.parametrize("known", ["few", "in part"])
def test_nothing_moves_where_texts_are_few_or_known_in_part(known: str) -> None:
    odds, labels = said_together(100 if known == "few" else 400)
    if known == "in part":
        labels[:, 1] = np.where(labels[:, 1] > 0, 1, -0.3)
        labels[::2, 0] = -0.3
    moved = Together.of(odds, labels, np.ones(len(odds), np.float32)).moved(odds)
    np.testing.assert_array_equal(moved, odds)


def test_the_threshold_is_that_of_the_best_f1_to_be_expected() -> None:
    probabilities = np.repeat([0.9, 0.35, 0.05], [100, 100, 800])
    present = np.zeros(1000, bool)
    present[:90] = present[100:135] = present[200:240] = True
    give, doubt = thresholds(probabilities, present)
    assert 0.35 < give < 0.9  # with 35 in a hundred, the middle costs « yes » and « no » more than it brings
    assert doubt < give
