"""Vectors of segments follow from the masked words: stored with the analysis, erased with it, in no backup."""

import pytest
from django.apps import apps

from ecoute.core.operations.records import kept_models
from ecoute.verbatims.actions.former_state import erase_analysis
from ecoute.verbatims.actions.recode import Silent, recode_all
from ecoute.verbatims.models import LearnedCoder, SegmentVectors, Verbatim

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


def test_those_of_a_former_masking_are_not_used(codebook, laundry, said):
    verbatim = said("Le linge était sale.")
    recode_all(Silent())
    Verbatim.objects.filter(pk=verbatim.pk).update(masking_version=2, text="Le linge est sale..")

    recode_all(Silent())

    assert SegmentVectors.objects.get(verbatim=verbatim).masking_version == 2
