"""The pages in a real browser: nothing for axe to say, nothing that overflows, at every width."""

import pytest

from tests.conftest import WIDTHS
from tests.factories.people import make_user

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

ADDRESSES = [
    "/indicateurs/",
    "/themes/",
    "/themes/attente/",
    "/comparaison/?irritant=attente",
    "/rapports/",
    "/rapports/voir/",
]


@pytest.fixture
def page_of(browser_page, sign_in_browser, live_server, base):
    user = make_user("quality_officer")

    def open_page(address, width):
        page = browser_page(width=width)
        sign_in_browser(page, user)
        page.goto(f"{live_server.url}{address}")
        return page

    return open_page


@pytest.mark.parametrize("address", ADDRESSES)
def test_a_page_is_accessible_and_fits(page_of, axe, address):
    for width in WIDTHS.values():
        page = page_of(address, width)

        assert axe(page) == []
        assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_a_filter_narrows_the_figures_and_keeps_the_others(page_of):
    page = page_of("/indicateurs/?canal=phone", 1280)

    page.select_option("#f-service", label=page.eval_on_selector("#f-service", "s => s.options[3].textContent"))
    page.click(".filter-go button")

    assert "canal=phone" in page.url
    assert page.locator("#f-channel").input_value() == "phone"
