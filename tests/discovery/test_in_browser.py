"""The pages in a real browser: nothing for axe to say, nothing that overflows, and a map that draws."""

from __future__ import annotations

import numpy as np
import pytest

from ecoute.discovery.actions.mapping import draw_map
from ecoute.discovery.models import ExpectationGroup
from tests.conftest import WIDTHS
from tests.factories.people import make_user
from tests.factories.verbatims import Idea, make_verbatim

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def page_of(browser_page, sign_in_browser, live_server, base):
    rng = np.random.default_rng(1)
    for number in range(15):
        vector = rng.normal(size=512)
        make_verbatim(f"Rendez-vous {number}", services=[base.town], ideas=[Idea(("acces",))],
                      vector=vector / np.linalg.norm(vector), phrases=["rendez-vous"])  # fmt: skip
    base.group()
    draw_map()
    user = make_user("quality_officer")

    def open_page(address, width=1280):
        page = browser_page(width=width)
        sign_in_browser(page, user)
        page.goto(f"{live_server.url}{address}")
        return page

    return open_page


@pytest.mark.parametrize(
    "address", ["/attentes/", "/attentes/{group}/", "/carte/", "/carte/regions/0/", "/attentes/?ecartees=oui"]
)
def test_a_page_is_accessible_and_fits(page_of, axe, address):
    address = address.format(group=ExpectationGroup.objects.earliest("pk").pk)
    for width in WIDTHS.values():
        page = page_of(address, width)

        assert axe(page) == []
        assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_the_map_draws_its_points_zooms_by_keyboard_and_shows_the_verbatim_under_the_pointer(page_of):
    page = page_of("/carte/")
    page.wait_for_selector("[data-ready='22']")

    canvas = page.locator(".map-canvas")
    before = canvas.evaluate("c => c.toDataURL()")
    canvas.focus()
    page.keyboard.press("+")
    page.wait_for_timeout(200)
    assert canvas.evaluate("c => c.toDataURL()") != before

    page.keyboard.press("0")
    page.wait_for_timeout(200)
    points = page.evaluate("fetch('/carte/points/').then(r => r.json()).then(d => d.points)")
    box = canvas.bounding_box()
    side = min(box["width"], box["height"]) - 32
    x = box["x"] + (points[0] / 999 - 0.5) * side + box["width"] / 2
    y = box["y"] + (points[1] / 999 - 0.5) * side + box["height"] / 2
    page.mouse.move(x, y)
    page.wait_for_selector(".map-card:not([hidden]) a")
    assert "/verbatims/" in page.locator(".map-card a").get_attribute("href")


def test_a_colour_can_be_put_out(page_of):
    page = page_of("/carte/")
    page.wait_for_selector("[data-ready]")

    page.locator(".map-key").first.click()

    assert page.locator(".map-key").first.get_attribute("aria-pressed") == "false"
