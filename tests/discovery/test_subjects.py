"""Proposed subjects: since when they are said, and whether that grows; told in words, never as a fact."""

from __future__ import annotations

from datetime import date

import pytest

from ecoute.directory.facade import scope_of
from ecoute.methods.text.documents import DiscoveredTheme
from ecoute.verbatims.actions.findings import _propose_subjects
from ecoute.verbatims.columns.corpus import corpus_of
from ecoute.verbatims.models import AnalysisRun, DiscoveredSubject
from ecoute.verbatims.queries.growth import growths
from tests.factories.people import make_user
from tests.factories.verbatims import make_service, make_verbatim

pytestmark = [pytest.mark.integration, pytest.mark.django_db]


@pytest.fixture
def office():
    return make_service("Guichet")


def say(office, year, count, text="Autre chose."):
    return [make_verbatim(text, services=[office], said_on=date(year, 1 + n % 12, 10)).pk for n in range(count)]


def test_growth_is_said_only_when_it_is_sure(office):
    old, new = say(office, 2022, 60), say(office, 2023, 60)
    rising, steady = [*old[:2], *new[:25]], [*old[:10], *new[:12]]

    told = growths(corpus_of(scope_of(make_user("quality_officer"))), [rising, steady])

    assert [one.growth.sure for one in told] == [True, False]
    assert told[0].first == date(2022, 1, 10)
    assert sum(n for _quarter, n in told[0].quarters) == 27


def test_growth_needs_thirty_verbatims_on_both_sides(office):
    old, new = say(office, 2022, 10), say(office, 2023, 60)

    told = growths(corpus_of(scope_of(make_user("quality_officer"))), [[*old[:1], *new[:30]]])

    assert told[0].growth.sure is False


def test_a_proposal_keeps_its_stability_and_first_day_and_the_page_says_both(office, client):
    ids = say(office, 2023, 8, "Le guichet est fermé le samedi.")
    theme = DiscoveredTheme(
        "Guichet, samedi", ("guichet", "samedi"), tuple(map(str, ids)), (str(ids[0]),), 0.6, stability=0.42
    )
    _propose_subjects([theme], AnalysisRun.objects.create())

    subject = DiscoveredSubject.objects.get()
    assert (subject.stability, subject.first_said_on) == (0.42, date(2023, 1, 10))
    client.force_login(make_user("quality_officer"))
    page = client.get("/sujets/").content.decode()
    assert "Fragile" in page
    assert "ne revient qu’à 42" in page
    assert "10 janvier 2023" in page
