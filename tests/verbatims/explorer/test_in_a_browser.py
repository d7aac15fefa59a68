"""The explorer in a real browser: with and without scripts, by keyboard, on a phone, without accessibility faults."""

import pytest

from tests.conftest import WIDTHS
from tests.factories.people import make_user
from tests.factories.verbatims import Idea, make_service, make_theme, make_verbatim

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def base():
    service = make_service("Impôts")
    make_theme("attente", label_fr="Attente")
    for number in range(3):
        nature = "irritant" if number else "praise"
        make_verbatim(
            f"Attendu {number} heures au guichet.",
            title=f"Récit {number}",
            services=[service],
            ideas=[Idea(["attente"], nature, "negative" if number else "positive")],
            channel="phone" if number else "web",
        )
    return make_user("quality_officer")


def opened(browser_page, sign_in_browser, live_server, user, query="", **options):
    page = browser_page(**options)
    sign_in_browser(page, user)
    page.goto(f"{live_server.url}/verbatims/{query}")
    return page


def test_choosing_a_filter_changes_the_list_the_counts_and_the_address(
    base, browser_page, sign_in_browser, live_server
):
    page = opened(browser_page, sign_in_browser, live_server, base)

    with page.expect_response(lambda response: "nature=irritant" in response.url):
        page.click(".facet-item a:has-text('Irritant')")
    page.wait_for_selector(".chip")

    assert page.url.endswith("/verbatims/?nature=irritant")
    assert page.locator("[data-card]").count() == 2
    assert page.locator("#explorer-status").inner_text() == "2 verbatims trouvés"
    assert page.evaluate("document.activeElement.textContent").startswith("Irritant")
    page.go_back()
    page.wait_for_selector(":nth-match([data-card], 3)")


def test_searching_without_scripts(base, browser_page, sign_in_browser, live_server):
    page = opened(browser_page, sign_in_browser, live_server, base, "?nature=irritant", javascript=False)

    page.fill("#explorer-words", '"2 heures"')
    with page.expect_navigation():
        page.click(".explorer-search button")

    assert page.locator("[data-card] h3").all_inner_texts() == ["Récit 2"]


def test_by_keyboard(base, browser_page, sign_in_browser, live_server):
    page = opened(browser_page, sign_in_browser, live_server, base)

    page.keyboard.press("j")
    page.keyboard.press("j")
    page.keyboard.press("k")
    assert page.evaluate("document.activeElement.id") == page.locator("[data-card]").first.get_attribute("id")
    page.keyboard.press("/")
    assert page.evaluate("document.activeElement.id") == "explorer-words"


def test_filters_on_a_phone_open_over_the_page(base, browser_page, sign_in_browser, live_server):
    page = opened(browser_page, sign_in_browser, live_server, base, width=390, height=844)

    assert not page.locator("#filters").is_visible()
    page.click(".explorer-open")
    page.click(".facet-item a:has-text('Irritant')")
    page.wait_for_selector(".explorer-close:has-text('Voir 2 verbatims')")
    page.click(".explorer-close")
    assert not page.locator("#filters").is_visible()


@pytest.mark.parametrize("width", WIDTHS.values())
@pytest.mark.parametrize("path", ["/verbatims/?nature=irritant&mots=guichet", "/verbatims/vues/", "a verbatim"])
def test_no_accessibility_fault_and_nothing_wider_than_the_screen(
    base, browser_page, sign_in_browser, live_server, axe, width, path
):
    page = opened(browser_page, sign_in_browser, live_server, base, width=width)
    address = page.locator("[data-card] h3 a").first.get_attribute("href") if path == "a verbatim" else path
    page.goto(f"{live_server.url}{address}")

    assert axe(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
