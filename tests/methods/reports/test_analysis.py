from dataclasses import replace

import pytest

from ecoute.methods.reports import Reading, Source, analyse
from ecoute.methods.reports.processes import MOST, WORTH_IT, processes_for
from ecoute.methods.text.codebooks import load_default
from ecoute.methods.text.engines.masking.rules import RuleMasker
from ecoute.methods.text.pipeline import default_pipeline

from .builders import entry

pytestmark = pytest.mark.unit

SAID = (
    "Personne ne répond au téléphone depuis trois semaines.",
    "Accueil très aimable au guichet, merci beaucoup !",
    "Le site internet plante quand je veux payer en ligne.",
)


def reading(count):
    return Reading(Source("avis.csv"), tuple(entry(str(i), f"{SAID[i % 3]} Dossier {i}.") for i in range(count)))


def test_several_processes_give_the_same_figures_as_one():
    source = reading(150)

    assert analyse(source, processes=2) == analyse(source, processes=1)


def test_progress_goes_to_the_end_of_each_step():
    told = []

    analyse(reading(20), progress=lambda *step: told.append(step))

    assert told[0] == ("codes", 0, 20)
    assert ("codes", 20, 20) in told
    assert told[-1] == ("findings", 1, 1)


def test_few_texts_are_not_worth_a_second_process():
    assert processes_for(WORTH_IT - 1) == 1
    assert 1 <= processes_for(1_000_000) <= MOST
    assert processes_for(5, 3) == 3


class FragileMasker(RuleMasker):
    """An engine that breaks on one text, as engines made by others may."""

    def mask(self, text, language):
        if "Dossier 7." in text:
            raise RuntimeError("cannot read this")
        return super().mask(text, language)


def test_a_text_that_breaks_an_engine_is_set_aside_and_the_others_go_on():
    pipeline = replace(default_pipeline(load_default()), masker=FragileMasker())

    figures = analyse(reading(20), pipeline=pipeline)

    assert figures.analysed == 19
    assert [(row.line, row.reason) for row in figures.set_aside] == [(9, "not_analysed")]
