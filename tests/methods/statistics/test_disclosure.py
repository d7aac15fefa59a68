import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ecoute.methods.statistics import Visibility, suppress_list, suppress_table, visibility

pytestmark = pytest.mark.unit

cells = st.one_of(st.just(0), st.integers(1, 15), st.integers(11, 200))
tables = st.integers(1, 5).flatmap(
    lambda width: st.lists(st.lists(cells, min_size=width, max_size=width), min_size=1, max_size=5)
)


def recoverable(table, hidden):
    """Cells that the published margins and the open cells determine, by linear algebra."""
    order = sorted(hidden)
    equations = np.zeros((len(table) + len(table[0]), len(order)))
    for i, (r, c) in enumerate(order):
        equations[r, i] = equations[len(table) + c, i] = 1
    rank = np.linalg.matrix_rank(equations) if order else 0
    unit = np.eye(len(order))
    return {cell for i, cell in enumerate(order) if np.linalg.matrix_rank(np.vstack([equations, unit[i]])) == rank}


@pytest.mark.parametrize(
    ("base", "published", "crossed", "expected"),
    [
        (0, True, False, Visibility.NOTHING),
        (10, True, False, Visibility.HIDDEN),
        (11, True, False, Visibility.FEW),
        (29, True, False, Visibility.FEW),
        (30, True, False, Visibility.SHOWN),
        (4, False, True, Visibility.HIDDEN),
        (5, False, True, Visibility.FEW),
        (4, False, False, Visibility.FEW),
    ],
)
def test_thresholds(base, published, crossed, expected):
    assert visibility(base, published=published, crossed=crossed) is expected


def test_one_small_cell_hides_three_more():
    found = suppress_table([[5, 40, 60], [70, 20, 90], [80, 50, 30]])

    assert found.hidden == {(0, 0), (0, 1), (1, 0), (1, 1)}
    assert found.exposed == frozenset()


def test_a_table_without_small_cells_is_left_alone():
    assert suppress_table([[20, 30], [40, 50]]).hidden == frozenset()


def test_a_single_row_cannot_be_protected_by_cells_alone():
    found = suppress_table([[5, 40, 60]])

    assert (0, 0) in found.exposed


@settings(max_examples=300)
@given(tables)
def test_no_small_cell_can_be_recovered_from_the_margins(table):
    found = suppress_table(table)

    small = {(r, c) for r, row in enumerate(table) for c, n in enumerate(row) if 0 < n < 11}
    assert small <= found.hidden
    assert recoverable(table, found.hidden) == found.exposed


@settings(max_examples=200)
@given(tables)
def test_hidden_cells_of_a_line_weigh_the_threshold_together_when_they_can(table):
    hidden = suppress_table(table).hidden

    for r, row in enumerate(table):
        mine = [c for c in range(len(row)) if (r, c) in hidden]
        open_cells = [n for c, n in enumerate(row) if n and c not in mine]
        assert not mine or not open_cells or sum(row[c] for c in mine) >= 11


@given(st.lists(cells, max_size=8))
def test_a_list_never_hides_one_place_alone_when_another_could_join(bases):
    hidden = suppress_list(bases)

    open_places = [b for i, b in enumerate(bases) if b and i not in hidden]
    assert all(b >= 11 for b in open_places)
    assert not hidden or not open_places or (len(hidden) >= 2 and sum(bases[i] for i in hidden) >= 11)
