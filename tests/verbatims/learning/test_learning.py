"""The machine learns from corrections, at once, and never from what is kept to measure it."""

import time

import pytest
from django.utils import timezone

from ecoute.core import switches
from ecoute.core.jobs import run_all
from ecoute.core.models import Job
from ecoute.verbatims.actions import coding
from ecoute.verbatims.actions.analysers import current_analyser
from ecoute.verbatims.actions.ask_learning import RECODE_AFTER, SLOT, enqueue_learning, learn_now
from ecoute.verbatims.actions.learning import learn_first
from ecoute.verbatims.actions.recode import Silent, recode_all
from ecoute.verbatims.actions.themes import enqueue_recoding
from ecoute.verbatims.models import LearnedCoder, SegmentTheme, SegmentVectors, Verbatim
from ecoute.verbatims.queries.codebooks import codebook_for_methods
from ecoute.verbatims.queries.learning import serving_coder
from ecoute.verbatims.queries.teaching import teaching_of

from .conftest import LAUNDRY, PARKING

pytestmark = [pytest.mark.integration, pytest.mark.django_db]


def segment_of(verbatim):
    return verbatim.segments.get()


def learn(officer) -> Job:
    job = learn_now(by=officer)
    run_all()
    job.refresh_from_db()
    return job


@pytest.fixture
def themes(laundry, parking):
    return {"linge": laundry, "stationnement": parking}


def test_on_the_first_day_the_machine_learns_from_the_sentences_of_the_codebook(codebook, themes, officer):
    before = current_analyser().coder

    job = learn(officer)

    coder = serving_coder(codebook.pk)
    assert (job.state, job.result) == ("done", {"coder": 1, "new": True, "examples": 4, "corrections": 0})
    assert (coder.number, coder.examples, coder.corrections, bool(coder.weights)) == (1, 4, 0, True)
    assert coder.seconds is not None
    assert (before, current_analyser().coder) == (0, 1)
    assert current_analyser().engines["themes"].startswith("learned-themes 1/essai-")


def test_corrections_teach_what_the_cues_do_not_know(codebook, themes, officer, said):
    unknown = said("Pyjama troué et couverture qui sent mauvais.")
    learn(officer)
    recode_all(Silent())
    given_before = set(SegmentTheme.objects.filter(segment__verbatim=unknown).values_list("theme__slug", flat=True))
    for text in LAUNDRY[2:]:
        coding.add_theme(segment=segment_of(said(text)), theme=themes["linge"], by=officer)
        coding.reject_theme(segment=segment_of(said(text)), theme=themes["stationnement"], by=officer)
    for text in PARKING[2:]:
        coding.add_theme(segment=segment_of(said(text)), theme=themes["stationnement"], by=officer)

    learn(officer)
    recode_all(Silent())

    coder = serving_coder(codebook.pk)
    codes = SegmentTheme.objects.filter(segment__verbatim=unknown)
    assert given_before == set()
    assert [code.theme.slug for code in codes] == ["linge"]
    assert codes[0].engine.startswith("learned-themes 2/essai-")
    assert 0 < codes[0].confidence < 1
    assert (coder.number, coder.corrections) == (2, 18)
    assert coder.report["taught"] == {"linge": [6, 0], "stationnement": [6, 6]}
    assert coder.applied_at is not None


def test_verbatims_kept_for_measuring_or_withdrawn_never_teach(codebook, themes, officer, said):
    kept, gone, used = said(LAUNDRY[3]), said(LAUNDRY[4]), said(LAUNDRY[5])
    for verbatim in (kept, gone, used):
        coding.add_theme(segment=segment_of(verbatim), theme=themes["linge"], by=officer)
    Verbatim.objects.filter(pk=kept.pk).update(kept_for_measuring=True)
    Verbatim.objects.filter(pk=gone.pk).update(withdrawn_at="2026-01-01T00:00Z")

    teaching = teaching_of(codebook_for_methods(codebook))

    assert [example.text for example in teaching.examples[teaching.sentences :]] == [LAUNDRY[5]]


def test_nothing_new_makes_no_new_coder(codebook, themes, officer):
    learn(officer)

    job = learn(officer)

    assert job.result["new"] is False
    assert LearnedCoder.objects.count() == 1


def test_a_correction_undone_is_unlearned(codebook, themes, officer, said):
    from ecoute.verbatims.actions.corrections import undo_correction

    correction = coding.add_theme(segment=segment_of(said(LAUNDRY[3])), theme=themes["linge"], by=officer)
    learn(officer)
    undo_correction(correction=correction, by=officer)

    job = learn(officer)

    assert (job.result["new"], job.result["corrections"]) == (True, 0)


