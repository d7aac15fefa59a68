"""Every page of the workspace in a real browser: accessible, within its width, light enough, at three widths."""

import pytest

from ecoute.verbatims.actions.codebooks import load_default_codebook
from tests.conftest import WIDTHS
from tests.factories.people import make_user
from tests.factories.verbatims import Idea, make_service, make_source, make_verbatim

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PAGES = [
    "/",
    "/verbatims/",
    "/verbatims/?nature=irritant&words=attente",
    "/verbatims/{uid}/",
    "/verbatims/{uid}/?corriger={segment}#passage-0",
    "/plan-de-codage/",
    "/plan-de-codage/nouveau/",
    "/sujets/",
    "/imports/",
    "/imports/nouveau/",
    "/indicateurs/",
    "/themes/",
    "/themes/attente-sur-place/",
    "/comparaison/",
    "/rapports/",
]
HEAVIEST = 200_000  # bytes as they travel (issue: no page weighs over 200 KB)
SAID = [
    ("J'ai attendu deux heures au guichet. Il faudrait plus d'agents.", "irritant", "negative"),
    ("Agent très aimable, merci.", "praise", "positive"),
    ("Le site plante quand je dépose mes pièces.", "irritant", "negative"),
]


@pytest.fixture
def verbatim(db):
    codebook = load_default_codebook(by=None)
    slug = codebook.themes.exclude(parent=None).order_by("pk").first().slug
    parent = make_service("Ministère", kind="administration")
    services = [make_service("Préfecture", parent=parent), make_service("Caisse", parent=parent)]
    source = make_source("essai", attribution="Données d'essai", caveat="Échantillon d'essai.")
    for number in range(36):
        text, nature, polarity = SAID[number % 3]
        made = make_verbatim(
            text,
            title=f"Témoignage {number}",
            source=source,
            services=[services[number % 2]],
            ideas=[Idea(nature=nature, polarity=polarity)],
            satisfaction=polarity,
            channel="counter",
        )
    from ecoute.verbatims.models import SegmentTheme, Theme

    theme = Theme.objects.get(slug=slug)
    for segment in made.__class__.objects.last().segments.all():
        SegmentTheme.objects.create(segment=segment, theme=theme, confidence=0.8, engine="essai 1")
    return made


@pytest.mark.parametrize("width", WIDTHS.values(), ids=WIDTHS.keys())
def test_pages_are_accessible_and_fit(browser_page, sign_in_browser, live_server, axe, verbatim, width):
    page = browser_page(width=width)
    sign_in_browser(page, make_user("quality_officer"))
    faults = {}
    for address in PAGES:
        path = address.format(uid=verbatim.uid, segment=verbatim.segments.first().pk)
        if path.startswith("/themes/attente"):
            path = f"/themes/{_coded_slug()}/"
        answer = page.goto(live_server.url + path)
        found = axe(page)
        wide = page.evaluate("document.documentElement.scrollWidth") - width
        if answer.status != 200 or found or wide > 0:
            faults[path] = (answer.status, wide, found)

    assert faults == {}


def test_no_page_is_heavy(browser_page, sign_in_browser, live_server, verbatim):
    user = make_user("quality_officer")
    heavy = {}
    for address in PAGES:
        page = browser_page()  # a new browser each time: nothing is in its cache
        sign_in_browser(page, user)
        weights: list[int] = []
        page.on("requestfinished", lambda request, weights=weights: weights.append(_weight(request)))
        path = address.format(uid=verbatim.uid, segment=verbatim.segments.first().pk)
        page.goto(live_server.url + path.replace("attente-sur-place", _coded_slug()), wait_until="networkidle")
        if sum(weights) > HEAVIEST:
            heavy[path] = sum(weights)

    assert heavy == {}


def test_the_workspace_reads_without_javascript(browser_page, sign_in_browser, live_server, verbatim):
    page = browser_page(javascript=False)
    sign_in_browser(page, make_user("quality_officer"))

    page.goto(f"{live_server.url}/verbatims/?nature=praise")

    read = page.inner_text("main")
    assert "Agent très aimable" in read
    assert "Le site plante" not in read


def _weight(request) -> int:
    sizes = request.sizes()
    return sizes["responseBodySize"] + sizes["responseHeadersSize"]


def _coded_slug() -> str:
    from ecoute.verbatims.models import SegmentTheme

    return SegmentTheme.objects.select_related("theme").earliest("pk").theme.slug
