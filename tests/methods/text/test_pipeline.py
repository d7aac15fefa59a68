"""The whole way of a text, good and bad."""

import time

import numpy as np
import pytest

from ecoute.methods.text.bulk import analyse_many
from ecoute.methods.text.codebooks import load_default
from ecoute.methods.text.documents import AnalysedDocument, Document, Nature, Polarity
from ecoute.methods.text.pipeline import Pipeline, default_pipeline, recode
from ecoute.methods.text.ports import BatchThemeCoder, Passages
from ecoute.methods.text.vectors import from_bytes

pytestmark = pytest.mark.unit
TEXT = (
    "Renouvellement\nMme Lefèvre a été très aimable au guichet, mais impossible de joindre le service par téléphone. "
    "Il faudrait ouvrir le samedi matin. Quand vais-je recevoir ma carte ?"
)


def one(pipeline: Pipeline, text: str) -> AnalysedDocument:
    return next(iter(pipeline.analyse([Document("k", text)])))


def test_each_idea_gets_its_themes_nature_and_polarity(pipeline: Pipeline) -> None:
    found = one(pipeline, TEXT)
    told = [({c.theme for c in s.themes}, s.nature.value, s.polarity.value) for s in found.segments[1:]]
    assert "amabilite" in told[0][0]
    assert told[0][1:] == (Nature.PRAISE, Polarity.POSITIVE)
    assert "telephone" in told[1][0]
    assert told[1][1:] == (Nature.IRRITANT, Polarity.NEGATIVE)
    assert "horaires" in told[2][0]
    assert told[2][1] == Nature.EXPECTATION
    assert told[3][1] == Nature.QUESTION


def test_everything_after_masking_sees_the_masked_text(pipeline: Pipeline) -> None:
    found = one(pipeline, TEXT)
    assert found.masked.text.startswith("Renouvellement\nMme [nom] a été")
    assert not any("lef" in phrase for phrase in found.phrases)


def test_evidence_lies_within_its_segment(pipeline: Pipeline) -> None:
    found = one(pipeline, TEXT)
    for segment in found.segments:
        evidence = [e for c in segment.themes for e in c.evidence] + list(segment.nature.evidence)
        assert all(segment.span.start <= e.start < e.end <= segment.span.end for e in evidence)
    wish = found.segments[3].nature.evidence[0]
    assert found.masked.text[wish.start : wish.end] == "Il faudrait"


def test_the_vector_is_of_unit_length(pipeline: Pipeline) -> None:
    vector = one(pipeline, TEXT).vector
    assert vector is not None
    assert len(vector) == 2 * 512
    assert float(np.linalg.norm(from_bytes(vector))) == pytest.approx(1, abs=1e-5)


@pytest.mark.parametrize(
    ("text", "notes"),
    [
        ("", ("empty",)),
        ("   \n", ("empty",)),
        ("😀😀😀", ("no-words",)),
        ("Bien", ()),
        ("bla " * 25_000, ("truncated", "repetitive", "no-punctuation")),
        (" ".join(f"mot{i}" for i in range(300)), ("no-punctuation", "list-like")),
        ("The agent was kind. شكرا. Sehr gut und schnell.", ("not-french", "mixed-languages")),
    ],
)
def test_bad_input_gets_a_note_and_bounded_time(pipeline: Pipeline, text: str, notes: tuple[str, ...]) -> None:
    start = time.process_time()
    assert one(pipeline, text).notes == notes
    assert time.process_time() - start < 30


def test_a_text_already_masked_stays_as_it_is(pipeline: Pipeline) -> None:
    text = "Mme [nom] et M. Durand ont répondu vite."
    found = next(iter(pipeline.code_masked([Document("k", text)])))
    assert found.masked.text == text
    assert found.masked.spans == ()


def test_a_given_language_is_kept(pipeline: Pipeline) -> None:
    found = next(iter(pipeline.analyse([Document("k", "Très bien", "en")])))
    assert (found.language, found.language_confidence) == ("en", 1.0)


def test_documents_come_back_in_order_with_progress(pipeline: Pipeline) -> None:
    told: list[int] = []
    found = list(pipeline.analyse((Document(str(i), "Accueil parfait.") for i in range(70)), told.append))
    assert [d.key for d in found] == [str(i) for i in range(70)]
    assert told == [64, 70]


def test_recoding_gives_the_same_themes(pipeline: Pipeline) -> None:
    found = one(pipeline, TEXT)
    assert recode(pipeline, found.masked.text) == tuple((s.span, s.themes) for s in found.segments)


def test_two_processes_say_the_same_as_one(pipeline: Pipeline) -> None:
    documents = [Document(str(i), f"Le guichet {i} est fermé le samedi. Accueil aimable.") for i in range(70)]
    many = list(analyse_many(documents, load_default(), processes=2))
    alone = list(pipeline.analyse(documents))
    assert [(d.key, d.masked, d.polarity.value) for d in many] == [(d.key, d.masked, d.polarity.value) for d in alone]
    assert [[c.theme for s in d.segments for c in s.themes] for d in many] == [
        [c.theme for s in d.segments for c in s.themes] for d in alone
    ]


def test_a_corpus_shows_duplicates_and_subjects(pipeline: Pipeline) -> None:
    subjects = [
        "Impossible d'avoir un rendez-vous pour mon passeport avant {} mois.",
        "La retraite de mon père n'est pas versée depuis {} mois.",
        "Le vote par internet m'a pris {} minutes, c'est très pratique.",
        "L'amende de {} euros est contestée sur le site.",
    ]
    texts = [s.format(n) for n in range(2, 12) for s in subjects]
    texts.append("Voici un texte que deux personnes ont envoyé, tout à fait le même à un mot près, bonjour.")
    texts.append("Voici un texte que deux personnes ont envoyé, tout à fait le même à un mot près, bonsoir.")
    analysed = list(pipeline.analyse(Document(str(i), t) for i, t in enumerate(texts)))
    found = pipeline.findings(analysed)
    assert ("40", "41") in found.duplicates
    assert found == pipeline.findings(analysed)
    assert found.engines == pipeline.engines_used()


def test_an_unknown_profile_is_refused() -> None:
    with pytest.raises(ValueError, match="no profile 'slow'"):
        default_pipeline(load_default(), profile="slow")


def test_themes_of_several_texts_at_once_are_those_of_each(pipeline: Pipeline) -> None:
    assert isinstance(pipeline.themes, BatchThemeCoder)
    texts = ["Impossible de joindre le service par téléphone.", "Accueil aimable. Deux heures d'attente au guichet."]
    passages = []
    for text in texts:
        spans = pipeline.segmenter.segment(text, "fr")
        passages.append(Passages(text, spans, pipeline.embedder.embed([text[s.start : s.end] for s in spans])))

    together = pipeline.themes.code_many(passages)

    assert together == [pipeline.themes.code(p.text, p.spans, p.vectors, "fr") for p in passages]
    assert pipeline.themes.code_many([]) == []
    assert any(codes for document in together for codes in document)
