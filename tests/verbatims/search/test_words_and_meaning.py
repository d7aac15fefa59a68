"""Searching the columns by words and by meaning."""

import numpy as np
import pytest

from ecoute.directory.facade import Scope
from ecoute.methods.text.ports import EngineUnavailableError
from ecoute.verbatims.columns.store import STORE
from ecoute.verbatims.facade import Filters, corpus_of, verbatim_cards
from ecoute.verbatims.search import meaning
from ecoute.verbatims.search.meaning import UNKNOWN, MeaningIndex, forget_vectors
from ecoute.verbatims.search.question import understand
from ecoute.verbatims.search.words import spans_of_words
from tests.factories.verbatims import Idea, make_verbatim, touch

pytestmark = [pytest.mark.integration, pytest.mark.django_db]
ALL = Scope(everything=True)
ENGINE = "test 1"  # that of the vectors the factory makes


def unit(*values):
    vector = np.array(values, np.float32)
    return vector / np.linalg.norm(vector)


def test_words_filter_and_rank():
    much = make_verbatim("Retard, toujours du retard.")
    little = make_verbatim("Un retard, mais par ailleurs tout le reste s'est bien passé.")
    make_verbatim("Merci.")

    selection = corpus_of(ALL).select(Filters(words="retards"))

    assert selection.ids("relevance") == [much.pk, little.pk]


def test_a_question_of_common_words_filters_nothing():
    one = make_verbatim("Merci.")

    assert corpus_of(ALL).select(Filters(words="le la")).ids() == [one.pk]


def test_withdrawn_words_are_no_longer_found():
    one = make_verbatim("Le guichet.")
    assert corpus_of(ALL).select(Filters(words="guichet")).size == 1

    touch(one, withdrawn_at="2024-01-01T00:00Z")

    assert corpus_of(ALL).select(Filters(words="guichet")).size == 0


def test_searched_words_are_marked_whatever_their_form():
    one = make_verbatim("Des réponses, une réponse.")

    (card,) = verbatim_cards([one.pk], ALL, Filters(words="reponse"))

    assert [card.text[start:end] for start, end, _ in card.spans] == ["réponses", "réponse"]


def test_evidence_follows_the_filters():
    text = "L'attente est longue. L'agent est aimable."
    one = make_verbatim(
        text,
        ideas=[
            Idea(["attente"], "irritant", "negative", text="L'attente est longue."),
            Idea(["courtoisie"], "praise", "positive", text="L'agent est aimable."),
        ],
    )

    (card,) = verbatim_cards([one.pk], ALL, Filters(natures=("praise",)))

    assert card.spans == ((22, 42, "Courtoisie"),)
    (card,) = verbatim_cards([one.pk], ALL, Filters(themes=("attente",)))
    assert card.spans == ((0, 21, "Attente"),)


def test_cosines_follow_what_changes(tmp_path):
    near, far = make_verbatim(vector=unit(1, 0.1)), make_verbatim(vector=unit(0, 1))
    bare = make_verbatim()
    STORE.forget()
    index = MeaningIndex(2, ENGINE, tmp_path)

    def scores():
        snapshot = corpus_of(ALL).snapshot
        return dict(zip(snapshot.ids.tolist(), index.scores(unit(1, 0), snapshot).round(2).tolist(), strict=True))

    assert scores() == {near.pk: 1.0, far.pk: 0.0, bare.pk: UNKNOWN}
    far.embedding.vector = unit(1, 0).astype("float16").tobytes()
    far.embedding.save()
    touch(far)
    late = make_verbatim(vector=unit(-1, 0))
    assert scores() == {near.pk: 1.0, far.pk: 1.0, bare.pk: UNKNOWN, late.pk: -1.0}


