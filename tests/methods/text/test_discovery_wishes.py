"""What people ask for: lacks, the clause that says it, and groups of passages that ask for the same thing."""

from __future__ import annotations

import numpy as np
import pytest

from ecoute.methods.text.documents import Judgement, Nature, Polarity, Span
from ecoute.methods.text.engines.discovery.wishes import WishGrouper, best_name
from ecoute.methods.text.engines.nature.clauses import LONGEST, clause_of, name_of, says_something
from ecoute.methods.text.engines.nature.lacks import Lacks
from ecoute.methods.text.engines.nature.patterns import PatternNature

pytestmark = pytest.mark.unit


def nature_of(text: str, polarity: Polarity = Polarity.NEUTRAL) -> str:
    return PatternNature().judge([text], [Judgement(polarity, 1.0, "test")], "fr")[0].value


@pytest.mark.parametrize(
    "text",
    [
        "Il faudrait ouvrir un guichet le samedi.",
        "J'aurais aimé être prévenue par courriel.",
        "Pourriez-vous rouvrir l'accueil de Lannion ?",
        "Serait-il possible de payer en ligne ?",
        "Merci de me faire parvenir l'attestation.",
        "À quand une application qui marche ?",
        "Pourquoi ne pas envoyer un SMS ?",
        "Je souhaite que mon dossier soit traité.",
        "It would be nice to have a phone number.",
        "Ce serait plus simple de tout envoyer par internet.",
    ],
)
def test_a_wish_in_words_is_an_expectation(text):
    assert nature_of(text) == Nature.EXPECTATION


@pytest.mark.parametrize(
    "text",
    [
        "Je souhaite remercier toute l'équipe.",
        "Merci de m'avoir répondu si vite.",
        "Je souhaitais féliciter le consulat.",
        "Pas besoin de se déplacer.",
    ],
)
def test_thanks_and_tales_are_no_expectation(text):
    assert nature_of(text, Polarity.POSITIVE) != Nature.EXPECTATION


@pytest.mark.parametrize(
    ("text", "nature", "lacks"),
    [
        ("Impossible d'avoir un rendez-vous avant trois mois.", "irritant", True),
        ("Aucune réponse à mes courriers.", "fact", True),
        ("Il n'y a plus de guichet à Lannion.", "irritant", True),
        ("Aucun problème, tout est clair.", "fact", False),
        ("Aucune attente au guichet.", "praise", False),
        ("Il faudrait un guichet, il n'y en a plus.", "expectation", False),
    ],
)
def test_a_lack_implies_an_expectation_unless_it_is_praise_or_said(text, nature, lacks):
    assert bool(Lacks().find(text, nature)) is lacks


def test_the_clause_leaves_greetings_and_other_sentences_out():
    text = "Bonjour, il faudrait ouvrir le samedi. Le parking est grand."
    evidence = [Span(text.index("il faudrait"), text.index(" ouvrir"))]

    clause = clause_of(text, evidence)

    assert text[clause.start : clause.end] == "il faudrait ouvrir le samedi"


def test_a_clause_is_never_longer_than_can_be_read_at_a_glance():
    text = "je voudrais " + "vraiment " * 200
    clause = clause_of(text, [Span(0, 11)])

    assert 0 < clause.end - clause.start <= LONGEST
    assert not text[clause.end - 1].isspace()


@pytest.mark.parametrize(
    ("clause", "name"),
    [
        ("il faudrait ouvrir le samedi", "Ouvrir le samedi"),
        ("il faudrait que quelqu'un réponde", "Il faudrait que quelqu'un réponde"),
        ("IMPOSSIBLE DE JOINDRE LA CAF", "Impossible de joindre la caf"),
        ("merci de nous rappeler", "Nous rappeler"),
    ],
)
def test_a_name_is_made_of_the_words_said(clause, name):
    assert name_of(clause) == name


def test_formulas_of_politeness_say_nothing():
    assert not says_something("Merci d'avance pour votre réponse")
    assert says_something("Merci de rouvrir la mairie")


def test_passages_that_ask_for_the_same_thing_are_one_group_and_others_stay_alone():
    clauses = [
        "ouvrir le guichet le samedi matin",
        "il faudrait ouvrir le guichet le samedi",
        "pourquoi ne pas ouvrir le samedi le guichet",
        "une application pour téléphone",
    ]
    vectors = np.eye(4, dtype=np.float32)
    vectors[1] = vectors[2] = vectors[0]

    groups = WishGrouper().group(["1", "2", "3", "4"], clauses, vectors)

    assert [set(group.members) for group in groups] == [{0, 1, 2}]
    assert "samedi" in groups[0].name


def test_three_passages_of_one_person_are_no_group():
    vectors = np.ones((3, 2), np.float32) / np.sqrt(2)

    groups = WishGrouper().group(["1", "1", "1"], ["ouvrir samedi"] * 3, vectors.astype(np.float32))

    assert groups == []


def test_beyond_what_is_compared_each_with_each_passages_join_the_nearest_group(monkeypatch):
    monkeypatch.setattr("ecoute.methods.text.engines.discovery.wishes.MOST", 10)
    clauses = ["ouvrir le guichet samedi", "payer par carte bancaire"] * 20
    vectors = np.tile(np.eye(2, dtype=np.float32), (20, 1))

    groups = WishGrouper().group([str(i) for i in range(40)], clauses, vectors)

    assert sorted(len(group.members) for group in groups) == [20, 20]


def test_the_name_prefers_what_reads_at_a_glance():
    assert best_name(["non [2 messages] 20/12/2018 14:44 3447027", "ouvrir le guichet le samedi"]) == (
        "Ouvrir le guichet le samedi"
    )
