"""The gallery in a real browser: every component, at three widths, light and dark, with axe."""

import pytest

from tests.conftest import WIDTHS
from tests.factories.people import make_user

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.urls("tests.ui.urls"),
]
HEAVIEST = 200_000


@pytest.fixture
def gallery(browser_page, live_server, sign_in_browser):
    def open_gallery(width: int = 1280, **options):
        page = browser_page(width=width, **options)
        sign_in_browser(page, make_user())
        page.goto(f"{live_server.url}/ui/")
        return page

    return open_gallery


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("width", WIDTHS.values(), ids=WIDTHS.keys())
def test_the_gallery_is_accessible_and_nothing_overflows(gallery, axe, width, dark, tmp_path):
    page = gallery(width, dark=dark)

    page.screenshot(path=tmp_path / "gallery.png", full_page=True)

    assert axe(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") == width


def test_the_page_weighs_less_than_200_kilobytes(gallery, live_server):
    page = gallery()
    sizes = page.evaluate(
        """() => [...performance.getEntriesByType("navigation"), ...performance.getEntriesByType("resource")]
            .map((entry) => entry.encodedBodySize)"""
    )

    assert 0 < sum(sizes) < HEAVIEST


def test_slash_goes_to_the_search_and_question_mark_shows_the_keys(gallery):
    page = gallery()

    page.keyboard.press("/")
    assert page.evaluate("document.activeElement.id") == "search-words"

    page.locator("h1").click()
    page.keyboard.press("?")
    assert page.locator("#keyboard").is_visible()

    page.keyboard.press("Escape")
    assert page.locator("#keyboard").is_hidden()


def test_a_dialog_gives_the_focus_back(gallery):
    page = gallery()
    page.locator("[data-opens]").click()

    page.keyboard.press("Escape")

    assert page.evaluate("document.activeElement.dataset.opens") == "sample-dialog"


def test_the_menu_of_a_phone_opens_without_script(gallery):
    page = gallery(390, javascript=False)

    page.locator(".menu-button").click()

    assert page.locator("#menu").is_visible()


def test_the_theme_changes_at_once_and_stays(gallery):
    page = gallery()
    page.locator(".user-menu summary").click()
    page.locator(".user-menu [value=dark]").click()
    assert page.evaluate("document.documentElement.dataset.theme") == "dark"

    page.reload()

    assert page.evaluate("document.documentElement.dataset.theme") == "dark"


def test_the_theme_can_be_chosen_without_script(gallery):
    page = gallery(javascript=False)
    page.locator(".user-menu summary").click()

    page.locator(".user-menu [value=dark]").click()

    assert page.locator("html").get_attribute("data-theme") == "dark"
    assert page.url.endswith("/ui/")
