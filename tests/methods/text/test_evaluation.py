"""The bench itself: what it counts, and the floor its own sentences must keep."""

import pytest

from ecoute.methods.text.documents import MaskedText
from ecoute.methods.text.engines.masking.rules import RuleMasker
from ecoute.methods.text.evaluation import masking
from ecoute.methods.text.evaluation.figures import Figure, share, table
from ecoute.methods.text.ports import Masker

pytestmark = pytest.mark.unit


class BlindMasker:
    """Sees nothing: what the bench says of it is known beforehand."""

    name, version, network = "blind", "1", False

    def mask(self, text: str, language: str) -> MaskedText:
        return MaskedText(text)


def values(masker: Masker) -> dict[str, str]:
    return {f.measure: f.value for f in masking.measure(masker)}


def test_a_third_of_at_least_three_hundred_sentences_is_held_out() -> None:
    kept = masking.sentences()
    assert len(kept) >= 300
    assert sum(s.held_out for s in kept) == len(kept) // 3


def test_marks_are_taken_out_of_the_sentences() -> None:
    sentence = masking.sentences()[0]
    wanted = [(kind, sentence.text[span.start : span.end]) for kind, span in sentence.wanted]
    assert wanted == [("phone", "06 45 12 78 90")]


def test_a_masker_that_sees_nothing_recalls_nothing() -> None:
    assert values(BlindMasker())["recall, held out"] == "0.000"


def test_the_default_masker_keeps_its_floor() -> None:
    found = values(RuleMasker())
    assert float(found["recall, held out"]) >= 0.95
    assert float(found["clean sentences touched, held out"]) < 0.03


def test_a_share_carries_its_interval_and_an_empty_one_says_so() -> None:
    assert share("s", "m", 8, 10) == Figure("s", "m", 10, "0.800", "[0.490, 0.943]")
    assert share("s", "m", 0, 0).value == "–"


def test_the_table_is_markdown() -> None:
    assert table([Figure("s", "m", 1, "v")]).splitlines()[2] == "| s | m | 1 | v |  |  |"
