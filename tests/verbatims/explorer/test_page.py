"""The explorer as its readers meet it, without a browser."""

import pytest
from django.urls import reverse

from ecoute.methods.text.likeness import USE
from ecoute.methods.text.ports import EngineUnavailableError
from ecoute.verbatims.columns.store import STORE
from ecoute.verbatims.search import meaning
from tests.factories.people import make_user
from tests.factories.verbatims import Idea, make_source, make_verbatim, touch

pytestmark = [pytest.mark.integration, pytest.mark.django_db]
URL = "/verbatims/"


def titles(response):
    return [card.title for card in response.context["explorer"].cards]


def test_everything_most_recent_first(officer, world):
    touch(world.praise, said_on="2024-01-01")

    assert titles(officer.get(URL)) == ["Bravo", "Colis", "Attente"]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("nature=irritant", ["Attente"]),
        ("theme=reactivite&polarite=positive", ["Bravo"]),
        ("theme=attente&theme=reactivite", ["Bravo", "Attente"]),
        ("canal=web&canal=phone", ["Colis", "Bravo"]),
        ("satisfaction=negative", ["Attente"]),
        ("mots=guichets", ["Attente"]),
        ("q=guichets&par=mots", ["Attente"]),
        ("du=2023-05-11", []),
        ("du=2023-05-11&au=2023-05-09", ["Colis", "Bravo", "Attente"]),
        ("tri=anciens", ["Attente", "Bravo", "Colis"]),
        ("theme=inconnu", []),
        ("nature=n'importe quoi", ["Colis", "Bravo", "Attente"]),
        ("service=99999999999999999999&page=x&tri=y&lieu=%00&comme=z", ["Colis", "Bravo", "Attente"]),
    ],
)
def test_filters_of_the_address(officer, query, found):
    assert titles(officer.get(f"{URL}?{query}")) == found


def test_what_is_not_understood_is_said(officer):
    response = officer.get(f"{URL}?nature=bruit&du=hier")

    assert "« bruit » n’est pas une valeur connue" in response.content.decode()
    assert "« hier » n’est pas une date" in response.content.decode()


def test_a_branch_sees_its_own_verbatims_and_services_alone(world, sign_in):
    client = sign_in(make_user("agent", world.customs))

    response = client.get(URL)

    assert titles(response) == ["Colis"]
    assert "Impôts" not in response.content.decode()


def test_naming_a_service_of_another_branch_finds_nothing(world, sign_in):
    client = sign_in(make_user("agent", world.customs))

    response = client.get(f"{URL}?service={world.taxes.pk}")

    assert titles(response) == []
    assert "Impôts" not in response.content.decode()


def test_the_count_beside_a_value_is_what_it_gives(officer):
    facets = {one.name: one for one in officer.get(f"{URL}?theme=attente").context["explorer"].facets}

    for item in facets["natures"].items:
        assert officer.get(f"{URL}{item.href}").context["explorer"].selection.size == item.count


def test_chips_take_their_filter_off(officer, world):
    page = officer.get(f"{URL}?nature=irritant&service={world.taxes.pk}&mots=guichet&du=2023-01-02")
    explorer = page.context["explorer"]

    assert [chip.text for chip in explorer.chips] == [
        "Mots : guichet",
        "Service : Impôts",
        "Nature : Irritant",
        "Depuis le lundi 2 janvier 2023",
    ]
    assert "nature" not in explorer.chips[2].href


def test_htmx_gets_the_part_and_the_canonical_address(officer):
    response = officer.get(f"{URL}?q=merci&par=mots&nature=praise&page=1", headers={"HX-Request": "true"})

    assert "<html" not in response.content.decode()
    assert response["HX-Push-Url"] == "/verbatims/?nature=praise&mots=merci"
    assert "HX-Request" in response["Vary"]


def test_going_back_in_history_gets_the_whole_page(officer):
    headers = {"HX-Request": "true", "HX-History-Restore-Request": "true"}

    assert "<html" in officer.get(URL, headers=headers).content.decode()


def test_pages_are_stable_and_complete(officer):
    for number in range(45):
        make_verbatim(f"Texte {number}", title=f"T{number}")

    pages = [titles(officer.get(f"{URL}?page={page}")) for page in (1, 2, 3)]

    assert [len(page) for page in pages] == [20, 20, 8]
    assert len({title for page in pages for title in page}) == 48


def test_a_hostile_text_is_shown_as_text(officer):
    make_verbatim("<script>alert(1)</script>", ideas=[Idea(["attente"], text="<script>")])

    page = officer.get(URL).content.decode()

    assert "<script>alert" not in page
    assert '<mark class="evidence" title="Attente">&lt;script&gt;</mark>' in page


