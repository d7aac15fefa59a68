"""The pages: who may open what, what they say, how many questions they put to the database."""

from __future__ import annotations

import csv
import io

import numpy as np
import pytest

from ecoute.discovery.actions.mapping import draw_map
from ecoute.discovery.models import CorpusMap, ExpectationGroup
from tests.factories.people import make_user
from tests.factories.verbatims import make_verbatim

pytestmark = [pytest.mark.integration, pytest.mark.django_db]


@pytest.fixture
def grouped(base):
    base.group()
    return base


@pytest.fixture
def mapped(base):
    rng = np.random.default_rng(1)
    for number in range(20):
        vector = rng.normal(size=512)
        make_verbatim(f"Rendez-vous {number}", services=[base.town], vector=vector / np.linalg.norm(vector),
                      phrases=["rendez-vous", f"mot {number}"])  # fmt: skip
    draw_map()
    return base


@pytest.mark.parametrize("address", ["/attentes/", "/carte/", "/carte/points/", "/attentes/export/?format=csv"])
def test_strangers_sign_in_first_and_people_without_rights_are_refused(client, base, address):
    assert client.get(address).status_code == 302

    client.force_login(make_user(role=None))
    assert client.get(address).status_code == 403


def test_the_list_quotes_and_leads_to_the_verbatims(grouped, signed_in):
    page = signed_in(grouped.officer()).get("/attentes/").content.decode()

    assert "samedi" in page
    assert f"/verbatims/{grouped.saturday[0].uid}/" in page
    assert "Échantillon équilibré." in page


def test_only_what_is_said_or_only_what_is_implied(base, signed_in):
    base.say(base.town, "Il faudrait ouvrir le samedi matin.", "expectation", 7)
    for number in (7, 8):
        base.say(base.prefecture, "Impossible de joindre la préfecture par téléphone.", "irritant", number)
    base.group()
    client = signed_in(base.officer())

    said = client.get("/attentes/?dites=formulees").content.decode().split("<main")[1]
    implied = client.get("/attentes/?dites=deduites").content.decode().split("<main")[1]

    assert ("samedi" in said, "téléphone" in said) == (True, False)
    assert ("samedi" in implied, "téléphone" in implied) == (False, True)


def test_how_it_is_said_is_a_criterion_under_which_no_small_group_is_shown(grouped, signed_in):
    client = signed_in(grouped.officer())
    assert "samedi" in client.get("/attentes/").content.decode().split("<main")[1]  # four verbatims

    for kind in ("formulees", "deduites"):
        shown = client.get(f"/attentes/?dites={kind}").content.decode().split("<main")[1]
        assert "samedi" not in shown
        assert "téléphone" not in shown
        assert "Un groupe paraît à partir de 5 verbatims quand on filtre." in shown


def test_a_group_out_of_sight_does_not_exist(grouped, signed_in):
    group = ExpectationGroup.objects.get(passages__verbatim=grouped.saturday[0])

    assert signed_in(grouped.agent(grouped.town)).get(f"/attentes/{group.pk}/").status_code == 200
    assert signed_in(grouped.agent(grouped.prefecture)).get(f"/attentes/{group.pk}/").status_code == 404


def test_a_person_names_sets_aside_and_brings_back(grouped, signed_in):
    group = ExpectationGroup.objects.get(passages__verbatim=grouped.saturday[0])
    client, address = signed_in(grouped.officer()), f"/attentes/{group.pk}/decider/"

    client.post(address, {"do": "rename", "name": "Ouvrir le samedi"})
    assert "Ouvrir le samedi" in client.get("/attentes/").content.decode()
    client.post(address, {"do": "aside"})
    assert "Ouvrir le samedi" not in client.get("/attentes/").content.decode()
    assert "Ouvrir le samedi" in client.get("/attentes/?ecartees=oui").content.decode()
    client.post(address, {"do": "back"})
    assert "Ouvrir le samedi" in client.get("/attentes/").content.decode()


def test_a_name_too_long_is_refused_in_words(grouped, signed_in):
    group = ExpectationGroup.objects.earliest("pk")
    client = signed_in(grouped.officer())

    answer = client.post(f"/attentes/{group.pk}/decider/", {"do": "rename", "name": "x" * 121}, follow=True)

    assert "120 signes" in answer.content.decode()
    assert ExpectationGroup.objects.get(pk=group.pk).given_name == ""


def test_an_agent_may_not_decide(grouped, signed_in):
    group = ExpectationGroup.objects.earliest("pk")

    answer = signed_in(grouped.agent(grouped.town)).post(f"/attentes/{group.pk}/decider/", {"do": "aside"})

    assert answer.status_code == 403


def test_the_export_has_a_row_a_group(grouped, signed_in):
    answer = signed_in(grouped.officer()).get("/attentes/export/?format=csv")

    text = b"".join(answer.streaming_content).decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text), delimiter=";"))
    assert [(row["verbatims"], row["base"]) for row in rows] == [("4", "7"), ("3", "7")]


def test_the_list_asks_the_same_number_of_questions_whatever_the_number_of_groups(
    grouped, signed_in, django_assert_max_num_queries
):
    client = signed_in(grouped.officer())
    client.get("/attentes/")
    with django_assert_max_num_queries(40) as few:
        client.get("/attentes/")
    for number, text in enumerate(
        ["Il faudrait une rampe pour les fauteuils."] * 3 + ["Merci de réparer le chauffage."] * 3
    ):
        grouped.say(grouped.town, text, "expectation", 10 + number)
    grouped.group()
    client.get("/attentes/")
    with django_assert_max_num_queries(40) as many:
        client.get("/attentes/")

    assert len(many) == len(few)


def test_the_map_has_a_point_a_verbatim_that_may_be_read(mapped, signed_in):
    points = signed_in(mapped.agent(mapped.town)).get("/carte/points/").json()["points"]

    assert len(points) == 4 * 24
    assert all(0 <= value <= 999 for value in points[0::4] + points[1::4])
    assert set(points[3::4]).isdisjoint({verbatim.pk for verbatim in mapped.phone})


def test_the_regions_of_the_map_are_named_and_lead_to_their_verbatims(mapped, signed_in):
    client = signed_in(mapped.officer())

    page = client.get("/carte/").content.decode()
    assert "rendez-vous" in page
    assert client.get("/carte/regions/0/").status_code == 200
    assert client.get("/carte/regions/99/").status_code == 404


def test_a_point_opens_its_verbatim_unless_it_is_out_of_sight(mapped, signed_in):
    verbatim = mapped.phone[0]

    assert signed_in(mapped.officer()).get(f"/carte/points/{verbatim.pk}/").url == f"/verbatims/{verbatim.uid}/"
    assert signed_in(mapped.agent(mapped.town)).get(f"/carte/points/{verbatim.pk}/").status_code == 404


def test_before_any_map_the_page_says_when_there_will_be_one(base, signed_in):
    assert not CorpusMap.objects.exists()
    assert "pas encore dessinée" in signed_in(base.officer()).get("/carte/").content.decode()


def test_drawing_again_gives_the_same_map(mapped):
    before = bytes(CorpusMap.objects.get().points)

    draw_map()

    assert bytes(CorpusMap.objects.get().points) == before
