"""Learning the themes of a codebook: from its own sentences on the first day, then from what people correct."""

from dataclasses import replace

import numpy as np
import pytest

from ecoute.methods.text.codebooks import load_default
from ecoute.methods.text.engines.embedding.use import UseEmbedder
from ecoute.methods.text.learning import Example, LearnedThemes, StaleWeightsError, learn
from ecoute.methods.text.learning.labels import folds_of, table
from ecoute.methods.text.learning.scoring import WordScorer
from ecoute.methods.text.learning.stacking import calibration_error, logistic, sigmoid, thresholds
from ecoute.methods.text.learning.words import Vocabulary

pytestmark = pytest.mark.unit

CODEBOOK = load_default()
THEMES = [theme.slug for theme in CODEBOOK.leaves()]
CUES = {theme.slug: theme.cues for theme in CODEBOOK.leaves()}
SENTENCES = [Example(text, frozenset({theme.slug})) for theme in CODEBOOK.leaves() for text in theme.examples]


@pytest.fixture(scope="module")
def embedder() -> UseEmbedder:
    return UseEmbedder()


@pytest.fixture(scope="module")
def first_day(embedder: UseEmbedder) -> LearnedThemes:
    return learn(SENTENCES, THEMES, embedder, cues=CUES)


def best(learned: LearnedThemes, embedder: UseEmbedder, text: str) -> str:
    return learned.themes[int(learned.probabilities([text], embedder.embed([text]))[0].argmax())]


@pytest.mark.parametrize(
    ("text", "theme"),
    [
        ("Personne ne décroche, le standard est toujours occupé", "telephone"),
        ("Pas un seul créneau libre avant trois mois pour un rendez-vous", "rendez-vous"),
        ("No appointment slots for the next four months", "rendez-vous"),
    ],
)
def test_the_written_sentences_suffice_on_the_first_day(
    first_day: LearnedThemes, embedder: UseEmbedder, text: str, theme: str
) -> None:
    assert best(first_day, embedder, text) == theme


def test_words_that_speak_of_nothing_get_no_code(first_day: LearnedThemes, embedder: UseEmbedder) -> None:
    texts = ["Bonjour", "Je vous écris au sujet de ma situation", "Merci d'avance, cordialement"]
    found = first_day.probabilities(texts, embedder.embed(texts))
    give = np.array([first_day.thresholds[t][0] for t in first_day.themes])
    assert not (found >= give).any()


def test_the_same_examples_give_the_same_numbers(first_day: LearnedThemes, embedder: UseEmbedder) -> None:
    again = learn(SENTENCES, THEMES, embedder, cues=CUES)
    texts = [e.text for e in SENTENCES[:20]]
    vectors = embedder.embed(texts)
    assert np.array_equal(first_day.probabilities(texts, vectors), again.probabilities(texts, vectors))
    assert first_day.report == again.report


def test_bytes_bring_back_the_same_answers(first_day: LearnedThemes, embedder: UseEmbedder) -> None:
    back = LearnedThemes.from_bytes(first_day.to_bytes())
    texts = [e.text for e in SENTENCES[:20]]
    vectors = embedder.embed(texts)
    assert np.allclose(first_day.probabilities(texts, vectors), back.probabilities(texts, vectors), atol=2e-3)
    assert (back.themes, back.thresholds, back.report) == (first_day.themes, first_day.thresholds, first_day.report)
    assert back.evidence(texts[0], THEMES[0]) == first_day.evidence(texts[0], THEMES[0])


def test_evidence_is_the_words_that_weigh(first_day: LearnedThemes) -> None:
    text = "Bonjour, le téléphone sonne dans le vide depuis ce matin."
    spans = first_day.evidence(text, "telephone")
    assert "téléphone" in text[spans[0].start : spans[0].end]
    assert all(0 <= s.start < s.end <= len(text) for s in spans)
    assert first_day.evidence("", "telephone") == () == first_day.evidence(text, "unheard-of")


def test_corrections_teach_a_word_that_no_sentence_held(embedder: UseEmbedder) -> None:
    places = ("Melun", "Brest", "Lyon", "Tours", "Nice", "Metz")
    corrections = [
        Example(f"La borne Zébulon de {place} est encore hors service", frozenset({"telephone"}), None)
        for place in places
    ]
    taught = learn([*SENTENCES, *corrections], THEMES, embedder, cues=CUES)
    assert best(taught, embedder, "Zébulon à Dijon : hors service") == "telephone"


def test_what_is_said_absent_lowers_the_theme(first_day: LearnedThemes, embedder: UseEmbedder) -> None:
    text = "J'appelle souvent ma sœur par téléphone, elle décroche toujours"
    refused = [
        Example(f"{text} à {place}", frozenset(), frozenset({"telephone"})) for place in ("Melun", "Brest", "Lyon")
    ]
    taught = learn([*SENTENCES, *refused], THEMES, embedder, cues=CUES)
    vectors, at = embedder.embed([text]), THEMES.index("telephone")
    assert taught.probabilities([text], vectors)[0, at] < first_day.probabilities([text], vectors)[0, at]


