"""Vectors of segments follow from the masked words: stored with the analysis, erased with it, in no backup."""

import io

import numpy as np
import pytest
from django.apps import apps

from ecoute.core.models import Job
from ecoute.core.operations.records import kept_models
from ecoute.verbatims.actions import coding, masking, recode
from ecoute.verbatims.actions.former_state import erase_analysis, withdraw
from ecoute.verbatims.actions.learning import learn_active
from ecoute.verbatims.actions.raw_content import seal
from ecoute.verbatims.actions.recode import Silent, codes_of, recode_all
from ecoute.verbatims.models import LearnedCoder, Masking, RawText, SegmentTheme, SegmentVectors, Verbatim

pytestmark = [pytest.mark.integration, pytest.mark.django_db]


def test_no_backup_holds_them_and_every_backup_holds_the_coders():
    kept = kept_models(apps)

    assert SegmentVectors not in kept
    assert LearnedCoder in kept


def test_they_are_erased_with_the_analysis_and_made_again_when_missing(codebook, laundry, said):
    verbatim = said("Le linge était sale.")
    recode_all(Silent())
    stored = SegmentVectors.objects.filter(verbatim=verbatim).count()

    erase_analysis([verbatim.pk])

    assert (stored, SegmentVectors.objects.filter(verbatim=verbatim).count()) == (1, 0)


def test_words_hidden_since_are_in_no_coder_once_it_learned_again(codebook, laundry, parking, said, officer):
    verbatim, other = said("Le linge de Zébulon était sale."), said("Le parking était plein.")
    RawText.objects.create(verbatim=verbatim, sealed=seal(title="", text=verbatim.text))
    Masking.objects.create(verbatim=verbatim, version=1, engine="masking-rules 1")
    for one, theme in ((verbatim, laundry), (other, parking)):
        coding.add_theme(segment=one.segments.get(), theme=theme, by=officer)
    learn_active(Silent())
    knew = [b"zebulon" in words_of(coder) for coder in LearnedCoder.objects.all()]
    Job.objects.all().delete()

    masking.hide_words(verbatim=verbatim, words="Zébulon", kind="name", version=1, by=officer)
    asked = Job.objects.filter(kind="verbatims.learn").exists()
    learn_active(Silent())

    coders = LearnedCoder.objects.order_by("number")
    assert (knew, asked) == ([True], True)
    assert [one.weights is None for one in coders] == [True, False]
    assert b"zebulon" not in words_of(coders.last())


def test_codes_found_in_words_that_are_hidden_meanwhile_are_not_written(codebook, laundry, said, officer, monkeypatch):
    """Their evidence counts the characters of the former words."""
    verbatim = said("Zébulon a perdu mon linge.")
    RawText.objects.create(verbatim=verbatim, sealed=seal(title="", text=verbatim.text))
    Masking.objects.create(verbatim=verbatim, version=1, engine="masking-rules 1")

    def slowly(*args, **kwargs):
        found = list(codes_of(*args, **kwargs))
        masking.hide_words(verbatim=verbatim, words="Zébulon", kind="name", version=1, by=officer)
        return iter(found)

    with monkeypatch.context() as patched:
        patched.setattr(recode, "codes_of", slowly)
        recode_all(Silent())
    meanwhile = SegmentTheme.objects.count()
    recode_all(Silent())

    body, code = Verbatim.objects.get().body, SegmentTheme.objects.get()
    assert (meanwhile, body) == (0, "[nom] a perdu mon linge.")
    assert "linge" in [body[start:end] for start, end in code.evidence]


def words_of(coder):
    return np.load(io.BytesIO(bytes(coder.weights)))["grams"].tobytes()


def test_a_verbatim_that_goes_is_learned_away(codebook, laundry, said, officer):
    silent, taught = said("Rien."), said("Le linge était sale.")
    coding.add_theme(segment=taught.segments.get(), theme=laundry, by=officer)
    Job.objects.all().delete()

    withdraw([silent.pk])
    before = Job.objects.filter(kind="verbatims.learn").count()
    withdraw([taught.pk])

    assert (before, Job.objects.filter(kind="verbatims.learn").count()) == (0, 1)


def test_those_of_a_former_masking_are_not_used(codebook, laundry, said):
    verbatim = said("Le linge était sale.")
    recode_all(Silent())
    Verbatim.objects.filter(pk=verbatim.pk).update(masking_version=2, text="Le linge est sale..")

    recode_all(Silent())

    assert SegmentVectors.objects.get(verbatim=verbatim).masking_version == 2
