"""The ratio of two sums: by hand, at its ends, and against what chance gives."""

import random

import pytest

from ecoute.methods.statistics import wilson
from ecoute.methods.statistics.ratios import ratio

pytestmark = pytest.mark.unit


def test_the_value_is_the_ratio_of_the_sums():
    found = ratio([1, 0, 2, 0], [2, 1, 3, 0])

    assert (found.top, found.bottom, found.units, found.value) == (3, 6, 3, 0.5)


def test_the_interval_by_hand():
    # residuals 0, −0.5, 0.5 around 0.5; error √(3/2 × 0.5) / 6 = 0.1443; t(2) = 4.3027
    found = ratio([1, 0, 2], [2, 1, 3])

    assert found.low == 0  # 0.5 − 0.621, cut
    assert found.high == 1
    wide = ratio([1, 0, 2] * 20, [2, 1, 3] * 20)
    assert wide.high - 0.5 == pytest.approx(2.001 * (60 / 59 * 10) ** 0.5 / 120, abs=1e-4)


def test_one_decision_a_unit_is_a_proportion():
    found = ratio([1, 1, 0, 1], [1, 1, 1, 1])

    assert (found.low, found.high) == wilson(3, 4)


def test_all_right_has_still_an_interval():
    found = ratio([2, 1, 3], [2, 1, 3])

    assert (found.value, found.high) == (1, 1)
    assert found.low == wilson(3, 3)[0]


def test_without_a_bottom_nothing_is_known():
    assert ratio([0, 0], [0, 0]).value is None


def test_unequal_lists_are_refused():
    with pytest.raises(ValueError):
        ratio([1], [1, 2])


def test_the_interval_holds_the_truth_when_decisions_hang_together():
    """In each unit two to four decisions, all right or all wrong together: 95 % means 95 % of 400 samples or nearly."""
    chance = random.Random(3)
    held = 0
    for _ in range(400):
        sizes = [chance.randint(2, 4) for _ in range(150)]
        tops = [size if chance.random() < 0.7 else 0 for size in sizes]
        found = ratio(tops, sizes)
        held += found.low <= 0.7 <= found.high
    assert held / 400 > 0.925
