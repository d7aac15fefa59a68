"""A polarity is followed to its characters; the profile « fine » reads a long text whole."""

from collections.abc import Sequence

import numpy as np
import pytest

from ecoute.methods.text.documents import Polarity
from ecoute.methods.text.engines.embedding.use import UseEmbedder
from ecoute.methods.text.engines.polarity.blend import FIRST, SHORT, BlendPolarity, Weights, evidence
from ecoute.methods.text.ports import Vectors

pytestmark = pytest.mark.unit


def judged(text: str, head: str = "segment") -> tuple[str, list[str]]:
    engine = BlendPolarity("document" if head == "document" else "segment")
    found = engine.judge([text], UseEmbedder().embed([text]), "fr")[0]
    return found.value, [text[s.start : s.end] for s in found.evidence]


@pytest.mark.parametrize(
    ("text", "value", "shown"),
    [
        ("Bonjour, personnel très aimable au guichet", Polarity.POSITIVE, ["aimable"]),
        ("Le site n'est pas pratique du tout", Polarity.NEGATIVE, ["pas pratique"]),
        ("J'ai demandé un acte de naissance", Polarity.NEUTRAL, []),
    ],
)
def test_turns_of_the_side_that_won_are_the_evidence(text: str, value: str, shown: list[str]) -> None:
    found = judged(text)
    assert found[0] == value
    assert len(found[1]) == len(shown)
    assert all(part in piece for part, piece in zip(shown, found[1], strict=True))


def test_without_a_turn_the_words_that_weighed_are_shown() -> None:
    text = "Le courrier est parti au mauvais endroit, zut alors"
    spans = evidence(Weights.shipped(), text, 0, [])
    assert 1 <= len(spans) <= 3
    assert all(0 <= s.start < s.end <= len(text) for s in spans)


def test_words_nobody_knows_leave_the_whole_text_as_evidence() -> None:
    spans = evidence(Weights.shipped(), "zzyzx qwrtp", 2, [])
    assert [(s.start, s.end) for s in spans] == [(0, 11)]


class Reader:
    """An encoder that notes what it was given to read."""

    name, version, network, dimensions = "reader", "1", False, 384

    def __init__(self) -> None:
        self.read: list[str] = []

    def embed(self, texts: Sequence[str]) -> Vectors:
        self.read.extend(texts)
        out = np.zeros((len(texts), 384), np.float32)
        out[:, 0] = 1
        return out


def test_only_a_long_text_is_read_whole() -> None:
    reader = Reader()
    engine = BlendPolarity("document", whole=reader)
    texts = ["Très bien", "Personne ne répond. " * 20]
    assert len(texts[1]) > SHORT
    found = engine.judge(texts, np.ones((2, FIRST + 384), np.float32) / 30, "fr")
    assert reader.read == [texts[1]]
    assert [j.engine.endswith("/e5/document") for j in found] == [True, True]