def test_another_process_finds_the_file_ready(tmp_path):
    make_verbatim(vector=unit(1, 0))
    STORE.forget()
    snapshot = corpus_of(ALL).snapshot
    MeaningIndex(2, ENGINE, tmp_path).scores(unit(1, 0), snapshot)
    names = sorted(path.name for path in tmp_path.iterdir())

    assert MeaningIndex(2, ENGINE, tmp_path).scores(unit(1, 0), snapshot).tolist() == [1.0]
    assert sorted(path.name for path in tmp_path.iterdir()) == names
    assert len(names) == 2
    forget_vectors(tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_vectors_of_another_engine_are_left_out(tmp_path):
    make_verbatim(vector=unit(1, 0, 0))
    STORE.forget()

    assert MeaningIndex(2, ENGINE, tmp_path).scores(unit(1, 0), corpus_of(ALL).snapshot).tolist() == [UNKNOWN]


def test_vectors_of_the_same_length_by_another_engine_are_left_out(tmp_path):
    make_verbatim(vector=unit(1, 0))
    STORE.forget()

    assert MeaningIndex(2, "other 1", tmp_path).scores(unit(1, 0), corpus_of(ALL).snapshot).tolist() == [UNKNOWN]


def test_a_compound_is_highlighted_whole():
    body = "Aucun rendez-vous avant mars, et le rendez vous est annulé."
    found = [body[start:end] for start, end in spans_of_words(body, understand("rendez-vous"))]

    assert found == ["rendez-vous", "rendez"]


def test_by_meaning_who_says_it_in_these_very_words_is_found_too(monkeypatch):
    said = make_verbatim("Le standard sonne occupé.", vector=unit(0, 1))
    meant = make_verbatim("Personne ne décroche.", vector=unit(1, 0.1))
    make_verbatim("Très bon accueil.", vector=unit(0, 1))
    _near(monkeypatch, {said.pk: 0.1, meant.pk: 0.9})

    found = corpus_of(ALL).select(Filters(meaning="standard occupé"))

    assert set(found.ids()) == {said.pk, meant.pk}


def test_both_lists_weigh_the_same_and_filters_come_first(monkeypatch):
    both = make_verbatim("Le standard ne répond pas, standard muet.", channel="phone")
    near = make_verbatim("Personne ne décroche.", channel="phone")
    other = make_verbatim("Le standard, toujours le standard, rien que le standard.", channel="web")
    _near(monkeypatch, {both.pk: 0.8, near.pk: 0.9, other.pk: 0.95})

    corpus = corpus_of(ALL)

    assert corpus.select(Filters(meaning="standard", channels=("phone",))).ids("relevance") == [both.pk, near.pk]
    assert corpus.select(Filters(meaning="standard")).ids("relevance")[0] == other.pk


def _near(monkeypatch, cosines):
    """Cosines as the encoder would give them: this is about how the two lists meet."""
    from ecoute.verbatims.columns.corpus import Corpus

    def nearness(corpus, filters):
        return np.array([cosines.get(pk, -1.0) for pk in corpus.snapshot.ids.tolist()], np.float32)

    monkeypatch.setattr(Corpus, "nearness", nearness)


class Elsewhere:
    """An encoder on another machine, which answers or not; it remembers what it was given."""

    name, version, network, dimensions = "elsewhere", "1", True, 3

    def __init__(self, answers):
        self.answers, self.given = answers, []

    def embed(self, texts):
        self.given += texts
        if not self.answers:
            raise EngineUnavailableError("gone")
        return np.array([unit(1, 0, 0) for _ in texts])


@pytest.fixture
def elsewhere(monkeypatch):
    def install(answers):
        engine = Elsewhere(answers)
        monkeypatch.setattr(meaning, "_made", {"embedder": engine})
        return engine

    return install


def test_a_question_leaves_this_machine_masked(elsewhere):
    engine = elsewhere(answers=True)
    make_verbatim("Merci.")

    corpus_of(ALL).select(Filters(meaning="Mme Martin au 06 12 34 56 78 ne répond pas"))

    assert engine.given
    assert not any("Martin" in text or "06 12" in text for text in engine.given)


def test_an_encoder_that_hurries_for_somebody_who_waits_is_asked_so(elsewhere):
    engine = elsewhere(answers=False)
    hurried = []
    engine.embed_question = lambda text: hurried.append(text) or np.array([unit(1, 0, 0)])
    make_verbatim("Merci.")

    corpus_of(ALL).select(Filters(meaning="combien de temps"))

    assert (hurried, engine.given) == (["combien de temps"], [])


def test_without_an_answer_of_the_encoder_the_words_alone_are_searched(elsewhere):
    elsewhere(answers=False)
    late = make_verbatim("Quel retard.")
    make_verbatim("Merci.")

    assert corpus_of(ALL).select(Filters(meaning="retard")).ids() == [late.pk]
    assert corpus_of(ALL).select(Filters(like=str(late.uid))).ids() == []
