"""Figures from a real base equal those counted by hand."""

from datetime import date

import pytest

from ecoute.directory.facade import Scope
from ecoute.indicators.facade import home_figures
from ecoute.indicators.queries.reading import reading
from ecoute.indicators.queries.services import services_page
from ecoute.indicators.queries.theme_index import theme_index
from ecoute.indicators.queries.theme_page import theme_page
from ecoute.verbatims.facade import Filters

pytestmark = pytest.mark.integration

ALL = Scope(everything=True)


def test_the_headlines_are_those_counted_by_hand(base):
    top = reading(ALL, Filters()).board().headlines

    assert (top.satisfaction.positive.count, top.satisfaction.base) == (20, 40)
    assert (top.irritant.count, top.praise.count, top.expectation.count, top.irritant.base) == (15, 6, 0, 40)
    assert top.uncoded.count == 40 - 15 - 6


def test_the_pareto_counts_verbatims_by_finest_theme(base):
    board = reading(ALL, Filters()).board()

    assert [(row.slug, row.share.count) for row in board.irritants.rows] == [("attente", 15)]


def test_a_small_cell_of_the_heat_map_hides_and_its_neighbour_with_it(base):
    heat = reading(ALL, Filters()).board().heat

    assert [group.label for group in heat.groups] == ["Impôts", "Douanes"]
    assert all(cell.hidden and cell.share is None for row in heat.cells for cell in row)


def test_the_frame_says_base_period_and_warnings(base):
    frame = reading(ALL, Filters(since=date(2023, 1, 1), until=date(2023, 6, 30))).frame

    assert (frame.since, frame.until) == (date(2023, 1, 1), date(2023, 6, 30))
    assert frame.caveats == ("Échantillon équilibré.",)
    assert reading(ALL, Filters()).frame.asked is None


def test_a_source_that_warns_allows_no_claim_about_satisfaction(base):
    for number in range(24):
        base.say(base.taxes, number, wait=False, praise=False, happy=True)

    changes = reading(ALL, Filters()).board().changes

    assert changes.of("irritant")
    assert changes.of("satisfaction") is None


def test_satisfaction_by_service_is_compared_with_all_the_others(base):
    found = reading(ALL, Filters())
    page = services_page(found.selection, found.frame, found.filters, found.services, "attente")

    shares = {row.group.label: (row.share.count, row.share.base) for row in page.satisfaction.rows}
    assert shares == {"Impôts": (20, 30), "Douanes": (0, 10)}
    assert [row.share for row in page.theme.rows] == [None, None]


def test_the_theme_page_counts_natures_of_the_same_passage(base):
    found = reading(ALL, Filters())
    page = theme_page(
        found.tree.by_slug["attente"],
        found.selection,
        found.whole,
        found.frame,
        found.filters,
        found.tree,
        found.services,
        found.channels,
        found.prevalence,
    )

    assert (page.share.count, page.share.base) == (15, 40)
    assert {nature: share.count for nature, share in page.natures.items()} == {
        "irritant": 15,
        "praise": 0,
        "expectation": 0,
    }


def test_the_index_has_every_theme_even_those_nobody_spoke_of(base):
    found = reading(ALL, Filters())
    index = theme_index(found.selection, found.whole, found.frame, found.filters, found.tree, found.prevalence)

    assert {row.node.slug: row.share.count for row in index.rows} == {"acces": 15, "attente": 15, "accueil": 6}


def test_the_scope_bounds_everything(base):
    scope = Scope(service_ids=frozenset({base.customs.pk}))

    assert reading(scope, Filters()).board().headlines.irritant.base == 10


def test_the_home_page_gets_figures_with_their_frame(base):
    figures = home_figures(ALL)

    assert (figures.irritant.count, figures.frame.base) == (15, 40)
    assert [row.slug for row in figures.first_irritants] == ["attente"]
    assert home_figures(Scope()) is None