def test_only_the_last_three_coders_keep_their_weights(codebook, themes, officer, said):
    for text in LAUNDRY[2:7]:
        coding.add_theme(segment=segment_of(said(text)), theme=themes["linge"], by=officer)
        learn(officer)

    with_weights = LearnedCoder.objects.filter(weights__isnull=False).values_list("number", flat=True)
    assert sorted(with_weights) == [3, 4, 5]
    assert LearnedCoder.objects.count() == 5


def test_each_correction_asks_for_learning_at_the_end_of_its_slot_and_one_slot_learns_once(themes, officer, said):
    began = timezone.now()
    for text in LAUNDRY[2:5]:
        coding.add_theme(segment=segment_of(said(text)), theme=themes["linge"], by=officer)

    moments = list(Job.objects.filter(kind="verbatims.learn").values_list("run_after", flat=True))
    slots = int(timezone.now().timestamp()) // SLOT - int(began.timestamp()) // SLOT + 1
    assert 1 <= len(moments) <= slots
    assert all(moment.timestamp() % SLOT == 0 for moment in moments)
    assert all(0 < (moment - began).total_seconds() <= SLOT * slots for moment in moments)


def test_learning_asked_twice_in_a_slot_is_one_job(officer):
    while time.time() % SLOT > SLOT - 2:
        time.sleep(0.2)

    assert enqueue_learning(by=officer) == enqueue_learning(by=officer)


def test_weights_of_another_encoder_are_set_aside_until_the_machine_has_learned_again(codebook, themes, officer):
    from ecoute.methods.text.learning import LearnedThemes

    learn(officer)
    coder = serving_coder(codebook.pk)
    learned = LearnedThemes.from_bytes(bytes(coder.weights))
    learned.embedder = "another 1"
    coder.weights, coder.report = learned.to_bytes(), coder.report | {"embedder": "another 1"}
    coder.pk, coder.number = None, 2
    coder.save(force_insert=True)

    aside = current_analyser().coder
    learn(officer)

    assert (aside, current_analyser().coder) == (0, 3)


def test_recoding_learns_first_when_the_codebook_changed(codebook, themes, officer, said):
    learn(officer)
    verbatim = said("La cafétéria ferme trop tôt.")
    from ecoute.verbatims.actions.themes import add_new_theme

    add_new_theme(
        codebook=codebook, by=officer, label_fr="Cafétéria", cues=["cafeteria"], examples_fr=["La cafétéria."]
    )

    enqueue_recoding(by=officer)
    run_all()

    assert serving_coder(codebook.pk).number == 2
    assert [code.theme.slug for code in SegmentTheme.objects.filter(segment__verbatim=verbatim)] == ["cafeteria"]


def test_recoding_follows_learning_only_where_it_was_switched_on(codebook, themes, officer, said):
    coding.add_theme(segment=segment_of(said(LAUNDRY[3])), theme=themes["linge"], by=officer)
    learn(officer)
    proposed = Job.objects.filter(kind="verbatims.recode").count()
    switches.turn(RECODE_AFTER, on=True, by=officer)
    coding.add_theme(segment=segment_of(said(LAUNDRY[4])), theme=themes["linge"], by=officer)

    learn(officer)

    assert (proposed, Job.objects.filter(kind="verbatims.recode").count()) == (0, 1)


def test_recoding_stores_the_vectors_that_were_missing_and_uses_them_again(codebook, themes, officer, said):
    verbatim = said("Le parking est plein.")

    recode_all(Silent())

    row = SegmentVectors.objects.get(verbatim=verbatim)
    assert len(bytes(row.vectors)) == 2 * 512
    analyser = current_analyser()
    from ecoute.verbatims.actions.recode import codes_of, readable_verbatims, with_segments

    spared = analyser.pipeline.embedder.embed
    asked = []
    analyser.pipeline.embedder.embed = lambda texts: asked.extend(texts) or spared(texts)
    try:
        list(codes_of(list(with_segments(readable_verbatims())), analyser))
    finally:
        analyser.pipeline.embedder.embed = spared
    assert asked == []


def test_the_first_words_are_coded_by_what_the_codebook_teaches(themes):
    """Confidence is calibrated, and « not sure » an answer, from the first analysis on; it is learned once."""
    learn_first(Silent())
    learn_first(Silent())

    (coder,) = LearnedCoder.objects.all()
    assert coder.applied_at is not None
    assert current_analyser().coder == 1
