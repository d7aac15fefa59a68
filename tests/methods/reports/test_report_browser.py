import pytest

from ecoute.methods.reports import render_html

from .builders import corpus, figures_of
from .test_page import DAY

pytestmark = pytest.mark.browser


@pytest.fixture
def report(tmp_path):
    path = tmp_path / "r.html"
    path.write_text(render_html(figures_of(corpus()), version="9.9", made_on=DAY), encoding="utf-8")
    return path.as_uri()


@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize("width", [1280, 390, 320])
def test_the_report_is_accessible_and_fits_every_screen(browser_page, axe, report, width, dark):
    page = browser_page(width=width, dark=dark)

    page.goto(report)

    assert axe(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_one_drawing_of_each_chart_is_shown(browser_page, report):
    page = browser_page(width=390)

    page.goto(report)

    assert page.locator(".ch-wide svg").first.is_hidden()
    assert page.locator(".ch-narrow svg").first.is_visible()


def test_without_javascript_the_tables_open(browser_page, report):
    page = browser_page(javascript=False)
    page.goto(report)

    page.locator("details.data summary").first.click()

    assert page.locator("details.data table").first.is_visible()
