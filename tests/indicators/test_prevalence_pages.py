"""What the pages say of their shares of themes: corrected and by what, or not and why."""

from __future__ import annotations

from io import BytesIO
from zipfile import ZipFile

import pytest

from ecoute.indicators.queries.report import Parameters
from ecoute.indicators.queries.report_making import make_report
from ecoute.verbatims.models import CodebookVersion, Theme
from tests.factories.people import make_user

from .test_prevalence import ALL, Town

pytestmark = [pytest.mark.integration, pytest.mark.django_db]

PAGES = ("/themes/", "/themes/attente/", "/indicateurs/", "/comparaison/")
CORRECTED, UNMEASURED = "corrigées par 60 verbatims", "Codage automatique, non mesuré"


@pytest.fixture
def town(db):
    return Town()


@pytest.fixture
def officer(signed_in):
    return signed_in(make_user("quality_officer"))


def text_of(answer):
    return answer.content.decode().replace("\u00a0", " ").replace("\u202f", " ").replace("&#x27;", "'")


@pytest.mark.parametrize("address", PAGES[:2])
def test_pages_of_themes_say_whether_their_shares_are_corrected(officer, town, address):
    before = text_of(officer.get(address))
    town.measure(range(60))
    after = text_of(officer.get(address))

    assert UNMEASURED in before
    assert "Comment ces chiffres sont faits" not in before
    assert CORRECTED in after
    assert UNMEASURED not in after
    assert "Comment ces chiffres sont faits" in after


@pytest.mark.parametrize("address", PAGES[2:])
def test_pages_of_natures_say_that_they_are_not_measured(officer, town, address):
    before = text_of(officer.get(address))
    town.measure(range(60))
    after = text_of(officer.get(address))

    assert "sans mesure" in before
    assert "60 verbatims codés à la main" not in before
    assert "sans mesure" in after
    assert "60 verbatims codés à la main" in after


def test_the_page_of_a_theme_shows_the_corrected_share_and_its_making(officer, town):
    town.measure(range(60))

    answer = officer.get("/themes/attente/")
    page = answer.context["page"]

    assert page.share.share == pytest.approx(0.5, abs=0.01)
    assert page.share.count == 40
    assert [part.label for part in page.parts if part.dimension == "service"] == ["Impôts"]  # 45 items; customs 15
    table = answer.context["how"].table
    assert table.rows[0][:3] == ("Ensemble", "33 %".replace(" ", "\u00a0"), "60")
    assert "codage automatique, non corrigé" in text_of(answer)


def test_services_are_drawn_as_the_machine_codes_them_all_alike(officer, town):
    town.measure(range(60))

    rows = officer.get("/themes/attente/").context["page"].services.rows

    assert {row.group.label: row.share.share for row in rows} == {"Impôts": 30 / 90, "Douanes": 10 / 30}


def test_a_theme_made_since_says_that_it_is_not_corrected(officer, town):
    town.measure(range(60))
    CodebookVersion.objects.create(codebook=town.wait.codebook, version=1, themes=[{"slug": "attente"}])
    type(town.wait.codebook).objects.update(version=2)

    page = text_of(officer.get("/themes/accueil/"))

    assert "plus récent que le codage à la main" in page
    assert CORRECTED not in page


def test_a_filter_about_passages_says_why_nothing_is_corrected(officer, town):
    town.measure(range(60))

    assert "Ces filtres parlent de passages" in text_of(officer.get("/themes/?nature=irritant"))


def test_changes_compare_corrected_shares_only_when_both_periods_are(officer, town):
    town.measure(range(60))  # thirty a year
    both = officer.get("/themes/?du=2023-01-01&au=2023-12-31")
    town.measure(range(61, 120, 2), state="closed")

    assert "Les évolutions comparent" in text_of(both)
    changes = both.context["index"].changes
    assert {row.corrected for row in changes.rows} == {True}


def test_changes_compare_the_machine_with_itself_where_one_period_has_too_few(officer, town):
    town.measure(range(1, 120, 2))  # all said in 2023

    answer = officer.get("/themes/?du=2023-01-01&au=2023-12-31")

    assert answer.context["index"].footing.corrected
    assert not any(row.corrected for row in answer.context["index"].changes.rows)
    assert "comparent le codage automatique avec lui-même" in text_of(answer)


def test_queries_do_not_grow_with_themes_or_rounds(officer, town, django_assert_num_queries):
    town.measure(range(60))
    for address in PAGES:
        officer.get(address)
    counts = {"/indicateurs/": 12, "/themes/": 12, "/themes/attente/": 19, "/comparaison/": 12}
    for address in PAGES:
        with django_assert_num_queries(counts[address], info=address):
            officer.get(address)


def test_a_report_carries_the_corrected_shares_and_says_so(officer, town):
    town.measure(range(60))

    report = make_report(ALL, Parameters()).report
    page = text_of(officer.get("/rapports/voir/"))
    sheets = b"".join(officer.get("/rapports/voir/?format=ods").streaming_content)
    content = ZipFile(BytesIO(sheets)).read("content.xml").decode()

    line = next(line for line in report.themes if line.slug == "attente")
    assert line.share.share == pytest.approx(0.5, abs=0.01)
    assert report.footing.coded == 60
    assert "Part corrigée (95 %)" in page
    assert CORRECTED in page
    assert "Part corrigée" in content
    assert officer.get("/rapports/voir/?format=pdf").content.startswith(b"%PDF")


def test_english_readers_are_told_too(signed_in, town):
    town.measure(range(60))
    page = text_of(signed_in(make_user("quality_officer", language="en")).get("/themes/"))

    assert "Shares corrected by 60 verbatims drawn at random" in page


def test_small_counts_of_the_sample_are_not_told(officer, town):
    """Three people found the theme among those drawn: that is a group of three."""
    Theme.objects.filter(slug="accueil").update(label_fr="Accueil des personnes")
    made = town.measure(range(60))
    made.items.filter(position__in=(1, 2, 5)).update(themes=[Theme.objects.get(slug="accueil").pk])

    rows = officer.get("/themes/").context["how"].table.rows

    assert next(row for row in rows if row[0] == "Accueil des personnes")[3] == "—"
