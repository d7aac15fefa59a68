"""The last period against the earlier ones."""

import numpy as np
import pytest

from ecoute.methods.statistics import holm, last_period, limits

pytestmark = pytest.mark.unit


def test_a_share_that_doubles_rings():
    found = last_period([10, 11, 9, 10, 10, 11, 24], [100] * 7)

    assert found is not None
    assert found.dispersion == 1
    assert round(found.difference, 3) == 0.138
    assert found.low > 0
    assert found.p < 0.02


def test_the_same_share_does_not_when_months_are_as_uneven_as_that():
    found = last_period([2, 25, 1, 22, 4, 24, 24], [100] * 7)

    assert found is not None
    assert found.dispersion > 5
    assert found.p > 0.2


@pytest.mark.parametrize(
    ("counts", "bases"),
    [
        ([10] * 6, [100] * 6),  # five earlier periods
        ([1] * 7, [100] * 7),  # one expected in each
        ([10] * 7, [100] * 6 + [0]),  # nobody in the last
        ([10] * 6 + [1], [100] * 6 + [10]),  # one expected in the last
        ([], []),
    ],
)
def test_nothing_is_judged_without_enough(counts, bases):
    assert last_period(counts, bases) is None if counts else limits(counts, bases) == []


@pytest.mark.parametrize("evenness", [None, 0.005])
def test_stable_series_seldom_ring(evenness):
    """200 looks at 40 stable series of 13 months; fewer than one look in twenty may ring (corrected p under 0.02)."""
    chance = np.random.default_rng(20261122)
    rung = sum(_rings(chance, evenness) for _ in range(200))

    assert rung <= 10


def _rings(chance, evenness):
    ps = []
    for share in (0.05, 0.1, 0.2, 0.3) * 10:
        bases = chance.poisson(200, 13) + 1
        if evenness is None:
            shares = np.full(13, share)
        else:
            shares = chance.beta(share * (1 - evenness) / evenness, (1 - share) * (1 - evenness) / evenness, 13)
        found = last_period(chance.binomial(bases, shares).tolist(), bases.tolist())
        if found:
            ps.append(found.p)
    return min(holm(ps)) < 0.02


def test_limits_follow_the_base_of_each_period_and_what_is_ordinary_before_the_last():
    found = limits([10, 10, 10, 20, 40], [100, 100, 100, 200, 100])

    assert [one.outside for one in found] == [False] * 4 + [True]
    assert found[0].centre == 0.1
    assert found[0].high == pytest.approx(0.1 + 3 * (0.1 * 0.9 / 100) ** 0.5)
    assert found[3].high == pytest.approx(0.1 + 3 * (0.1 * 0.9 / 200) ** 0.5)


def test_a_period_without_anybody_has_no_value():
    found = limits([5, 0], [50, 0])

    assert (found[1].value, found[1].outside) == (None, False)
