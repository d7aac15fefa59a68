import pytest

from ecoute.methods.charts import Bar, PolarityBar, bars, pareto, polarity, stylesheet

from .test_charts import gallery

pytestmark = pytest.mark.browser


def page_of(charts):
    figures = "".join(f"<figure><figcaption>{c.title} {i}</figcaption>{c.both}</figure>" for i, c in enumerate(charts))
    head = f"<meta charset=utf-8><title>Graphiques</title><style>{stylesheet()}</style>"
    body = f"<main><h1>Graphiques</h1>{figures}</main>"
    return f'<!doctype html><html lang="fr"><head>{head}</head><body>{body}</body></html>'


@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize("width", [1280, 390])
def test_every_chart_is_accessible(browser_page, axe, width, dark):
    page = browser_page(width=width, dark=dark)

    page.set_content(page_of(gallery().values()))

    assert axe(page) == []


def test_bars_that_lead_somewhere_are_reached_by_keyboard(browser_page, axe):
    page = browser_page()
    linked = [
        bars([Bar("Attente", 0.4, href="#a"), Bar("Accueil", 0.2, href="#b")], title="Barres"),
        pareto([Bar("Attente", 4, href="#c")], title="Pareto"),
        polarity([PolarityBar("Mairie", 3, 4, 5, href="#d")], title="Polarité"),
    ]
    page.set_content(page_of(linked))

    visited = []
    for _ in range(4):
        page.keyboard.press("Tab")
        visited.append(page.evaluate("document.activeElement.getAttribute('href')"))

    assert visited == ["#a", "#b", "#c", "#d"]
    assert axe(page) == []


def test_no_text_leaves_its_drawing(browser_page):
    page = browser_page(width=1280)
    page.set_content(page_of(gallery().values()))

    outside = page.evaluate(
        """() => [...document.querySelectorAll('.ch-wide svg')].flatMap(svg => {
            const frame = svg.getBoundingClientRect();
            const leaves = (box) => box.left < frame.left - 1 || box.right > frame.right + 12;
            const texts = [...svg.querySelectorAll('text')];
            return texts.filter((t) => leaves(t.getBoundingClientRect())).map((t) => t.textContent);
        })"""
    )

    assert outside == []
