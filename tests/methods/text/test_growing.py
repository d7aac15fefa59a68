"""The bench of corrections: what is tested was never learnt from, and people's texts are worth something."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest

from ecoute.methods.text.evaluation import growing
from ecoute.methods.text.evaluation.corpora import Labelled
from ecoute.methods.text.ports import Embedder, Vectors

pytestmark = pytest.mark.unit

WORDS = ["drap", "linge", "parking", "voiture", "merci"]
KINDS = {"laundry": "drap", "parking": "voiture"}


class Letters:
    """One direction a known word."""

    name, version, network, dimensions = "letters", "1", False, len(WORDS) + 1

    def embed(self, texts: Sequence[str]) -> Vectors:
        rows = np.array([[*(word in text for word in WORDS), 0.3] for text in texts], np.float32)
        return rows / np.linalg.norm(rows, axis=1, keepdims=True)


def rows(count: int) -> list[Labelled]:
    return [
        Labelled(f"avis numéro {i} sur un {word} ici", frozenset({theme}))
        for i in range(count)
        for theme, word in KINDS.items()
    ]


def embed(embedder: Embedder, texts: Sequence[str]) -> Vectors:
    return Letters().embed(texts)


@pytest.fixture
def draw(monkeypatch: pytest.MonkeyPatch) -> growing.Draw:
    monkeypatch.setattr(growing, "TEST", 60)
    return growing.drawn([*rows(200), *rows(3)], 0, embed)


def test_sentences_corrections_and_test_share_no_text(draw: growing.Draw) -> None:
    written = {i for chosen in draw.sentences.values() for i in chosen}
    corrected = {i for chosen in draw.corrected for i in chosen}
    assert [len(chosen) for chosen in draw.sentences.values()] == [growing.SENTENCES] * 2
    assert len(set(draw.texts)) == len(draw.texts)
    assert not written & corrected
    assert not (written | corrected) & set(draw.test)


def test_corrections_beat_likeness_to_the_sentences(draw: growing.Draw) -> None:
    points = list(growing.measured(draw, Letters()))
    assert [p.corrected for p in points] == list(growing.STEPS)
    assert points[-1].passages == 160
    assert points[-1].mixture > 0.95
    assert points[-1].mixture_error < points[0].mixture_error


def test_the_table_gives_the_mean_of_the_draws() -> None:
    points = [growing.Point(5, 50, 0.1, 0.2, value, 0.0, 0.0) for value in (0.3, 0.5)]
    [line] = growing.lines("set", [[point] for point in points], 9)
    assert line == "| set, 9 themes | 5 | 50 | 0.100 | 0.200 | 0.400 | +0.100 to +0.300 | 0.000 | 0.000 |"
