from math import isclose

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from ecoute.methods.statistics import (
    fisher_exact,
    margin,
    newcombe,
    proportion,
    sample_size,
    two_proportions,
    wilson,
)

pytestmark = pytest.mark.unit


@st.composite
def counted(draw: st.DrawFn) -> tuple[int, int]:
    base = draw(st.integers(1, 5000))
    return draw(st.integers(0, base)), base


@pytest.mark.parametrize(
    ("count", "base", "population", "expected"),
    [
        (82, 100, None, (0.7333, 0.8830)),
        (0, 10, None, (0.0, 0.2775)),
        (82, 100, 500, (0.7433, 0.8775)),
        (82, 100, 100, (0.82, 0.82)),
    ],
)
def test_wilson_matches_the_published_vectors(count, base, population, expected):
    low, high = wilson(count, base, population=population)

    assert (low, high) == pytest.approx(expected, abs=1e-4)


@given(counted())
def test_wilson_agrees_with_scipy(pair):
    count, base = pair

    low, high = wilson(count, base)

    reference = stats.binomtest(count, base).proportion_ci(method="wilson")
    assert isclose(low, reference.low, abs_tol=1e-9)
    assert isclose(high, reference.high, abs_tol=1e-9)


@given(counted(), st.integers(0, 100_000))
def test_wilson_stays_within_zero_and_one_and_holds_the_share(pair, extra):
    count, base = pair

    low, high = wilson(count, base, population=base + extra)

    assert 0 <= low <= count / base + 1e-12
    assert count / base - 1e-12 <= high <= 1


def test_nobody_asked_gives_no_share():
    assert proportion(0, 0).share is None
    assert proportion(0, 0).low is None


@pytest.mark.parametrize(("count", "base"), [(-1, 4), (5, 4), (0, -1)])
def test_an_impossible_count_is_refused(count, base):
    with pytest.raises(ValueError, match="0 <= count <= base"):
        proportion(count, base)


def test_margin_with_and_without_a_finite_population():
    assert round(margin(0.5, 400), 4) == 0.0490
    assert round(margin(0.5, 400, population=2000), 4) == 0.0438


@pytest.mark.parametrize(
    ("error", "population", "expected"), [(0.05, None, 385), (0.05, 1000, 278), (0.05, 200, 132), (0.03, None, 1068)]
)
def test_sample_size(error, population, expected):
    assert sample_size(error, population=population) == expected


def test_two_proportions_and_the_interval_of_their_difference():
    z, p = two_proportions(80, 100, 65, 100)
    low, high = newcombe(80, 100, 65, 100)

    assert (round(z, 3), round(p, 4)) == (2.375, 0.0175)
    assert (round(low, 3), round(high, 3)) == (0.026, 0.268)


def test_two_proportions_without_any_spread_do_not_differ():
    assert two_proportions(10, 10, 20, 20) == (0.0, 1.0)


@given(counted(), counted())
def test_fisher_agrees_with_scipy(one, two):
    (a, n1), (b, n2) = one, two

    p = fisher_exact(a, n1, b, n2)

    reference = stats.fisher_exact([[a, n1 - a], [b, n2 - b]]).pvalue
    assert isclose(p, reference, rel_tol=1e-4, abs_tol=1e-9)
