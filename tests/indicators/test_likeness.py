"""Two periods are compared within the sources they share, or the reader is told why they are not."""

from datetime import date

import pytest

from ecoute.directory.facade import Scope
from ecoute.indicators.enums import Audience
from ecoute.indicators.pictures import words
from ecoute.indicators.pictures.findings import findings
from ecoute.indicators.pictures.moves import moves_of
from ecoute.indicators.queries.changes import Trouble
from ecoute.indicators.queries.reading import reading
from ecoute.indicators.queries.report import Parameters, Report
from ecoute.indicators.queries.report_making import make_report
from ecoute.indicators.queries.theme_index import theme_index
from ecoute.verbatims.facade import Filters
from tests.factories.verbatims import Idea, make_service, make_source, make_theme, make_verbatim

pytestmark = pytest.mark.integration

ALL = Scope(everything=True)
YEAR = Filters(since=date(2023, 1, 1), until=date(2023, 12, 31))


@pytest.fixture
def say(db):
    """``say(year, number, source, wait=…, hope=…)``: that many verbatims, the first of which wait (or expect)."""
    service = make_service("Impôts")
    make_theme("attente", label_fr="Attente")

    def words_of(year, number, source, *, wait=0, hope=0, service=service):
        for at in range(number):
            nature = "irritant" if at < wait else "expectation" if at < wait + hope else ""
            make_verbatim(
                f"Verbatim {source} {year} {at}",
                services=[service],
                ideas=[Idea(("attente",), nature)] if nature else [],
                said_on=date(year, 1 + at % 12, 10) if year else None,
                source=make_source(source),
            )

    return words_of


def changes(audience=Audience.INTERNAL):
    return reading(ALL, YEAR, audience).board().changes


def moves(found):
    return moves_of(found, lambda slug: f"/themes/{slug}/")


def test_only_the_sources_of_both_periods_are_compared(say):
    say(2022, 40, "avis", wait=10)
    say(2023, 50, "avis", wait=13)
    say(2023, 60, "courrier", wait=60)

    found = changes()

    irritant = found.of("irritant")
    assert (irritant.now.count, irritant.now.base, irritant.before.count, irritant.before.base) == (13, 50, 10, 40)
    assert (found.sizes, found.sources, found.narrowed, found.moved) == ((50, 40), ("Avis",), True, ())
    assert "Sources comparées, présentes dans les deux périodes : Avis ; les autres" in moves(found).intro


def test_a_source_of_fewer_than_thirty_in_one_period_is_left_out(say):
    say(2022, 40, "avis")
    say(2022, 29, "courrier")
    say(2023, 40, "avis")
    say(2023, 60, "courrier")

    assert changes().sources == ("Avis",)


def test_other_sources_are_no_change(say):
    say(2022, 40, "avis", wait=5)
    say(2023, 40, "courrier", wait=35)

    found = changes()

    assert (found.trouble, found.rows) == (Trouble.OTHER_SOURCES, ())
    told = "Les sources ont changé entre les deux périodes : aucune comparaison honnête n'est possible."
    assert moves(found).none == told
    assert told in findings(make_report(ALL, Parameters(since=YEAR.since, until=YEAR.until)).report)


def test_sources_too_thin_on_both_sides_are_said_so(say):
    for source in ("avis", "courrier"):
        say(2022, 20, source)
        say(2023, 20, source)

    assert words.trouble_words(changes()).startswith("Aucune source ne compte 30 verbatims dans chacune")


def test_too_few_verbatims_say_how_many_and_how_many_are_needed(say):
    say(2022, 16, "avis", wait=1)
    say(2023, 34, "avis", wait=30)

    told = "Effectif trop faible pour comparer : 34 et 16 verbatims, il en faut 30 par période."
    assert moves(changes()).none == told
    assert told in findings(make_report(ALL, Parameters(since=YEAR.since, until=YEAR.until)).report)


def test_what_is_published_tells_no_small_period(say):
    say(2022, 7, "avis")
    say(2023, 34, "avis")

    found = moves(changes(Audience.PUBLICATION))

    assert found.none == "Effectif trop faible pour comparer : il faut 30 verbatims par période."
    assert "n =" not in found.intro


def test_what_is_published_lets_no_small_rest_be_found_by_subtraction(say):
    say(2022, 40, "avis")
    say(2023, 40, "avis")
    say(2023, 4, "courrier")

    assert changes().narrowed
    assert changes(Audience.PUBLICATION).trouble is Trouble.THIN_SOURCES


def test_more_expectations_are_neither_better_nor_worse(say):
    say(2022, 100, "avis", wait=60, hope=2)
    say(2023, 100, "avis", wait=10, hope=60)

    tones = {row.label: (row.up, row.good) for row in moves(changes()).rows}

    assert tones["Verbatims avec une attente"] == (True, None)
    assert tones["Verbatims avec un irritant"] == (False, True)


def test_the_themes_page_says_once_that_nothing_can_be_compared(say, signed_in):
    from tests.factories.people import make_user

    say(2022, 40, "avis", wait=5)
    say(2023, 40, "courrier", wait=35)
    client = signed_in(make_user("quality_officer"))

    page = client.get("/themes/", {"du": "2023-01-01", "au": "2023-12-31"}).content.decode()

    assert page.count("aucune comparaison honnête") == 1
    assert 'class="change"' not in page


def test_the_index_of_themes_compares_within_shared_sources_too(say):
    say(2022, 40, "avis", wait=10)
    say(2023, 50, "avis", wait=13)
    say(2023, 60, "courrier", wait=60)
    found = reading(ALL, YEAR)

    change = theme_index(
        found.selection, found.whole, found.frame, found.filters, found.tree, found.prevalence
    ).changes.of("attente")

    assert (change.now.base, change.before.base, change.moved) == (50, 40, False)


def test_words_without_a_date_are_counted_under_every_chart(say, signed_in):
    from tests.factories.people import make_user

    say(2023, 40, "avis")
    say(None, 12, "avis")

    assert "dont 12 sans date" in words.base_line(reading(ALL, Filters()).frame)
    assert "sans date" not in words.base_line(reading(ALL, YEAR).frame)
    assert "dont 12 verbatims sans date" in signed_in(make_user("quality_officer")).get("/themes/").content.decode()


def test_figures_frozen_before_a_field_was_added_are_still_read(say):
    from ecoute.indicators.queries.records import from_plain, to_plain

    say(2022, 40, "avis")
    say(2023, 40, "avis")
    plain = to_plain(make_report(ALL, Parameters(since=YEAR.since, until=YEAR.until)).report)
    del plain["board"]["changes"]["trouble"], plain["board"]["frame"]["undated"]

    assert from_plain(Report, plain).board.frame.undated == 0
