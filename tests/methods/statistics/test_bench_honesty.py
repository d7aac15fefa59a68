"""The bench of honesty: it measures what it says, on any number of rows."""

import numpy as np
import pytest
from benchmarks.honesty import best_cut, by_frequency, frames, line, tried

pytestmark = pytest.mark.unit


def texts_of(rows):
    rng = np.random.default_rng(3)
    marks = rng.random(rows) < 0.3
    words = np.array(["attente file guichet longue", "merci accueil sourire agent"])
    noisy = np.where(rng.random(rows) < 0.1, ~marks, marks)
    return [f"{words[0] if mark else words[1]} {i % 7}" for i, mark in enumerate(noisy)], marks.tolist()


def test_what_is_learned_from_is_no_part_of_the_frame():
    texts, marks = texts_of(400)

    (frame,) = frames("essai", texts, {"attente": marks})

    assert 200 < len(frame.truth) < 280
    assert np.corrcoef(frame.truth, frame.said)[0, 1] > 0.6


@pytest.mark.parametrize("rows", [0, 5, 60])
def test_few_rows_are_said_to_be_few(rows, capsys):
    texts, marks = texts_of(rows)

    assert list(frames("essai", texts, {"attente": marks})) == []
    assert "essai" in capsys.readouterr().out


def test_a_theme_hardly_met_is_left_out_and_said(capsys):
    texts, _ = texts_of(300)

    assert list(frames("essai", texts, {"rare": [i < 4 for i in range(300)]})) == []
    assert "rare" in capsys.readouterr().out


def test_a_line_tells_coverage_and_widths():
    texts, marks = texts_of(600)
    (frame,) = frames("essai", texts, {"attente": marks})

    cells, found = line(frame, 100, 60)

    assert len(cells) == 16
    assert found.coverage > 0.85
    assert found.ratio < 0.95
    assert found.served == 1


def test_a_liar_is_found_out():
    """A machine that says the contrary of the truth is not used, and the sample's interval is kept."""
    truth = (np.arange(500) % 4 == 0).astype(float)

    found = tried(truth, 1 - truth, 100, 50, np.random.default_rng(1))

    assert (found.served, found.ratio) == (0, 1)


def test_themes_are_chosen_by_frequency():
    counts = {"half": 500, "tenth": 90, "twentieth": 35, "hundredth": 9, "never": 0, "Not assigned": 80}

    assert by_frequency(counts, 1000) == ["half", "tenth", "twentieth", "hundredth"]
    assert by_frequency({}, 0) == []


def test_the_cut_is_where_yes_and_no_agree_best():
    truth = np.array([0, 0, 0, 1, 1.0])

    assert 0.2 <= best_cut(truth, np.array([0.05, 0.1, 0.2, 0.4, 0.6])) < 0.4
