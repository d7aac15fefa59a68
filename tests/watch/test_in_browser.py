"""The pages in a real browser: nothing for axe to say, nothing that overflows, at every width."""

import pytest

from ecoute.watch.actions.looking import look
from ecoute.watch.models import Alert
from tests.conftest import WIDTHS
from tests.watch.test_looking import Silent

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

ADDRESSES = ["/vigilance/", "/vigilance/{alert}/", "/vigilance/courbe/?theme=attente", "/vigilance/abonnement/"]


@pytest.mark.parametrize("address", ADDRESSES)
def test_a_page_is_accessible_and_fits(browser_page, sign_in_browser, live_server, axe, world, address):
    look(Silent())
    officer = world.officer()
    for width in WIDTHS.values():
        page = browser_page(width=width)
        sign_in_browser(page, officer)
        page.goto(f"{live_server.url}{address.format(alert=Alert.objects.get(service=None).pk)}")

        assert axe(page) == []
        assert page.evaluate("document.documentElement.scrollWidth") <= width
