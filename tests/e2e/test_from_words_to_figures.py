"""The tutorial ``docs/tutorials/from-words-to-figures.md``, walked in a real browser by two people, on real words."""

from __future__ import annotations

import csv
import re

import pytest
from django.conf import settings
from django.db.models import Count
from django.test import Client

from ecoute.core.jobs import enqueue, run_all
from ecoute.verbatims.actions.codebooks import load_default_codebook
from ecoute.verbatims.actions.demo import FILES, FOLDER
from ecoute.verbatims.actions.importing import ensure_source, map_columns, mapping_of, run_import, start_import_of_path
from ecoute.verbatims.models import LearnedCoder, Theme, Verbatim
from tests.conftest import PROJECT
from tests.factories.people import make_user

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

ROWS, SAMPLE = 60, 30
TUTORIAL = PROJECT / "docs/tutorials/from-words-to-figures.md"


class Silent:
    def total(self, count):
        pass

    def advance(self, count=1):
        pass

    def say(self, text):
        pass


@pytest.fixture
def corpus(tmp_path):
    """The first rows of the demonstration, imported and analysed as anybody's."""
    with (FOLDER / FILES[0].name).open(encoding="utf-8-sig", newline="") as handle:
        head, *rows = list(csv.reader(handle))
    path = tmp_path / "paroles.csv"
    with path.open("w", encoding="utf-8", newline="") as handle:
        csv.writer(handle).writerows([head, *rows[:ROWS]])
    load_default_codebook(by=None)
    batch = start_import_of_path(path, by=None)
    map_columns(batch, mapping=mapping_of(batch), source=ensure_source("Échantillon", solicited=False))
    run_import(batch, Silent())
    enqueue("verbatims.analyse", by=None)
    run_all()
    assert Verbatim.objects.exclude(analysed_at=None).count() == ROWS


@pytest.fixture
def open_as(browser_page, live_server):
    """Each person in a browser of their own, signed in."""

    def open_page(person, address):
        page, client = browser_page(), Client()
        client.force_login(person, backend=settings.AUTHENTICATION_BACKENDS[0])
        name = settings.SESSION_COOKIE_NAME
        page.context.add_cookies([{"name": name, "value": client.cookies[name].value, "url": live_server.url}])
        page.goto(f"{live_server.url}{address}")
        return page

    return open_page


def test_from_the_first_coding_to_a_corrected_figure(corpus, open_as, live_server):
    camille = make_user("quality_officer", name="Camille Mission")
    lou = make_user("quality_officer", name="Lou Analyste")
    page = open_as(camille, "/themes/")
    assert "Codage automatique, non mesuré" in page.inner_text("main")

    theme = _most_given()
    _follow_a_code(page, theme)
    _teach(page, live_server.url)
    _draw(page, live_server.url)
    sheet = page.url

    _code_all(page, sheet, theme, doubts=())
    other = open_as(lou, sheet.removeprefix(live_server.url))
    _code_all(other, sheet, theme, doubts=(2, 5))

    _agree_and_close(page, sheet)

    page.goto(f"{live_server.url}/themes/")
    words = page.inner_text("main")
    assert f"corrigées par {SAMPLE} verbatims tirés au hasard et codés à la main" in words
    page.get_by_role("link", name=theme, exact=True).first.click()
    assert "Comment ces chiffres sont faits" in page.inner_text("main")
    assert not LearnedCoder.objects.filter(corrections__gt=ROWS).exists()


def _follow_a_code(page, theme):
    """From a theme to a verbatim, and to what stands behind its code."""
    page.get_by_role("link", name=theme, exact=True).first.click()
    page.locator("article.quote a").first.click()
    page.wait_for_url(re.compile(r"/verbatims/[0-9a-f-]{36}/"))
    proofs = page.locator("details", has_text="D’où viennent ces codes ?").first
    proofs.locator("summary").first.click()
    words = proofs.inner_text()
    assert re.search(r"Machine : (learned-themes|codebook-cues) \S+", words)
    assert re.search(r"Signes \d+ à \d+ du texte, masquage n° 1", words)


def _most_given():
    """The label of the theme that the machine gave to most passages."""
    leaves = Theme.objects.exclude(parent=None).annotate(given=Count("codes")).order_by("-given", "pk")
    return leaves[0].label_fr


def _teach(page, site):
    page.goto(f"{site}/a-coder/")
    page.get_by_role("link", name="Commencer").click()
    for _number in range(3):
        page.get_by_role("button", name="Tout est juste, suivant").click()
    page.goto(f"{site}/plan-de-codage/apprentissage/")
    page.get_by_role("button", name="Apprendre maintenant").click()
    run_all()
    assert LearnedCoder.objects.exclude(ready_at=None).latest("number").corrections > 0
    page.goto(f"{site}/plan-de-codage/apprentissage/")
    assert "L’apprentissage en service" in page.inner_text("main")
    page.goto(f"{site}/plan-de-codage/recoder/apercu/")
    button = page.get_by_role("button", name=re.compile("Calculer"))
    button.first.click()
    run_all()
    page.goto(f"{site}/plan-de-codage/recoder/apercu/")
    apply = page.get_by_role("button", name="Appliquer : recoder tous les verbatims")
    if apply.count():
        apply.click()
        run_all()


def _draw(page, site):
    page.goto(f"{site}/codage/")
    page.get_by_role("link", name="Tirer une première séance").click()
    page.get_by_label("Nom de la séance").fill("Double codage")
    page.get_by_label("Nombre de verbatims").fill(str(SAMPLE))
    page.get_by_label("Camille Mission").check()
    page.get_by_label("Lou Analyste").check()
    page.get_by_role("button", name="Tirer au sort").click()
    page.wait_for_url(re.compile(r"/codage/\d+/$"))
    assert Verbatim.objects.filter(kept_for_measuring=True).count() == SAMPLE


def _code_all(page, sheet, theme, doubts):
    """Every third verbatim speaks of the theme; ``doubts`` are read otherwise."""
    page.goto(f"{sheet}coder/")
    for number in range(SAMPLE):
        if (number % 3 == 0) != (number in doubts):
            page.get_by_label(theme, exact=True).check()
        else:
            page.get_by_label("Aucun de ces thèmes").check()
        page.get_by_role("button", name=re.compile("^Enregistrer et")).click()
    page.get_by_role("button", name=re.compile("complet|terminé", re.IGNORECASE)).first.click()


def _agree_and_close(page, sheet):
    page.goto(f"{sheet}desaccords/")
    while page.locator(".dispute-settle").count():
        page.locator(".dispute-settle button").first.click()
        page.goto(f"{sheet}desaccords/")
    page.goto(f"{sheet}accord/")
    assert "Krippendorff" in page.inner_text("main")
    page.goto(f"{sheet}clore/")
    page.get_by_role("button", name="Clore la séance").click()
    page.goto(f"{sheet}accord/")
    assert "La machine face au codage retenu" in page.inner_text("main")


def test_what_the_tutorial_names_is_on_the_screens():
    """Every label in bold stands in a template or in the codebook: a renamed button breaks the tutorial here."""
    labels = set(re.findall(r"\*\*([^*]+)\*\*", TUTORIAL.read_text(encoding="utf-8")))
    sources = [
        *(PROJECT / "src").rglob("templates/**/*.html"),
        *(PROJECT / "src").rglob("*.py"),
        *(PROJECT / "src").rglob("*.toml"),
    ]
    text = "\n".join(path.read_text(encoding="utf-8") for path in sources)

    assert sorted(label for label in labels if label not in text) == []
