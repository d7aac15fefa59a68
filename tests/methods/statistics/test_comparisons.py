from math import isclose

import pytest

from ecoute.methods.statistics import (
    Direction,
    Reason,
    compare_means,
    compare_proportions,
    holm,
    kappa,
    kappa_of,
    lifts,
    mean,
    p_chart,
    pareto,
    proportion,
    u_chart,
)

pytestmark = pytest.mark.unit


def compared(a, n, b, m):
    return compare_proportions(proportion(a, n), proportion(b, m))


def test_a_clear_rise():
    found = compared(80, 100, 65, 100)

    assert (found.direction, found.reason, found.test) == (Direction.UP, Reason.SIGNIFICANT, "z")
    assert isclose(found.difference, 0.15)
    assert (round(found.low, 3), round(found.high, 3)) == (0.026, 0.268)


def test_a_clear_fall():
    assert compared(65, 100, 80, 100).direction is Direction.DOWN


@pytest.mark.parametrize(
    ("counts", "reason"),
    [
        ((20, 29, 5, 400), Reason.SMALL_BASE),
        ((52, 100, 50, 100), Reason.NOT_SIGNIFICANT),
        ((51_000, 100_000, 50_000, 100_000), Reason.TOO_SMALL),
        ((0, 0, 5, 40), Reason.NO_BASE),
    ],
)
def test_no_arrow_without_the_three_conditions(counts, reason):
    found = compared(*counts)

    assert (found.direction, found.reason) == (Direction.STABLE, reason)


def test_small_expected_counts_use_the_exact_test():
    assert compared(1, 40, 7, 40).test == "fisher"


def test_compared_means():
    found = compare_means(mean(7.8, 3.1, 220), mean(7.1, 3.4, 180))

    assert (found.direction, round(found.p, 4), found.test) == (Direction.UP, 0.0338, "welch")
    assert found.low < found.difference < found.high


def test_holm_vector():
    assert [round(p, 10) for p in holm([0.01, 0.04, 0.03])] == [0.03, 0.06, 0.06]
    assert holm([]) == []


def test_kappa_vector():
    assert isclose(kappa([[45, 5], [10, 40]]), 0.70)
    assert kappa([[0]]) is None
    assert kappa([[7]]) is None


def test_kappa_of_lists():
    assert kappa_of(["a", "b", "a", "b"], ["a", "b", "a", "b"]) == 1
    with pytest.raises(ValueError, match=r"shorter|longer"):
        kappa_of(["a"], ["a", "b"])


def test_a_period_outside_its_limits_is_seen():
    rows = p_chart([10, 12, 9, 11, 40], [100, 100, 100, 100, 100])

    assert [r.outside for r in rows] == [False, False, False, False, True]
    assert isclose(rows[0].centre, 0.164)
    assert isclose(rows[0].high, 0.164 + 3 * (0.164 * 0.836 / 100) ** 0.5)


def test_an_empty_period_has_no_value_and_small_ones_are_said_unreliable():
    rows = p_chart([10, 0, 0], [100, 0, 3])

    assert (rows[1].value, rows[1].outside) == (None, False)
    assert [r.reliable for r in rows] == [True, False, False]


def test_rates_may_exceed_one():
    rows = u_chart([150, 160], [100, 100])

    assert rows[0].value == 1.5
    assert isclose(rows[0].centre, 1.55)


def test_pareto_marks_the_vital_few():
    rows = pareto({"wait": 50, "phone": 30, "letters": 15, "hours": 5, "none": 0})

    assert [r.key for r in rows] == ["wait", "phone", "letters", "hours"]
    assert [r.vital for r in rows] == [True, True, False, False]
    assert [r.cumulative for r in rows] == [0.5, 0.8, 0.95, 1.0]


def test_themes_met_together_more_than_by_chance():
    units = [{"wait", "phone"}] * 20 + [{"wait"}] * 5 + [{"phone"}] * 5 + [{"letters"}] * 70

    found = lifts(units)

    assert [(f.first, f.second, f.together) for f in found] == [("phone", "wait", 20)]
    assert isclose(found[0].lift, 20 / (25 * 25 / 100))
    assert found[0].p < 0.001


def test_rare_pairs_are_left_out():
    assert lifts([{"a", "b"}] * 4) == []
