from math import isclose

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from ecoute.methods.statistics import (
    FIVE_LEVELS,
    THREE_SMILEYS,
    Contact,
    autonomy,
    contact_marks,
    mark_level,
    mark_of,
    mean_of,
    net_satisfaction,
    reachability_level,
    welch,
)
from ecoute.methods.statistics.distributions import student_quantile, student_two_sided

pytestmark = pytest.mark.unit


@given(st.floats(-30, 30), st.floats(1, 2000))
def test_student_agrees_with_scipy(t, df):
    assert isclose(student_two_sided(t, df), 2 * stats.t.sf(abs(t), df), rel_tol=1e-7, abs_tol=1e-12)


@pytest.mark.parametrize("df", [1, 2, 9, 30, 366.7, 5000])
def test_student_quantile_agrees_with_scipy(df):
    assert isclose(student_quantile(df), stats.t.ppf(0.975, df), rel_tol=1e-8)


def test_welch_vector():
    test = welch(7.8, 3.1, 220, 7.1, 3.4, 180)

    assert (round(test.t, 3), round(test.df, 1), round(test.p, 4)) == (2.131, 366.7, 0.0338)


def test_welch_without_spread():
    assert welch(5, 0, 10, 5, 0, 10).p == 1.0
    assert welch(6, 0, 10, 5, 0, 10).p == 0.0


@given(st.lists(st.floats(0, 10), min_size=2, max_size=60))
def test_the_mean_lies_in_its_interval(values):
    found = mean_of(values)

    assert found.base == len(values)
    assert found.low <= found.value <= found.high


def test_one_value_has_no_interval_and_none_has_no_mean():
    assert mean_of([7]).value == 7
    assert mean_of([7]).low is None
    assert mean_of([]).value is None


def test_a_census_has_no_width():
    found = mean_of([1, 2, 3], population=3)

    assert (found.low, found.high) == (2, 2)


def test_marks_out_of_ten():
    assert mark_of({"good": 60, "medium": 25, "bad": 15}, THREE_SMILEYS).value == 7.25
    five = {"very_good": 30, "good": 30, "medium": 20, "bad": 10, "very_bad": 10}
    assert mark_of(five, FIVE_LEVELS).value == 6.5


def test_the_interval_of_counted_marks_is_that_of_the_values():
    counted = mark_of({"good": 6, "medium": 3, "bad": 1}, THREE_SMILEYS)

    listed = mean_of([10.0] * 6 + [5.0] * 3 + [0.0])
    assert isclose(counted.low, listed.low)
    assert isclose(counted.high, listed.high)


def test_no_answer_is_no_mark_and_not_zero():
    assert mark_of({}, THREE_SMILEYS).value is None
    assert contact_marks(0, 0, {}) == Contact(None, None, None)
    assert autonomy(0, 0) is None


def test_who_reached_nobody_counts_zero_in_the_synthetic_mark():
    found = contact_marks(3, 1, {"very_good": 2, "medium": 1})

    assert found == Contact(0.75, 25 / 3, 25 / 4)


def test_levels():
    assert [mark_level(m) for m in (8, 7.99, 5, 4.9, None)] == ["good", "medium", "medium", "bad", None]
    assert [reachability_level(s) for s in (0.85, 0.7, 0.69, None)] == ["good", "medium", "bad", None]


def test_net_satisfaction_keeps_the_neutral_in_the_base():
    found = net_satisfaction(69, 20, 11)

    assert isclose(found.value, 0.58)
    assert found.base == 100
    assert found.low < 0.58 < found.high


def test_net_satisfaction_is_cut_at_its_bounds():
    found = net_satisfaction(1, 0, 1)

    assert (found.low, found.high) == (-1.0, 1.0)
