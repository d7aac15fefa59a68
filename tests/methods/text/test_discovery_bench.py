"""The bench of discovered themes and of expectations measures what it says."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.sparse import csr_array

from ecoute.methods.text.evaluation import discovery, expectations
from ecoute.methods.text.evaluation.corpora import MissingDataError

pytestmark = pytest.mark.unit


def test_words_met_together_are_coherent_and_words_never_met_are_not():
    together = csr_array(np.array([[1, 1, 0, 0]] * 5 + [[0, 0, 1, 1]] * 5))
    apart = csr_array(np.eye(10, dtype=int)[:, :10])

    assert discovery.coherence(np.array([0] * 5 + [1] * 5), together[:, :2]) == pytest.approx(1)
    assert discovery.coherence(np.zeros(10, int), apart) == -1


def test_a_missing_set_says_so(monkeypatch, tmp_path, pipeline):
    monkeypatch.setenv("ECOUTE_DATA", str(tmp_path))

    figures = list(discovery.measure(pipeline))

    assert [figure.measure for figure in figures] == ["not measured"] * 4
    assert all("ECOUTE_DATA" in figure.remark for figure in figures)


def test_without_its_environment_bertopic_is_not_measured(monkeypatch, tmp_path):
    monkeypatch.setenv("ECOUTE_BERTOPIC", str(tmp_path / "python"))
    corpus = discovery.Corpus("x", "fr", ["a"], ["b"])

    figures = list(discovery._bertopic(corpus, np.zeros((1, 2), np.float32), csr_array((1, 1))))

    assert "tools/bench_bertopic.sh" in figures[0].remark


def test_the_labelled_passages_hold_a_third_apart():
    parts = [part for _key, _at, part, _label in expectations._labels()]

    assert len(parts) >= 150
    assert parts.count("test") == len(parts) // 3


def test_expectations_are_found_in_the_held_out_part(real_data, monkeypatch, pipeline):
    monkeypatch.setenv("ECOUTE_DATA", str(real_data))
    try:
        found = {figure.measure: figure for figure in expectations.measure(pipeline)}
    except MissingDataError as missing:
        pytest.skip(str(missing))

    for kind in ("explicit", "implied"):
        assert float(found[f"recall, {kind}, test"].value) >= 0.75
        assert float(found[f"precision, {kind}, test"].value) >= 0.75
