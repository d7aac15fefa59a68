"""Two systems on the same texts: what the bench says of a difference."""

from pathlib import Path

import numpy as np
import pytest

from ecoute.methods.text.evaluation import baseline
from ecoute.methods.text.evaluation.comparing import accuracy, compare, counts, figure, macro_f1, mcnemar, micro_f1
from ecoute.methods.text.evaluation.figures import table
from ecoute.methods.text.evaluation.remembering import Remembering

pytestmark = pytest.mark.unit

TRUTH = np.eye(2, dtype=bool)[np.arange(200) % 2]


def wrong_at(*places: int) -> np.ndarray:
    said = TRUTH.copy()
    said[list(places)] = ~said[list(places)]
    return said


def test_measures_are_those_of_the_textbook() -> None:
    truth = np.array([[1, 0], [1, 0], [0, 1], [0, 1]], bool)
    said = np.array([[1, 0], [0, 1], [0, 1], [0, 1]], bool)
    sums = counts(truth, said).sum(axis=0)
    assert accuracy(sums) == pytest.approx(0.75)
    assert macro_f1(sums) == pytest.approx((2 / 3 + 4 / 5) / 2)
    assert micro_f1(sums) == pytest.approx(0.75)


def test_a_class_that_is_nowhere_counts_nothing() -> None:
    truth = np.array([[1, 0], [1, 0]], bool)
    assert macro_f1(counts(truth, truth).sum(axis=0)) == 1


def test_a_system_is_no_better_than_itself() -> None:
    rows = counts(TRUTH, wrong_at(*range(40)))
    found = compare(rows, rows, accuracy)
    assert (found.difference, found.p) == (0, 1)
    assert found.low < found.value < found.high


def test_a_clear_difference_is_told_from_luck_by_both_tests() -> None:
    ours, other = counts(TRUTH, wrong_at(*range(10))), counts(TRUTH, wrong_at(*range(60)))
    for measure in (accuracy, macro_f1):
        found = compare(ours, other, measure)
        assert found.difference == pytest.approx(0.25, abs=0.01)
        assert found.difference_low > 0.15
        assert found.p < 0.001


def test_mcnemar_looks_only_at_texts_that_one_alone_judged_rightly() -> None:
    ours = np.array([True] * 15 + [False] * 5 + [True] * 80)
    other = np.array([False] * 15 + [True] * 5 + [True] * 80)
    assert mcnemar(ours, other) == pytest.approx(0.0414, abs=1e-3)
    assert mcnemar(ours[20:], other[20:]) == 1


def test_tags_of_one_text_stay_together() -> None:
    rows = counts(TRUTH[:4], TRUTH[:4], np.array([0, 0, 1, 1]))
    assert rows.shape == (2, 3, 2)
    assert rows[0, 0].tolist() == [1, 1]


def test_the_line_says_value_baseline_and_difference() -> None:
    ours, other = counts(TRUTH, wrong_at(*range(10))), counts(TRUTH, wrong_at(*range(60)))
    line = table([figure("s", "m", 200, compare(ours, other, accuracy))]).splitlines()[2]
    assert line.startswith("| s | m | 200 | 0.950 |")
    assert "| 0.700 | +0.250 [" in line
    assert "p < 0.001 |" in line


def test_the_baseline_learns_words_that_tell() -> None:
    seen = ["téléphone occupé", "téléphone coupé", "guichet fermé", "guichet ouvert"] * 5
    labels = np.array([[True, False], [True, False], [False, True], [False, True]] * 5)
    held = ["le téléphone", "le guichet"]
    found = baseline.judged(*baseline.matrices(seen, held), labels, balanced=True)
    assert found.argmax(axis=1).tolist() == [0, 1]


class Counting:
    """An encoder that counts how often it is asked."""

    name, version, network, dimensions, asked = "counting", "1", False, 2, 0

    def embed(self, texts: list[str]) -> np.ndarray:
        self.asked += 1
        return np.full((len(texts), 2), len(texts), np.float32)


def test_vectors_are_made_once_for_the_same_texts(tmp_path: Path) -> None:
    encoder, remembering = Counting(), Remembering(tmp_path)
    first = remembering(encoder, ["a", "b"])
    assert np.array_equal(remembering(encoder, ["a", "b"]), first)
    assert encoder.asked == 1
    remembering(encoder, ["a", "c"])
    assert encoder.asked == 2
