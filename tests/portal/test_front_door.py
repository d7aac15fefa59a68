"""The front door, the pages for everybody, language, appearance and errors."""

import pytest
from django.conf import settings
from django.test import Client

from tests.factories.people import make_user

pytestmark = [pytest.mark.integration, pytest.mark.django_db]


def test_a_visitor_reads_what_this_is_and_where_to_sign_in(client):
    page = client.get("/").content.decode()

    assert "Ce que les usagers disent, et ce qui change" in page
    assert "/compte/connexion/" in page
    assert 'class="rail"' not in page


@pytest.mark.parametrize("address", ["/accessibilite/", "/donnees-personnelles/", "/mentions-legales/"])
def test_pages_of_the_footer_are_open_to_everybody(client, address):
    assert client.get(address).status_code == 200


def test_the_page_on_personal_data_says_what_the_rooms_declare(client):
    page = client.get("/donnees-personnelles/").content.decode()

    assert "Reconnaître les agents qui se servent d’Écoute" in page


def test_the_language_is_chosen_by_a_form_and_kept(client):
    client.post("/langue/", {"language": "en", "next": "/"})

    assert "What users say, and what changes" in client.get("/").content.decode()


def test_the_theme_is_kept_in_a_cookie_and_written_on_the_page(client):
    answer = client.post("/apparence/", {"theme": "dark", "next": "/mentions-legales/"})

    assert (answer.status_code, answer.url) == (302, "/mentions-legales/")
    assert 'data-theme="dark"' in client.get("/").content.decode()


@pytest.mark.parametrize("theme", ["", "rose", '"><script>'])
def test_an_unknown_theme_is_the_one_of_the_system(client, theme):
    client.post("/apparence/", {"theme": theme})

    assert client.cookies["theme"].value == "auto"


@pytest.mark.parametrize("elsewhere", ["https://example.org/", "//example.org", "javascript:alert(1)"])
def test_choosing_a_theme_never_leads_to_another_site(client, elsewhere):
    assert client.post("/apparence/", {"theme": "dark", "next": elsewhere}).url == "/"


def test_a_page_that_does_not_exist_says_what_to_do(client):
    answer = client.get("/nulle-part/")

    assert answer.status_code == 404
    assert "repartez de l’accueil" in answer.content.decode()


def test_a_form_without_its_seal_says_that_nothing_was_saved():
    answer = Client(enforce_csrf_checks=True).post("/apparence/", {"theme": "dark"})

    assert answer.status_code == 403
    assert "Le formulaire a expiré" in answer.content.decode()
    assert settings.SITE_NAME in answer.content.decode()


def test_a_fault_of_ours_is_owned_in_plain_words(client, monkeypatch):
    def break_down(request):
        raise RuntimeError("a fault")

    monkeypatch.setattr("ecoute.portal.views.front.home_of", break_down)
    client.force_login(make_user(), backend=settings.AUTHENTICATION_BACKENDS[0])
    client.raise_request_exception = False

    answer = client.get("/")

    assert answer.status_code == 500
    assert "Une erreur est survenue de notre côté" in answer.content.decode()


def test_pages_load_nothing_from_elsewhere_and_run_no_inline_script(client):
    policy = client.get("/").headers["Content-Security-Policy"]

    assert "default-src 'self'" in policy
    assert "unsafe-inline" not in policy
