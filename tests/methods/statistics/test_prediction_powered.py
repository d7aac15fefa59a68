"""Shares corrected by a sample: the formulas, the cases where nothing can be corrected, and coverage."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ecoute.methods.statistics import wilson
from ecoute.methods.statistics.comparisons import Direction, Reason, compare_estimates
from ecoute.methods.statistics.prediction_powered import Basis, corrected_share, effective_size

pytestmark = pytest.mark.unit


def made(truth, machine, frame, **more):
    """``machine_mean`` is that of the sample unless it is given."""
    more.setdefault("machine_mean", sum(machine) / len(machine))
    return corrected_share(truth, machine, frame=frame, **more)


def test_a_perfect_machine_leaves_next_to_no_doubt():
    truth = [1, 0, 0, 1, 0] * 20

    found = made(truth, truth, 10_000, machine_mean=0.35)

    assert found.basis is Basis.CORRECTED
    assert found.share == pytest.approx(0.35, abs=1e-9)
    assert found.high - found.low < 0.4 * (found.sample_high - found.sample_low)


def test_a_machine_that_says_too_much_is_brought_back():
    # People: 30 in 100; the machine says 50, all theirs and 20 more. In the frame it says half.
    truth = [1] * 30 + [0] * 70
    machine = [1] * 50 + [0] * 50
    order = random.Random(1).sample(range(100), 100)

    found = made([truth[i] for i in order], [machine[i] for i in order], 5000, machine_mean=0.5)

    assert found.share == pytest.approx(0.30, abs=0.005)
    assert 0 < found.tuning < 1


def test_the_share_is_the_published_formula_with_its_tuning():
    truth = [1, 1, 0, 0, 1, 0, 0, 0, 0, 0] * 6
    machine = [1, 0, 0, 1, 1, 0, 0, 0, 0, 0] * 6
    order = random.Random(2).sample(range(60), 60)
    y, f = [truth[i] for i in order], [machine[i] for i in order]

    found = made(y, f, 4000, machine_mean=0.4)

    slope = found.tuning
    assert found.share == pytest.approx(
        slope * 0.4 + sum(a - slope * b for a, b in zip(y, f, strict=True)) / 60, abs=0.01
    )
    assert slope == pytest.approx((0.2 - 0.3 * 0.3) / (0.3 * 0.7), abs=0.01)  # cov(y, f) / var(f)


def test_few_verbatims_correct_nothing_and_give_the_sample():
    found = made([1] * 5 + [0] * 20, [1] * 5 + [0] * 20, 1000)

    assert found.basis is Basis.FEW
    assert (found.share, found.tuning) == (0.2, 0.0)
    assert (found.low, found.high) == (found.sample_low, found.sample_high)


@pytest.mark.parametrize("value", [0, 1])
def test_a_sample_that_says_one_thing_only_gives_its_interval(value):
    found = made([value] * 100, [0, 1] * 50, 1000, machine_mean=0.52)

    assert found.basis is Basis.ALIKE
    assert (found.low, found.high) == (found.sample_low, found.sample_high)
    assert found.low <= found.share <= found.high


def test_a_machine_that_helps_nothing_gives_the_sample():
    for machine in ([0.0] * 100, [1.0] * 100, [0.0, 1.0] * 50):
        found = made([0, 0, 1, 1] * 25, machine, 1000, machine_mean=0.7)

        assert found.basis is Basis.NO_HELP
        assert found.share == 0.5


def test_one_theme_in_a_hundred_is_no_proof():
    """With one verbatim seen, the lower end is as low as that of the sample (modified Wilson), whatever the machine."""
    truth = [1] + [0] * 99

    found = made(truth, [0.3] + [0.0] * 99, 10_000, machine_mean=0.05)

    assert found.low <= 0.0513 / effective_size(100, 10_000, 1.0) + 1e-12


def test_a_census_has_no_doubt_about_its_words_and_some_beyond():
    truth = [1] * 20 + [0] * 80

    inside = made(truth, truth, 100)
    beyond = made(truth, truth, 100, beyond=True)

    assert (inside.low, inside.share, inside.high) == (0.2, 0.2, 0.2)
    assert (beyond.low, beyond.high) == pytest.approx(wilson(20, 100))


@pytest.mark.parametrize(("truth", "machine", "frame"), [([], [], 10), ([1], [1, 0], 10), ([1, 0], [1, 0], 1)])
def test_impossible_samples_are_refused(truth, machine, frame):
    with pytest.raises(ValueError, match="as many opinions"):
        corrected_share(truth, machine, machine_mean=0.5, frame=frame)


@given(
    st.lists(st.tuples(st.booleans(), st.floats(0, 1)), min_size=1, max_size=120),
    st.floats(0, 1),
    st.integers(0, 5000),
    st.booleans(),
)
def test_the_interval_stays_within_0_and_1_and_holds_the_share(rows, mean, more, beyond):
    truth, machine = [float(y) for y, _ in rows], [f for _, f in rows]

    found = corrected_share(truth, machine, machine_mean=mean, frame=len(rows) + more, beyond=beyond)

    assert 0 <= found.low <= found.share + 1e-12
    assert found.share <= found.high + 1e-12
    assert found.high <= 1


@pytest.mark.parametrize(
    ("share", "recall", "false", "coded", "beyond"),
    [(0.25, 0.8, 0.05, 100, False), (0.25, 0.8, 0.05, 100, True), (0.06, 0.6, 0.02, 100, False),
     (0.06, 0.6, 0.02, 300, True), (0.02, 0.5, 0.01, 100, False)],
)  # fmt: skip
def test_the_interval_holds_the_true_share_as_often_as_it_says(share, recall, false, coded, beyond):
    rng = random.Random(11)
    truth = [int(rng.random() < share) for _ in range(1200)]
    machine = [int(rng.random() < (recall if y else false)) for y in truth]
    held, wide, alone = 0, 0.0, 0.0
    for _ in range(400):
        rows = [rng.randrange(1200) for _ in range(1200)] if beyond else range(1200)
        drawn = rng.sample(list(rows), coded)
        mean = sum(machine[i] for i in rows) / 1200
        found = corrected_share(
            [truth[i] for i in drawn], [machine[i] for i in drawn], machine_mean=mean, frame=1200, beyond=beyond
        )
        held += found.low <= sum(truth) / 1200 <= found.high
        wide += found.high - found.low
        alone += found.sample_high - found.sample_low

    assert held / 400 >= 0.93
    # A theme that hardly anybody speaks of gains nothing from a hundred verbatims, and pays for it with little.
    assert wide < (0.97 if share > 0.05 else 1.05) * alone


def test_estimates_are_compared_by_what_they_are_worth():
    sure = compare_estimates((0.30, 600.0), (0.20, 600.0))
    unsure = compare_estimates((0.30, 60.0), (0.20, 60.0))
    few = compare_estimates((0.30, 20.0), (0.20, 600.0))

    assert (sure.direction, sure.test) == (Direction.UP, "z")
    assert unsure.reason is Reason.NOT_SIGNIFICANT
    assert few.reason is Reason.SMALL_BASE
    assert sure.low < 0.1 < sure.high


def test_rare_estimates_are_compared_exactly():
    assert compare_estimates((0.02, 100.0), (0.01, 100.0)).test == "fisher"
