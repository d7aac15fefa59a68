"""The room in a real browser: nothing for axe to say, nothing that overflows, and coding by keyboard alone."""

import pytest

from ecoute.coding.actions.closing import close_round
from ecoute.coding.actions.settling import settle
from ecoute.coding.models import Reading, Round
from tests.conftest import WIDTHS

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def open_page(browser_page, sign_in_browser, live_server):
    def open_(user, address, width=1280, **options):
        page = browser_page(width=width, **options)
        sign_in_browser(page, user)
        page.goto(f"{live_server.url}{address}")
        return page

    return open_


@pytest.fixture
def rounds(room):
    """One of each state: open, with disagreements, closed."""
    room.draw(guidance="Lire jusqu’au bout.", name="Ouverte")
    room.both_read(room.draw(seed=8, name="À discuter"))
    last = room.draw(seed=9, name="Close")
    room.both_read(last)
    for item in room.items(last)[2:]:
        settle(item=item, themes=[room.wait.pk], by=room.manager)
    close_round(round_=last, by=room.manager)
    return {one.name: one for one in Round.objects.all()}


PAGES = [
    ("manager", "/codage/", None),
    ("manager", "/codage/nouvelle/", None),
    ("manager", "/codage/{}/", "Close"),
    ("anne", "/codage/{}/coder/", "Ouverte"),
    ("manager", "/codage/{}/desaccords/", "À discuter"),
    ("manager", "/codage/{}/desaccords/3/", "À discuter"),
    ("manager", "/codage/{}/clore/", "À discuter"),
    ("anne", "/codage/{}/accord/", "Close"),
    ("manager", "/codage/{}/supprimer/", "Close"),
]


@pytest.mark.parametrize(("who", "address", "name"), PAGES)
def test_a_page_is_accessible_and_fits(open_page, axe, room, rounds, who, address, name):
    where = address.format(rounds[name].pk) if name else address
    for width in (WIDTHS["wide"], WIDTHS["phone"]):
        page = open_page(getattr(room, who), where, width)

        assert axe(page) == []
        assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_the_desk_is_accessible_in_the_dark_with_its_definitions_open(open_page, axe, room, rounds):
    page = open_page(room.anne, f"/codage/{rounds['Ouverte'].pk}/coder/", dark=True)

    for summary in page.locator("main summary").all():
        if summary.is_visible():
            summary.click()

    assert axe(page) == []


def test_a_whole_round_is_coded_by_keyboard_alone(open_page, room, rounds):
    page = open_page(room.anne, f"/codage/{rounds['Ouverte'].pk}/coder/")

    page.keyboard.type("guich")
    page.keyboard.press("Enter")
    page.keyboard.type("TELEPHONE")
    page.keyboard.press("Enter")
    page.keyboard.press("Control+Enter")
    page.wait_for_url("**verbatim=2")
    page.keyboard.type("accueil")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.keyboard.press("Control+Enter")
    page.wait_for_url("**verbatim=3")

    first, second = Reading.objects.filter(item__round=rounds["Ouverte"]).order_by("item__position")
    assert first.themes == sorted([room.wait.pk, room.phone.pk])
    assert second.themes == [room.welcome.pk]


def test_what_was_ticked_survives_closing_the_browser(open_page, room, rounds):
    page = open_page(room.anne, f"/codage/{rounds['Ouverte'].pk}/coder/?verbatim=2")
    page.get_by_label("Accueil des personnes", exact=True).check()
    address = page.url

    again = page.context.new_page()
    page.close()
    again.goto(address)

    assert again.get_by_label("Accueil des personnes", exact=True).is_checked()
    again.get_by_role("button", name="Enregistrer").click()
    again.wait_for_url("**verbatim=3")
    assert again.evaluate("localStorage.length") == 0


def test_a_draft_is_not_shown_to_the_next_person_on_the_same_computer(open_page, sign_in_browser, room, rounds):
    page = open_page(room.anne, f"/codage/{rounds['Ouverte'].pk}/coder/?verbatim=2")
    page.get_by_label("Accueil des personnes", exact=True).check()

    sign_in_browser(page, room.bruno)
    page.goto(page.url)

    assert page.locator("input[name=themes]:checked").count() == 0


def test_none_of_them_takes_the_themes_away_and_back(open_page, room, rounds):
    page = open_page(room.anne, f"/codage/{rounds['Ouverte'].pk}/coder/")
    page.get_by_label("Accueil des personnes", exact=True).check()

    page.get_by_label("Aucun de ces thèmes").check()
    assert page.locator("input[name=themes]:checked").count() == 0

    page.get_by_label("Téléphone injoignable", exact=True).check()
    assert not page.get_by_label("Aucun de ces thèmes").is_checked()


def test_without_javascript_one_ticks_and_sends(open_page, room, rounds):
    page = open_page(room.anne, f"/codage/{rounds['Ouverte'].pk}/coder/", width=390, javascript=False)

    page.get_by_label("Accueil des personnes", exact=True).check()
    page.get_by_role("button", name="Enregistrer").click()

    assert page.url.endswith("verbatim=2")
    assert Reading.objects.filter(item__round=rounds["Ouverte"]).count() == 1


def test_a_disagreement_is_settled_in_one_click(open_page, room, rounds):
    page = open_page(room.manager, f"/codage/{rounds['À discuter'].pk}/desaccords/")
    assert page.locator(".dispute").count() == 2

    page.locator(".dispute").first.get_by_role("button", name="Comme Bruno Coder").click()

    page.wait_for_function("document.querySelectorAll('.dispute').length === 1")
    item = room.items(rounds["À discuter"])[2]
    assert (item.themes, item.settled_by) == ([room.welcome.pk], room.manager)
