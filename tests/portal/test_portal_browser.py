"""Front page and home in a real browser with axe."""

import datetime as dt

import pytest

from ecoute.directory.enums import Role
from tests.conftest import WIDTHS
from tests.factories.people import make_user
from tests.factories.verbatims import Idea, make_verbatim

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PUBLIC = ["/", "/accessibilite/", "/donnees-personnelles/", "/mentions-legales/", "/nulle-part/"]


@pytest.mark.parametrize("width", WIDTHS.values(), ids=WIDTHS.keys())
def test_public_pages_are_accessible(browser_page, live_server, axe, width):
    page = browser_page(width=width)
    faults = {}

    for address in PUBLIC:
        page.goto(live_server.url + address)
        faults[address] = [*axe(page), page.evaluate("document.documentElement.scrollWidth - innerWidth")]

    assert faults == {address: [0] for address in PUBLIC}


@pytest.mark.parametrize("width", WIDTHS.values(), ids=WIDTHS.keys())
def test_the_home_is_accessible(browser_page, live_server, sign_in_browser, axe, width):
    for number in range(12):
        make_verbatim(f"J'ai attendu {number} heures.", said_on=dt.date(2023, 5, 10), ideas=[Idea(themes=["attente"])])
    page = browser_page(width=width)
    sign_in_browser(page, make_user(Role.QUALITY_OFFICER))

    page.goto(live_server.url)

    assert axe(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") == width
    assert page.locator(".quote").count() > 0


def test_a_search_from_the_header_leads_to_the_explorer(browser_page, live_server, sign_in_browser):
    make_verbatim("J'ai attendu deux heures.")
    make_verbatim("Accueil très aimable.")
    page = browser_page()
    sign_in_browser(page, make_user(Role.AUDITOR))
    page.goto(live_server.url)

    page.keyboard.press("/")
    page.keyboard.type("aimable")
    page.keyboard.press("Enter")
    page.wait_for_url("**/verbatims/**")

    assert page.get_by_text("Accueil très aimable.").is_visible()
    assert page.get_by_text("attendu deux heures").count() == 0
