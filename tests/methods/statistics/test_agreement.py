"""Agreement between coders: published values, and intervals that hold what they should."""

import random

import pytest

from ecoute.methods.statistics.agreement import alpha, cohen, kappa, kappa_of, nominal, of_sets, presence, table_of

pytestmark = pytest.mark.unit

# The table of four observers and twelve units of Krippendorff, « Computing Krippendorff's alpha-reliability », 2011.
OBSERVERS = (
    (1, 2, 3, 3, 2, 1, 4, 1, 2, None, None, None),
    (1, 2, 3, 3, 2, 2, 4, 1, 2, 5, None, 3),
    (None, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, None),
    (1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, None),
)


def test_alpha_of_the_published_table():
    found = alpha(list(zip(*OBSERVERS, strict=True)))

    assert found.value == pytest.approx(0.743, abs=5e-4)
    assert found.units == 11  # one was read by a single observer
    assert found.low < 0.743 < found.high


def test_alpha_of_two_coders_of_the_published_binary_table():
    # Ten units, two observers: four disagreements, alpha = .095 (same source, example A).
    first = (0, 1, 0, 0, 0, 0, 0, 0, 1, 0)
    second = (1, 1, 1, 0, 0, 1, 0, 0, 0, 0)

    assert alpha(list(zip(first, second, strict=True))).value == pytest.approx(0.095, abs=1e-3)


def test_the_jackknife_is_what_leaving_each_unit_out_gives():
    units = list(zip(*OBSERVERS, strict=True))[:11]
    left_out = [alpha(units[:i] + units[i + 1 :]).value for i in range(11)]
    centre = sum(left_out) / 11
    error = (10 / 11 * sum((one - centre) ** 2 for one in left_out)) ** 0.5

    found = alpha(units)

    assert found.value - found.low == pytest.approx(2.228 * error, rel=1e-3)


@pytest.mark.parametrize("units", [[], [("a",)], [("a", None), (None, "b")], [("a", "a"), ("a", "a")]])
def test_nothing_to_agree_on_gives_no_alpha(units):
    assert alpha(units).value is None


def test_perfect_agreement_on_few_units_is_not_certain():
    found = alpha([("a", "a"), ("b", "b"), ("a", "a"), ("b", "b")])

    assert (found.value, found.high) == (1.0, 1.0)
    assert found.low < 0.2


def test_alpha_of_sets_is_between_that_of_strangers_and_of_twins():
    near = [(frozenset("ab"), frozenset("a")), (frozenset("c"), frozenset("c")), (frozenset("d"), frozenset("d"))]
    far = [(frozenset("ab"), frozenset("e")), *near[1:]]

    assert alpha(far, distance=of_sets).value < alpha(near, distance=of_sets).value < 1


@pytest.mark.parametrize(
    ("one", "other", "distance"),
    [("ab", "ab", 0.0), ("ab", "a", 1 - 1 / 2 * 2 / 3), ("ab", "bc", 1 - 1 / 3 * 1 / 3), ("ab", "c", 1.0)],
)
def test_the_distance_of_sets_is_passonneau_s(one, other, distance):
    assert of_sets(frozenset(one), frozenset(other)) == pytest.approx(distance)


def test_the_distance_of_sets_refuses_what_is_no_set():
    with pytest.raises(TypeError):
        of_sets("ab", "ab")


def test_two_codes_are_apart_or_not():
    assert (nominal("a", "a"), nominal("a", "b")) == (0.0, 1.0)


def test_kappa_of_the_standard_table():
    assert kappa([[45, 5], [10, 40]]) == pytest.approx(0.70)
    assert kappa_of(["a", "a", "b", "b"], ["a", "a", "b", "b"]) == 1
    assert kappa([]) is None


def test_the_interval_of_kappa_is_that_of_the_delta_method():
    found = cohen([[45, 5], [10, 40]])

    error = (found.high - found.low) / 2 / 1.959964
    assert error == pytest.approx(_numeric_error([[45, 5], [10, 40]]), rel=1e-4)


def _numeric_error(table, step=1e-5):
    """√(gradient' Σ gradient) of kappa for a multinomial table, by finite differences."""
    total = sum(map(sum, table))
    shares = [cell / total for row in table for cell in row]
    size = len(table)

    def value(flat):
        return kappa([[flat[i * size + j] for j in range(size)] for i in range(size)])

    slopes = []
    for i in range(len(shares)):
        up, down = list(shares), list(shares)
        up[i] += step
        down[i] -= step
        slopes.append((value(up) - value(down)) / (2 * step))
    mean = sum(p * g for p, g in zip(shares, slopes, strict=True))
    return (sum(p * (g - mean) ** 2 for p, g in zip(shares, slopes, strict=True)) / total) ** 0.5


def test_kappa_without_disagreement_or_without_units():
    perfect = cohen([[10, 0], [0, 10]])

    assert (perfect.value, perfect.high) == (1.0, 1.0)
    assert 0 < perfect.low < 1
    assert cohen([[0, 0], [0, 0]]).value is None


def test_intervals_hold_the_agreement_of_the_whole():
    """Two coders who each err one time in ten on three themes: alpha of 5,000 units beside that of draws of 150."""
    rng = random.Random(7)

    def unit():
        truth = rng.choices("abc", (6, 3, 1))[0]
        return tuple(truth if rng.random() < 0.9 else rng.choice("abc") for _ in range(2))

    units = [unit() for _ in range(5_000)]
    true = alpha(units).value
    draws = [rng.sample(units, 150) for _ in range(300)]
    alphas = [alpha(draw) for draw in draws]
    kappas = [cohen(table_of(*zip(*draw, strict=True))) for draw in draws]

    assert sum(one.low <= true <= one.high for one in alphas) / 300 > 0.91
    assert sum(one.low <= true <= one.high for one in kappas) / 300 > 0.91


def test_presence_of_one_theme():
    assert presence([{"a", "b"}, {"b"}, set()], "a") == [True, False, False]