def test_the_number_of_queries_does_not_grow(officer, django_assert_num_queries, world):
    def queries():
        from django.db import connection
        from django.test.utils import CaptureQueriesContext

        STORE.current()
        with CaptureQueriesContext(connection) as found:
            assert officer.get(f"{URL}?theme=attente").status_code == 200
        return len(found)

    officer.get(URL)
    touch(world.praise, withdrawn_at="2024-01-01T00:00Z")
    with_one = queries()
    for _ in range(2):
        make_verbatim(services=[world.taxes, world.customs], ideas=[Idea(["attente"]), Idea(["attente", "reactivite"])])

    assert queries() == with_one


def test_an_empty_base_teaches_the_next_step(db, sign_in):
    client = sign_in(make_user("quality_officer"))

    assert "Aucun verbatim pour l’instant" in client.get(URL).content.decode()


def test_no_result_offers_the_way_back(officer):
    page = officer.get(f"{URL}?mots=introuvable").content.decode()

    assert "Aucun verbatim ne répond à tous ces filtres" in page


@pytest.mark.parametrize("role", ["agent", "head", "quality_officer", "correspondent", "auditor", "administrator"])
@pytest.mark.parametrize(
    ("name", "may"),
    [
        ("verbatims:explorer", {"agent", "head", "quality_officer", "correspondent", "auditor", "administrator"}),
        ("verbatims:views", {"agent", "head", "quality_officer", "correspondent", "auditor", "administrator"}),
        ("verbatims:export", {"head", "quality_officer"}),
    ],
)
def test_who_may_open_what(world, sign_in, role, name, may):
    client = sign_in(make_user(role, world.taxes))

    assert client.get(reverse(name)).status_code == (200 if role in may else 403)


@pytest.mark.parametrize("name", ["verbatims:explorer", "verbatims:views", "verbatims:export"])
def test_visitors_are_asked_to_sign_in_and_strangers_are_refused(client, world, sign_in, name):
    assert client.get(reverse(name)).status_code == 302
    assert sign_in(make_user(None)).get(reverse(name)).status_code == 403


def test_the_page_of_a_verbatim(officer, world):
    page = officer.get(reverse("verbatims:verbatim", args=[world.complaint.uid])).content.decode()

    assert "attendu deux heures" in page
    assert "Attente" in page


def test_a_verbatim_of_another_branch_does_not_exist(world, sign_in):
    client = sign_in(make_user("agent", world.customs))

    assert client.get(reverse("verbatims:verbatim", args=[world.complaint.uid])).status_code == 404


def test_an_unmasked_verbatim_is_read_by_nobody(officer, world):
    touch(world.complaint, masking_version=0)

    assert officer.get(reverse("verbatims:verbatim", args=[world.complaint.uid])).status_code == 404
    assert "Attente" not in titles(officer.get(URL))


def test_in_english(world, sign_in):
    client = sign_in(make_user("quality_officer", language="en"))

    page = client.get(f"{URL}?theme=attente").content.decode()

    assert "Explore verbatims" in page
    assert "Theme: Waiting" in page


def test_an_address_does_not_tell_the_name_of_a_source_of_others(world, sign_in):
    source = make_source("boite", name="Boîte des douanes")
    make_verbatim(services=[world.customs], source=source)

    def said(place):
        page = sign_in(make_user("agent", place)).get(reverse("verbatims:explorer"), {"source": "boite"})
        return "Boîte des douanes" in page.content.decode()

    assert (said(world.taxes), said(world.customs)) == (False, True)


class Gone:
    """An encoder on another machine that does not answer, whose thresholds must be asked for too."""

    name, version, network = "gone", "1", True

    @property
    def dimensions(self):
        raise EngineUnavailableError("gone")

    likeness = dimensions

    def embed(self, texts):
        raise EngineUnavailableError("gone")


@pytest.mark.parametrize("likeness_known", [False, True])
def test_an_encoder_that_does_not_answer_leaves_the_words_and_says_so(officer, world, monkeypatch, likeness_known):
    engine = Gone()
    if likeness_known:
        monkeypatch.setattr(Gone, "likeness", USE)
    monkeypatch.setattr(meaning, "_made", {"embedder": engine})

    for query in ("sens=guichets", "q=guichets&par=sens", f"comme={world.praise.uid}"):
        response = officer.get(f"{URL}?{query}")
        assert response.status_code == 200
        assert "ne répond pas" in response.content.decode()

    assert titles(officer.get(f"{URL}?sens=guichets")) == ["Attente"]
    assert "ne répond pas" not in officer.get(f"{URL}?mots=guichets").content.decode()