def test_a_theme_without_example_is_never_given(embedder: UseEmbedder) -> None:
    learned = learn(SENTENCES, [*THEMES, "new"], embedder)
    assert learned.probabilities(["new"], embedder.embed(["new"]))[0, -1] == 0
    assert learned.report["new"]["examples"] == 0


def test_nothing_to_learn_from_says_nothing(embedder: UseEmbedder) -> None:
    learned = learn([], THEMES, embedder)
    assert not learned.probabilities(["Bonjour"], embedder.embed(["Bonjour"])).any()
    assert LearnedThemes.from_bytes(learned.to_bytes()).report == learned.report


def test_one_example_of_one_theme_is_learnt_without_failing(embedder: UseEmbedder) -> None:
    learned = learn([Example("Le guichet", frozenset({"a"}))], ["a"], embedder)
    assert learned.probabilities(["Le guichet"], embedder.embed(["Le guichet"])).shape == (1, 1)


def test_another_encoder_is_refused(first_day: LearnedThemes, embedder: UseEmbedder) -> None:
    with pytest.raises(StaleWeightsError):
        first_day.probabilities(["Bonjour"], np.ones((1, 3), np.float32))
    other = UseEmbedder()
    other.version = "0"
    with pytest.raises(StaleWeightsError):
        first_day.check(other)
    first_day.check(embedder)


def test_the_quick_scorer_sums_what_the_matrix_multiplies() -> None:
    texts = [e.text for e in SENTENCES[:40]] + ["", "mot mot mot jamais vu"]
    vocabulary = Vocabulary.fitted(texts[:30])
    weights = np.random.default_rng(1).normal(size=(len(vocabulary), 3)).astype(np.float32)
    bias = np.array([1, 2, 3], np.float32)
    scorer = WordScorer(vocabulary, weights, bias)
    assert np.allclose(scorer.score(texts), vocabulary.matrix(texts) @ weights + bias, atol=1e-4)
    parts = sum(part for _, part in scorer.parts(texts[0], 1))
    assert parts == pytest.approx(float(scorer.score(texts[:1])[0, 1] - bias[1]), abs=1e-3)


def test_labels_tell_absent_from_unknown() -> None:
    examples = [
        Example("a", frozenset({"x"})),
        Example("b", frozenset({"y"}), None),
        Example("c", frozenset(), frozenset({"x"})),
    ]
    assert table(examples, ["x", "y"]) == pytest.approx(np.array([[1.0, -0.3], [-1.0, 1.0], [-1.0, -0.3]]))


def test_the_same_words_are_in_one_fold_and_rare_themes_in_all() -> None:
    examples = [Example(f"texte {i % 20}", frozenset({"rare" if i % 20 < 5 else "often"})) for i in range(40)]
    examples = [replace(e, text=e.text.upper()) if i >= 20 else e for i, e in enumerate(examples)]
    folds = folds_of(examples, table(examples, ["rare", "often"]), 5)
    assert folds[:20].tolist() == folds[20:].tolist()
    assert sorted(folds[:5].tolist()) == [0, 1, 2, 3, 4]


def test_the_prior_holds_where_rows_say_little_and_yields_where_they_say_much() -> None:
    rng = np.random.default_rng(3)
    features = np.hstack([rng.normal(size=(4000, 1)), np.ones((4000, 1))])
    present = rng.random(4000) < sigmoid(features @ np.array([2.0, -1.0]))
    prior = np.array([0.0, 0.0])
    assert logistic(features, present, np.ones(4000), prior, 1.0) == pytest.approx([2.0, -1.0], abs=0.25)
    assert logistic(features[:3], present[:3], np.ones(3), prior, 1e6) == pytest.approx([0, 0], abs=1e-3)


def test_calibration_error_of_what_is_right_and_of_what_boasts() -> None:
    present = np.array([True] * 70 + [False] * 30)
    assert calibration_error(np.full(100, 0.7), present) == pytest.approx(0)
    assert calibration_error(np.full(100, 0.95), present) == pytest.approx(0.25)


def test_doubt_lies_under_give() -> None:
    rng = np.random.default_rng(5)
    present = rng.random(500) < 0.3
    probabilities = np.clip(0.25 + 0.4 * present + 0.1 * rng.normal(size=500), 0, 1)
    give, doubt = thresholds(probabilities, present)
    assert 0.3 < give < 0.6
    assert give / 3 <= doubt < give
    assert thresholds(probabilities[:3], np.array([True, False, False])) == (0.5, 0.25)
