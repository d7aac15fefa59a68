"""Hiding and showing on the pages: by written words, with or without the place where they were chosen."""

import time

import pytest

from ecoute.directory.enums import Permission, Role
from ecoute.verbatims.actions.raw_content import seal
from ecoute.verbatims.models import Masking, MaskingDecision, RawText, Verbatim
from tests.factories.people import make_user
from tests.factories.verbatims import Idea, make_service, make_verbatim

pytestmark = [pytest.mark.integration, pytest.mark.django_db(transaction=True)]

RAW = "Zoé a vu Zoé.\r\nÀ Rennes, zoé souriait."
SHOWN = "Zoé a vu Zoé.\r\nÀ [nom], zoé souriait."


@pytest.fixture
def service():
    return make_service("Impôts")


@pytest.fixture
def verbatim(service):
    made = make_verbatim(SHOWN, services=[service], ideas=[Idea()])
    RawText.objects.create(verbatim=made, sealed=seal(title="", text=RAW))
    at, there = RAW.index("Rennes"), SHOWN.index("[nom]")
    Masking.objects.create(verbatim=made, version=1, engine="rules 1", spans=[["name", at, at + 6, there, there + 5]])
    return made


@pytest.fixture
def coder(client, service):
    user = make_user(Role.QUALITY_OFFICER, service)
    client.force_login(user)
    return user


@pytest.fixture
def reader(client, service):
    user = make_user(Role.QUALITY_OFFICER, service, grants=(Permission.READ_RAW,))
    client.force_login(user)
    return user


def hide(client, verbatim, **given):
    data = {"version": "1", "mots": "zoé", "nature": "handle", "partout": "1", **given}
    return client.post(f"/verbatims/{verbatim.uid}/masquer/", data, follow=True)


def test_words_are_hidden_wherever_they_stand(client, verbatim, coder):
    page = hide(client, verbatim).content.decode()

    assert Verbatim.objects.get().text == SHOWN.replace("Zoé", "[pseudonyme]").replace("zoé", "[pseudonyme]")
    assert "masqués pour tout le monde" in page
    assert "Annuler ce changement" in page
    assert f"par {coder}" in page
    assert "Montrer<" not in page  # it reveals words: not with this right alone


def test_or_only_where_they_were_chosen(client, verbatim, coder):
    # A browser counts « \r\n » as one character.
    hide(client, verbatim, partout="", debut=str(SHOWN.replace("\r\n", "\n").index("zoé")))

    assert Verbatim.objects.get().text == SHOWN.replace("zoé", "[pseudonyme]")


@pytest.mark.parametrize(
    "given", [{"mots": "Zo"}, {"mots": "  "}, {"mots": "Rennes"}, {"nature": ""}, {"version": "x"}]
)
def test_what_cannot_be_is_said_and_changes_nothing(client, verbatim, coder, given):
    page = hide(client, verbatim, **given)

    assert 'class="banner banner-bad"' in page.content.decode()
    assert Verbatim.objects.get().text == SHOWN


def test_the_message_offers_the_way_back(client, verbatim, coder):
    hide(client, verbatim)

    client.post(f"/verbatims/{verbatim.uid}/masquage/annuler/", {"version": "2"})

    assert Verbatim.objects.get().text == SHOWN
    assert not MaskingDecision.objects.exists()


def test_the_original_page_shows_what_is_masked_and_lets_it_be_shown(client, verbatim, reader):
    page = client.post(f"/verbatims/{verbatim.uid}/original/", {"reason": "Vérifier un masquage"}).content.decode()

    client.post(f"/verbatims/{verbatim.uid}/montrer/", {"version": "1", "element": "0"})

    assert "<mark>Rennes</mark>" in page
    assert "« Rennes »" in page
    assert Verbatim.objects.get().text == RAW


def test_raw_words_are_hidden_from_the_original_page_alone(client, verbatim, reader):
    hide(client, verbatim, mots="souriait", brut="1", nature="other")

    assert Verbatim.objects.get().text == SHOWN.replace("souriait", "[donnée personnelle]")


@pytest.mark.parametrize("address", ["masquer", "montrer", "masquage/annuler"])
def test_others_find_nothing_there(client, verbatim, address):
    client.force_login(make_user(Role.QUALITY_OFFICER, make_service("Ailleurs"), grants=(Permission.READ_RAW,)))

    assert client.post(f"/verbatims/{verbatim.uid}/{address}/", {"version": "1"}).status_code == 404


def test_an_agent_reads_and_hides_nothing(client, verbatim, service):
    client.force_login(make_user(Role.AGENT, service))

    page = client.get(f"/verbatims/{verbatim.uid}/").content.decode()

    assert "Masquer des mots" not in page
    assert hide(client, verbatim).status_code == 403


def test_raw_words_cannot_be_guessed_without_the_right_to_read_them(client, verbatim, coder):
    assert hide(client, verbatim, mots="Rennes", brut="1").status_code == 403
    assert Verbatim.objects.get().text == SHOWN


@pytest.mark.parametrize("given", [{"debut": "999999999", "partout": ""}, {"mots": "zoé " * 600}])
def test_a_place_or_words_out_of_all_measure_are_refused_at_once(client, verbatim, coder, given):
    began = time.monotonic()

    page = hide(client, verbatim, **given).content.decode()

    assert "Ces mots ne sont pas dans le texte" in page
    assert time.monotonic() - began < 10
    assert not MaskingDecision.objects.exists()
