"""The control chart."""

import pytest

from ecoute.methods.charts import ControlPoint, control

pytestmark = pytest.mark.unit


def _points():
    return [ControlPoint(0.1, 0.02, 0.2, 10, 100, False), ControlPoint(0.4, 0.02, 0.2, 40, 100, True)]


def test_a_point_outside_is_named_in_the_picture_and_in_the_table():
    chart = control(["mai", "juin"], _points(), 0.11, title="Attente")

    assert "juin : 40\u00a0%, hors de l’ordinaire" in chart.svg
    assert [row[-1] for row in chart.table.rows] == ["ordinaire", "hors de l’ordinaire"]


def test_a_hidden_count_leaves_no_figure():
    chart = control(["mai", "juin"], [_points()[0], ControlPoint(None, 0, 0.3, None, 20, False)], 0.1, title="Attente")

    assert chart.table.rows[1][1:3] == ("—", "—")


def test_nothing_to_draw_is_said():
    assert control([], [], 0.0, title="Attente").empty
