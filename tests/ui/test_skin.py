"""A skin: one more sheet of tokens after ours, and templates of its own."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.template import engines
from django.test import RequestFactory

pytestmark = pytest.mark.unit


def page() -> str:
    request = RequestFactory().get("/")
    request.user = AnonymousUser()
    return engines["django"].get_template("ui/public.html").render({}, request)


def test_the_neutral_skin_loads_no_sheet_of_its_own():
    assert "skin/" not in page()


def test_the_sheet_of_a_skin_comes_after_ours(settings):
    settings.SKIN = "/srv/skin"

    written = page()

    assert written.index("ui/charts.css") < written.index("skin/tokens.css")
