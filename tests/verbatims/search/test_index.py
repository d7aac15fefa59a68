"""The index of words: stems in, verbatims out, the same on every database."""

import numpy as np
import pytest
from django.db import connection

from ecoute.verbatims.models import Verbatim
from ecoute.verbatims.search.engines import word_index
from ecoute.verbatims.search.index import index_verbatims, rebuild, remove_verbatims, stems_elsewhere, stems_of
from ecoute.verbatims.search.question import answer, understand
from tests.factories.verbatims import make_verbatim, touch

pytestmark = [pytest.mark.integration, pytest.mark.django_db]


def found(question: str) -> list[int]:
    return word_index(connection.vendor).find(stems_of(question)).tolist()


def test_a_word_is_found_whatever_its_accents_and_ending():
    one = make_verbatim("J'attends des réponses depuis un mois.")
    make_verbatim("Tout va bien.")

    assert found("reponse") == [one.pk]
    assert found("RÉPONSES") == [one.pk]


def test_words_side_by_side_are_a_phrase():
    one = make_verbatim("La carte grise est arrivée.")
    make_verbatim("La grise mine et la carte.")

    assert found("carte grise") == [one.pk]


def test_the_title_is_searched_too():
    one = make_verbatim("Rien à dire.", title="Permis de conduire")

    assert found("permis") == [one.pk]


def test_writing_again_replaces():
    one = make_verbatim("Le guichet est fermé.")
    touch(one, text="Le téléphone sonne.")
    index_verbatims([one.pk])

    assert found("guichet") == []
    assert found("téléphone") == [one.pk]


def test_withdrawn_unmasked_and_removed_verbatims_leave():
    gone, bare, out = (make_verbatim("Le guichet est fermé.") for _ in range(3))
    touch(gone, withdrawn_at="2024-01-01T00:00:00Z")
    touch(bare, masking_version=0)

    assert index_verbatims([gone.pk, bare.pk]) == 0
    remove_verbatims([out.pk])

    assert found("guichet") == []


def test_the_whole_index_can_be_written_again():
    one = make_verbatim("Le guichet est fermé.")
    remove_verbatims([one.pk])

    assert rebuild() == 1
    assert found("guichet") == [one.pk]


def test_marks_of_the_query_language_are_plain_words():
    index = word_index(connection.vendor)
    index.put([(7, ["near", 'a"b', "c'd", "e\\f"])])

    assert index.find(["near"]).tolist() == [7]
    assert index.find(["zzz' OR '1"]).tolist() == []
    assert index.find(['zzz" OR "near']).tolist() == []


def test_a_text_that_says_more_of_it_ranks_higher():
    much = make_verbatim("Retard, encore du retard, toujours du retard.")
    little = make_verbatim("Un retard parmi bien d'autres choses très longues à raconter ici, en détail.")
    other = make_verbatim("Merci.")

    ranks = word_index(connection.vendor).rank(["retard"], np.array([much.pk, little.pk, other.pk]))

    assert ranks[0] > ranks[1] > ranks[2] == 0


@pytest.mark.parametrize(
    ("language", "text", "question"),
    [
        ("en", "The civil servants replied slowly.", "reply"),
        ("es", "Los trámites resultaron imposibles.", "tramite imposible"),
        ("es", "Los trámites resultaron imposibles.", '"resulta imposible"'),
        ("de", "Die Mitarbeiterinnen waren freundlich.", "Mitarbeiterin"),
    ],
)
def test_a_verbatim_is_found_by_the_forms_of_its_own_language(language, text, question):
    one = make_verbatim(text, language=language)
    make_verbatim("Tout va bien.")

    def answered(typed):
        return answer(understand(typed), everything, word_index(connection.vendor).find).tolist()

    everything = np.array(sorted(Verbatim.objects.values_list("pk", flat=True)))
    assert answered(question) == [one.pk]
    assert one.pk not in answered("introuvable")
    assert one.pk not in answered(" ".join(f"-{word}" for word in question.replace('"', "").split()))


def test_forms_of_another_language_find_no_french_text():
    one = make_verbatim("Un rapport sur la mairie.")

    assert found("mairie") == [one.pk]
    assert all(not word_index(connection.vendor).find(stems).size for stems in stems_elsewhere("mairie"))
