"""Coding in a real browser: by keyboard alone, by pointing at words, on a phone, with and without scripts."""

import pytest

from ecoute.directory.enums import Permission
from ecoute.verbatims.actions.raw_content import seal
from ecoute.verbatims.models import Masking, RawText, SegmentTheme, Verbatim
from tests.conftest import WIDTHS
from tests.factories.people import make_user
from tests.factories.verbatims import Idea, make_service, make_theme, make_verbatim

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

TEXT = "Zoé m'a reçu 😀 au guichet. J'ai attendu deux heures."


@pytest.fixture
def officer():
    return make_user("quality_officer", grants=(Permission.READ_RAW,))


@pytest.fixture
def verbatim():
    make_theme("accueil-telephonique", make_theme("relation"), label_fr="Accueil téléphonique")
    ideas = [
        Idea(["guichet"], "praise", "positive", text="Zoé m'a reçu 😀 au guichet."),
        Idea(["attente"], text="J'ai attendu deux heures."),
    ]
    made = make_verbatim(TEXT, services=[make_service("Impôts")], ideas=ideas)
    segment = made.segments.get(position=1)
    segment.unsure_themes = [[make_theme("relation").pk, 0.48, "themes 2"]]
    segment.save()
    RawText.objects.create(verbatim=made, sealed=seal(title="", text=TEXT))
    Masking.objects.create(verbatim=made, version=1, engine="rules 1")
    return made


@pytest.fixture
def opened(verbatim, officer, browser_page, sign_in_browser, live_server):
    def open_page(address="", **options):
        page = browser_page(**options)
        sign_in_browser(page, officer)
        page.goto(f"{live_server.url}{address or f'/verbatims/{verbatim.uid}/'}")
        return page

    return open_page


def press(page, key):
    with page.expect_response(lambda answer: "/segments/" in answer.url):
        page.keyboard.press(key)
    page.wait_for_selector(".toast")


def codes(position):
    rows = SegmentTheme.objects.filter(segment__position=position).order_by("theme__slug")
    return list(rows.values_list("theme__slug", "origin", "rejected"))


def test_coding_by_keyboard_alone(opened, verbatim):
    page = opened()
    page.focus("[data-passage]")
    page.keyboard.press("j")
    page.keyboard.press("t")
    page.wait_for_selector("[role=option]")
    page.keyboard.type("telepho")  # no accents, and no letter of it is a command
    page.wait_for_function("document.querySelectorAll('#passage-1 [role=option]').length === 1")

    press(page, "Enter")
    press(page, "1")
    page.keyboard.press("k")
    press(page, "x")
    rejected = codes(0)
    press(page, "u")

    assert codes(1) == [("accueil-telephonique", "person", False), ("attente", "machine", False)]
    assert verbatim.segments.get(position=1).polarity_origin == "person"
    assert rejected == [("guichet", "machine", True)]
    assert codes(0) == [("guichet", "machine", False)]
    assert page.evaluate("document.activeElement.id") == "passage-0"


def test_letters_do_nothing_outside_the_list_nor_when_they_are_switched_off(opened):
    page = opened()
    page.keyboard.press("1")  # the focus is on no passage
    page.focus("[data-passage]")
    page.keyboard.press("?")
    page.wait_for_selector("#coding-keys[open]")
    page.click("[data-keys-switch]")
    page.keyboard.press("Escape")
    page.focus("[data-passage]")
    page.keyboard.press("1")
    page.keyboard.press("x")
    page.reload()
    page.focus("[data-passage]")
    page.keyboard.press("x")
    page.wait_for_timeout(300)

    assert codes(0) == [("guichet", "machine", False)]
    assert not page.is_checked("[data-keys-switch]")


def test_one_press_settles_a_doubt_and_the_toast_takes_it_back(opened):
    page = opened()

    page.click(".passage-unsure [data-accept]")
    page.wait_for_selector(".toast button")
    accepted = codes(1)
    with page.expect_response(lambda answer: "/segments/" in answer.url):
        page.click(".toast button")
    page.wait_for_selector(".passage-unsure")

    assert accepted == [("attente", "machine", False), ("relation", "person", False)]
    assert codes(1) == [("attente", "machine", False)]


SELECT = """() => {
  const text = document.querySelector('[data-mask-text]'), walker = document.createTreeWalker(text, 4);
  for (let node; (node = walker.nextNode());) {
    const at = node.data.indexOf('guichet');
    if (at < 0) continue;
    document.getSelection().setBaseAndExtent(node, at, node, at + 7);
    text.dispatchEvent(new PointerEvent('pointerup', { bubbles: true }));
    return;
  }
}"""


def test_words_pointed_at_are_hidden_after_signs_of_two_halves(opened):
    page = opened()

    page.evaluate(SELECT)
    page.wait_for_selector("[data-mask][open]")
    chosen = page.input_value("[data-mask-words]"), page.input_value("[data-mask-start]")
    page.uncheck("[name=partout]")
    page.select_option("#mask-kind", "address")
    page.click(".mask-form button")
    page.wait_for_selector(".masking-undo")

    assert chosen == ("guichet", str(TEXT.index("guichet")))
    assert Verbatim.objects.get().text == TEXT.replace("guichet", "[adresse]")


def test_everything_without_scripts(opened):
    page = opened(javascript=False)

    page.click(".mask summary")
    page.fill("#mask-words", "zoé")
    page.click(".mask-form button")
    page.click("#passage-1 .passage-add")
    page.select_option("select[name=theme]", "accueil-telephonique")
    page.click(".passage-tool button")
    page.click("#passage-0 [data-nature] summary")
    page.click("#passage-0 button[value='nature:fact']")

    assert Verbatim.objects.get().text == TEXT.replace("Zoé", "[nom]")
    assert ("accueil-telephonique", "person", False) in codes(1)
    assert Verbatim.objects.get().segments.get(position=0).nature == "fact"


OPEN = "document.querySelectorAll('main details:not(.menu)').forEach((one) => { one.open = true; })"


@pytest.mark.parametrize("width", WIDTHS.values(), ids=WIDTHS)
def test_pages_are_accessible_and_hold_in_the_window(opened, axe, verbatim, live_server, width):
    page = opened(width=width)
    faults = {}

    for address in (
        f"/verbatims/{verbatim.uid}/",
        "/passages/",
        "/plan-de-codage/",
        "/plan-de-codage/versions/",
        "/plan-de-codage/versions/1/",
        "/plan-de-codage/importer/",
        "/plan-de-codage/guichet/reunir/?avec=attente",
        "/plan-de-codage/guichet/diviser/",
        "/plan-de-codage/guichet/trier/",
    ):
        page.goto(f"{live_server.url}{address}")
        page.evaluate(
            "document.querySelectorAll('main details').forEach((one) => { if (!one.matches('.menu')) one.open = true })"
        )
        found = axe(page)
        if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
            found.append("wider than the window")
        if found:
            faults[address] = found

    assert faults == {}
