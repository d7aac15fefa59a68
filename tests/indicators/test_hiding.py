"""What hides, and that what is shown never gives it away by subtraction."""

from itertools import product

import pytest

from ecoute.indicators.enums import Audience
from ecoute.indicators.queries.comparison import compare_groups
from ecoute.indicators.queries.crossing import crossing, splits
from ecoute.indicators.queries.groups import Group
from ecoute.indicators.queries.hiding import SHOWN, hide
from ecoute.indicators.rules import Disclosure, disclosure
from ecoute.methods.statistics import proportion

pytestmark = pytest.mark.unit

FIVE = Disclosure(5)


def groups(*sizes):
    return [Group(str(i), f"Service {i}", size) for i, size in enumerate(sizes)]


def test_inside_one_criterion_shows_everything_and_two_hide_fewer_than_five():
    assert disclosure(criteria=1).shown(1) == 1
    assert [disclosure(criteria=2).shown(n) for n in (0, 1, 4, 5)] == [0, None, None, 5]


def test_what_is_published_hides_fewer_than_eleven_whatever_the_criteria():
    assert [disclosure(Audience.PUBLICATION, criteria=0).shown(n) for n in (0, 10, 11)] == [0, None, 11]


def test_a_small_count_hides_with_the_smallest_other_one():
    assert hide([20, 3, 8], FIVE).places == {1, 2}


def test_nothing_hides_when_nothing_is_small():
    assert hide([20, 5, 0, 8], FIVE).places == frozenset()


def test_small_ones_that_reach_the_threshold_together_need_no_other():
    assert hide([20, 3, 4], FIVE).places == {1, 2}


def test_the_sum_of_the_rest_hides_when_it_is_small_and_takes_one_with_it():
    found = hide([20, *[0] * (SHOWN - 2), 9, 2, 1], FIVE)

    assert found.rest
    assert found.places == {SHOWN - 1, SHOWN, SHOWN + 1}


def test_no_hidden_count_can_be_found_by_subtraction_in_either_page():
    for first in product((0, 2, 6), repeat=3):
        for rest in product((0, 1, 7), repeat=2):
            counts = [*first, *[0] * (SHOWN - 3), *rest]
            found = hide(counts, FIVE)
            small = {i for i, n in enumerate(counts) if 0 < n < 5}
            assert small <= found.places
            for part in _unknown_sums(counts, found):
                alone = {i for i in part if counts[i]}
                told = sum(counts[i] for i in alone)
                whole = sum(n for n in counts)
                assert not alone or told >= 5 or told == whole, (counts, found)


def _unknown_sums(counts, found):
    """Sets of hidden cells whose sum a reader of both pages can compute."""
    first = {i for i in found.places if i < SHOWN}
    rest = {i for i in found.places if i >= SHOWN}
    return [first | rest] if found.rest else [first, rest]


def test_a_cell_that_hides_has_no_figure():
    table = crossing(
        [("attente", "Attente")],
        groups(100, 100, 100),
        {("attente", "0"): 20, ("attente", "1"): 3, ("attente", "2"): 8},
        FIVE,
    )

    shown, small, other = table.cells[0]
    assert (shown.share.count, shown.share.base) == (20, 100)
    assert (small.share, small.hidden, other.share, other.hidden) == (None, True, None, True)


def test_a_group_of_one_opinion_only_hides_when_it_is_small():
    counts = {
        ("0", "negative"): 30,
        ("0", "positive"): 10,
        ("1", "negative"): 8,
        ("2", "negative"): 6,
        ("2", "neutral"): 2,
    }

    found = splits(groups(40, 8, 8), counts, FIVE)

    assert [split.kinds for split in found] == [(30, 0, 10), None, (6, 2, 0)]


def test_small_counts_on_a_theme_hide_in_the_comparison_of_groups_too():
    whole = proportion(33, 300)
    counts, bases = {"0": 20, "1": 3, "2": 10}, {"0": 100, "1": 100, "2": 100}

    found = compare_groups(groups(100, 100, 100), counts, bases, whole, FIVE, cells=True)

    assert {row.group.value: row.share and row.share.count for row in found.rows} == {"0": 20, "1": None, "2": None}
