"""The small engines one by one."""

import numpy as np
import pytest

from ecoute.methods.text.documents import Judgement, Nature, Polarity
from ecoute.methods.text.engines.discovery.kmeans import KMeansDiscoverer, sane_k
from ecoute.methods.text.engines.duplicates.minhash import MinHashDuplicates
from ecoute.methods.text.engines.embedding.use import UseEmbedder
from ecoute.methods.text.engines.language.restricted import RestrictedLanguageDetector
from ecoute.methods.text.engines.nature.patterns import PatternNature
from ecoute.methods.text.engines.phrases.ngrams import NgramPhrases, corpus_phrases
from ecoute.methods.text.engines.polarity.blend import BlendPolarity
from ecoute.methods.text.engines.polarity.lexicon import PolarityLexicon
from ecoute.methods.text.engines.stems.snowball import SnowballStemmer

pytestmark = pytest.mark.unit


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("nul", "fr"),
        ("site HS", "fr"),
        ("", "fr"),
        ("😀", "fr"),
        ("Impossible de joindre le service", "fr"),
        ("I waited for three hours at the desk", "en"),
        ("Ich habe lange gewartet und niemand hat geantwortet", "de"),
    ],
)
def test_language(text: str, language: str) -> None:
    assert RestrictedLanguageDetector().detect([text])[0][0] == language


@pytest.mark.parametrize(
    ("text", "counts"),
    [
        ("Accueil parfait", (1, 0)),
        ("L'accueil n'est pas agréable", (0, 1)),
        ("Aucun problème", (1, 0)),
        ("Pas de souci, tout est clair", (2, 0)),
        ("Je reste sans réponse", (0, 1)),
        ("Merci de bien vouloir me répondre", (0, 0)),
        ("J'ai demandé un acte de naissance", (0, 0)),
    ],
)
def test_turns_and_negations_are_counted(text: str, counts: tuple[int, int]) -> None:
    assert PolarityLexicon().counts(text) == counts


def test_polarity_of_segments_keeps_neutral_apart() -> None:
    texts = ["Personnel très aimable", "C'est inadmissible", "J'ai demandé un acte de naissance"]
    found = BlendPolarity("segment").judge(texts, UseEmbedder().embed(texts), "fr")
    assert [j.value for j in found] == [Polarity.POSITIVE, Polarity.NEGATIVE, Polarity.NEUTRAL]


@pytest.mark.parametrize(
    ("text", "nature"),
    [
        ("Il faudrait plus de personnel", Nature.EXPECTATION),
        ("J'aurais aimé être prévenu", Nature.EXPECTATION),
        ("Pourquoi ne pas ouvrir le samedi ?", Nature.EXPECTATION),
        ("Serait-il possible d'avoir un reçu ?", Nature.EXPECTATION),
        ("Comment faire pour obtenir un acte ?", Nature.QUESTION),
        ("Je tiens à remercier toute l'équipe", Nature.FACT),
        ("J'ai déposé mon dossier lundi", Nature.FACT),
    ],
)
def test_nature_of_a_neutral_segment(text: str, nature: Nature) -> None:
    neutral = Judgement(Polarity.NEUTRAL, 0.6, "test")
    assert PatternNature().judge([text], [neutral], "fr")[0].value == nature


@pytest.mark.parametrize(
    ("polarity", "nature"), [(Polarity.NEGATIVE, Nature.IRRITANT), (Polarity.POSITIVE, Nature.PRAISE)]
)
def test_polarity_tells_irritant_from_praise(polarity: Polarity, nature: Nature) -> None:
    assert PatternNature().judge(["Le guichet"], [Judgement(polarity, 0.6, "test")], "fr")[0].value == nature


def test_stems_meet_whatever_accents_and_endings() -> None:
    stemmer = SnowballStemmer()
    assert stemmer.stems("Réponses") == stemmer.stems("reponse") == stemmer.stems("LA RÉPONSE")
    assert SnowballStemmer("en").stems("the delays") == ["delay"]


def test_phrases_are_shown_as_written() -> None:
    found = NgramPhrases().extract(["Carte d'identité perdue. Ma carte d'identité n'arrive pas."], "fr")[0]
    assert found[0] == "carte d'identité"


def test_corpus_phrases_count_texts() -> None:
    texts = ["Prise de rendez-vous impossible", "La prise de rendez-vous est longue", "Rien d'autre"]
    assert ("prise de rendez-vous", 2) in corpus_phrases(texts)


def test_duplicates_are_grouped_and_short_praise_is_not() -> None:
    long = "Je me suis présenté au guichet lundi matin et personne ne pouvait me renseigner sur mon dossier de retraite"
    found = MinHashDuplicates().groups(["a", "b", "c", "d"], [long, long + " merci", "Très bien", "Très bien"])
    assert found == [("a", "b")]


def test_discovery_finds_separate_clouds() -> None:
    rng = np.random.default_rng(1)
    centres = np.eye(4, 16, dtype=np.float32)
    words = ["passeport consulat", "amende radar", "retraite pension", "vote internet"]
    vectors = np.repeat(centres, 10, axis=0) + 0.05 * rng.normal(size=(40, 16)).astype(np.float32)
    vectors = (vectors / np.linalg.norm(vectors, axis=1, keepdims=True)).astype(np.float32)
    keys = [str(i) for i in range(40)]
    texts = [words[i // 10] for i in range(40)]
    found = KMeansDiscoverer().discover(keys, texts, vectors)
    assert sorted(tuple(sorted(t.members, key=int)) for t in found) == sorted(
        tuple(keys[k : k + 10]) for k in range(0, 40, 10)
    )
    assert all(t.cohesion > 0.9 and set(t.exemplars) <= set(t.members) for t in found)


def test_too_few_texts_show_no_subject() -> None:
    assert KMeansDiscoverer().discover(["a"], ["b"], np.ones((1, 4), np.float32)) == []


def test_the_number_of_clusters_is_bounded() -> None:
    assert [sane_k(n) for n in (20, 1_000, 1_000_000)] == [4, 20, 40]
