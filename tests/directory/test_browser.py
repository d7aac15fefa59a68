"""The pages in a real browser: accessible, and whole on a narrow screen."""

from __future__ import annotations

import pytest
from django.urls import reverse

from ecoute.directory.actions.invitations import invite
from ecoute.directory.enums import Permission, Role
from ecoute.directory.models import Grant, Membership, ServiceAlias
from tests.conftest import WIDTHS
from tests.factories.people import PASSWORD

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def _is_whole(page) -> bool:
    return page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


def test_pages_of_administrators_are_accessible_and_whole(house, live_server, browser_page, sign_in_browser, axe):
    head = Membership.objects.get(user=house.people["head"])
    Grant.objects.create(membership=head, permission=Permission.READ_RAW, reason="Étude des délais")
    ServiceAlias.objects.create(service=house.taxes, written="Le fisc", folded="le fisc")
    names = ["people", "invite", "invitations", "services", "new_service", "import_tree", "profile"]
    addresses = [reverse(f"directory:{name}") for name in names]
    addresses += [reverse("directory:person", args=[head.user_id]), reverse("directory:service", args=[house.taxes.pk])]
    addresses += [reverse("directory:give_right", args=[head.pk])]
    faults = {}

    for name, width in WIDTHS.items():
        page = browser_page(width=width)
        sign_in_browser(page, house.people["administrator"])
        for address in addresses:
            page.goto(live_server.url + address)
            found = axe(page) if name == "wide" else []
            found += [] if _is_whole(page) else ["wider than the screen"]
            if found:
                faults[address, width] = found

    assert faults == {}


def test_signing_in_works_by_keyboard_without_javascript(house, live_server, browser_page):
    person = house.people["unsafe_administrator"]
    page = browser_page(width=390, javascript=False)
    page.goto(live_server.url + reverse("account_login"))

    page.focus("input[name=login]")
    page.keyboard.type(person.email)
    page.keyboard.press("Tab")
    page.keyboard.type(PASSWORD)
    with page.expect_navigation():
        page.keyboard.press("Enter")
    page.goto(live_server.url + reverse("directory:people"))

    assert page.locator("h1").inner_text() == "Installer un second facteur"


def test_an_invitation_becomes_an_account(house, live_server, browser_page, axe):
    sent = invite(
        email="nouvelle@exemple.fr",
        role=Role.AGENT,
        service_id=house.taxes.pk,
        address=lambda token: live_server.url + reverse("directory:accept_invitation", args=[token]),
        by=house.people["administrator"],
    )
    page = browser_page(width=390)
    page.goto(sent.link)
    faults = axe(page)
    page.fill("input[name=name]", "Nour Veau")

    page.fill("input[name=password]", "court")
    page.click("main button[type=submit]")
    explained, name = page.locator("main .error").inner_text(), page.input_value("input[name=name]")
    page.fill("input[name=password]", "quatre mots bien choisis")
    page.click("main button[type=submit]")
    page.goto(live_server.url + reverse("directory:profile"))

    assert faults == []
    assert ("Il manque 7 caractères" in explained, name) == (True, "Nour Veau")
    assert page.locator("h1").inner_text() == "Mon profil"


@pytest.mark.parametrize("width", [1280, 320])
def test_pages_of_signing_in_are_accessible_and_whole(house, live_server, browser_page, sign_in_browser, axe, width):
    page = browser_page(width=width)
    faults = {}

    def look(address: str) -> None:
        page.goto(live_server.url + address)
        found = axe(page) + ([] if _is_whole(page) else ["wider than the screen"])
        if found:
            faults[address] = found

    for name in ("account_login", "account_signup", "account_reset_password", "account_reset_password_done"):
        look(reverse(name))
    look(reverse("directory:accept_invitation", args=["inconnu"]))
    page.goto(live_server.url + reverse("account_login"))
    page.fill("input[name=login]", house.people["unsafe_administrator"].email)
    page.fill("input[name=password]", PASSWORD)
    page.click("main button[type=submit]")
    for name in ("account_change_password", "account_logout", "mfa_index", "directory:second_factor"):
        look(reverse(name))
    page.goto(live_server.url + reverse("mfa_activate_totp"))
    page.fill("input[name=password]", PASSWORD)
    page.click("main button[type=submit]")
    look(reverse("mfa_activate_totp"))

    assert page.locator("h1").inner_text() == "Installer un second facteur"
    assert faults == {}
