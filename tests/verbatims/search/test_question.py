"""What is typed in the search box is always understood somehow."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ecoute.verbatims.search.question import Question, answer, understand

pytestmark = pytest.mark.unit

TEXTS = {1: {"attent", "guichet"}, 2: {"attent"}, 3: {"telephon"}}


def find(stems):
    return np.array([pk for pk, words in TEXTS.items() if words.issuperset(stems)])


def answered(text):
    return answer(understand(text), np.array([1, 2, 3]), find).tolist()


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("attente", [1, 2]),
        ("attente guichet", [1]),
        ("attente -guichet", [2]),
        ("-attente", [3]),
        ("guichet OU téléphone", [1, 3]),
        ("guichet OR téléphone", [1, 3]),
        ("attente -guichet OU téléphone", [2, 3]),
        ("introuvable", []),
        ("", [1, 2, 3]),
        ("de la", [1, 2, 3]),
        ('"', [1, 2, 3]),
        ("- OU -", [1, 2, 3]),
        ("OU attente", [1, 2]),
        ("attente OU", [1, 2]),
    ],
)
def test_answers(text, found):
    assert answered(text) == found


def test_words_in_quotes_stay_together():
    (group,) = understand('« carte grise » "service-public').groups

    assert [len(term.stems) for term in group] == [2, 2]


def test_words_too_common_are_said():
    assert understand("le guichet").ignored == ("le",)


@given(st.text(max_size=80))
def test_nothing_typed_is_an_error(text):
    question = understand(text)

    assert isinstance(question, Question)
    assert set(answer(question, np.array([1, 2, 3]), find).tolist()) <= {1, 2, 3}
