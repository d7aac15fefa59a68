"""Exports say how sure the machine was, and what it saw without being sure."""

import pytest

from ecoute.directory.facade import scope_of
from ecoute.verbatims.actions import coding
from ecoute.verbatims.columns.corpus import corpus_of
from ecoute.verbatims.models import Segment
from ecoute.verbatims.queries.exports import columns, rows
from ecoute.verbatims.queries.filters import Filters
from tests.factories.verbatims import Idea, make_verbatim

pytestmark = [pytest.mark.integration, pytest.mark.django_db]


def exported(officer) -> dict[str, str]:
    [row] = rows(corpus_of(scope_of(officer)).select(Filters()))
    return dict(zip([name for name, _ in columns()], row, strict=True))


def test_probabilities_and_doubts_are_exported(codebook, laundry, parking, service, officer):
    verbatim = make_verbatim("Linge taché.", services=[service], ideas=[Idea(themes=["linge"], confidence=0.83)])
    Segment.objects.filter(verbatim=verbatim).update(unsure_themes=[[parking.pk, 0.41, "test 1"]])
    before = exported(officer)

    coding.add_theme(segment=verbatim.segments.get(), theme=laundry, by=officer)
    coding.reject_theme(segment=verbatim.segments.get(), theme=parking, by=officer)
    after = exported(officer)

    assert before["confiance"].replace("\u202f", " ").replace("\xa0", " ") == "Linge (83 %)"
    assert before["pas_sur"].replace("\u202f", " ").replace("\xa0", " ") == "Stationnement (41 %)"
    assert (after["confiance"], after["pas_sur"]) == ("Linge (personne)", "")
