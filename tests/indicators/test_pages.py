"""The pages: who may open them, what they say, how many queries they cost, and what they never tell."""

import re
from html import unescape

import pytest
from django.urls import reverse

from ecoute.directory.facade import Role
from tests.factories.people import make_user
from tests.factories.verbatims import Idea, make_service, make_theme

pytestmark = pytest.mark.integration

ADDRESSES = ["/indicateurs/", "/themes/", "/themes/attente/", "/comparaison/", "/rapports/", "/rapports/voir/"]


def text_of(answer):
    return unescape(answer.content.decode())


def statuses(client, addresses=ADDRESSES, **query):
    return {client.get(address, query).status_code for address in addresses}


def test_a_visitor_is_asked_to_sign_in(client, db):
    for address in ADDRESSES:
        answer = client.get(address)
        assert (answer.status_code, address in unescape(answer.headers["Location"])) == (302, True)


def test_every_role_reads_every_page(signed_in, base):
    assert {role: statuses(signed_in(make_user(role))) for role in Role.values} == {key: {200} for key in Role.values}


def test_an_account_without_rights_finds_nothing(signed_in, base):
    assert statuses(signed_in(make_user(None))) == {404}


def test_a_service_out_of_sight_is_not_found(signed_in, base):
    client, pages = signed_in(base.agent(base.taxes)), [a for a in ADDRESSES if a != "/rapports/"]

    assert statuses(client, pages, service=base.taxes.pk) == {200}
    assert statuses(client, pages, service=base.customs.pk) == {404}


def test_an_agent_sees_the_own_service_alone(signed_in, base):
    page = text_of(signed_in(base.agent(base.customs)).get("/indicateurs/"))

    assert "n = 10" in page
    assert "Impôts" not in page


def test_the_dashboard_says_base_period_volunteers_and_warning(signed_in, base):
    page = text_of(signed_in(base.officer()).get("/indicateurs/"))

    assert "n\u00a0=\u00a040, du 10 janvier 2022 au 10 décembre 2023, réponses volontaires, non représentatives" in page
    assert "Échantillon équilibré." in page
    assert "DITP, Licence Ouverte 2.0" in page


def test_figures_lead_to_the_words_behind_them(signed_in, base):
    page = text_of(signed_in(base.officer()).get("/indicateurs/", {"canal": "phone"}))

    assert f"{reverse('verbatims:explorer')}?theme=attente&nature=irritant&canal=phone" in page


def test_no_page_tells_a_hidden_count(signed_in, base):
    """Three of the eleven verbatims of customs wait: neither the count nor its share may be read anywhere."""
    base.say_idea(base.customs, Idea(("accueil",)))
    client = signed_in(base.officer())

    for address in ADDRESSES[:4]:
        page = text_of(client.get(address, {"irritant": "attente"}))
        told = [words for words in _near(page, "Douanes") if re.search(r"\b27\s?%|\b9\s?%|\b3 verbatims", words)]
        assert told == [], address
        assert f"service={base.customs.pk}&theme=" not in page


def test_the_report_tells_no_hidden_count_in_any_form(signed_in, base):
    client = signed_in(base.officer())

    page = text_of(client.get("/rapports/voir/", {"audience": "publication"}))
    for told in _near(page, "Douanes"):
        assert not re.search(r"\b30\s?%|\b3 verbatims", told), told
    assert not re.search(r"Accueil des personnes", page)  # six verbatims: under eleven, not published


def _near(page, word):
    plain = re.sub(r"<option.*?</option>", "", page, flags=re.S)
    return [plain[m.start() : m.start() + 60] for m in re.finditer(word, plain)]


def test_a_group_made_by_two_filters_under_five_shows_no_figure(signed_in, base):
    query = {"service": base.customs.pk, "theme": "attente"}
    page = text_of(signed_in(base.officer()).get("/indicateurs/", query))

    assert "Trop peu de verbatims pour montrer des chiffres" in page
    assert "n = 3" not in page


def test_filters_that_keep_nothing_say_what_to_do(signed_in, base):
    page = text_of(signed_in(base.officer()).get("/indicateurs/", {"du": "2030-01-01", "au": "2030-12-31"}))

    assert "Aucun verbatim pour ces filtres" in page


def test_an_empty_installation_says_what_to_do_next(signed_in, db):
    make_service("Impôts")
    client = signed_in(make_user("quality_officer"))

    assert "Importez un fichier de verbatims" in text_of(client.get("/indicateurs/"))
    assert [client.get(a).status_code for a in ("/themes/", "/comparaison/", "/rapports/voir/")] == [200, 200, 200]


def test_an_unknown_theme_is_not_found(signed_in, base):
    assert signed_in(base.officer()).get("/themes/inconnu/").status_code == 404


def test_a_theme_nobody_spoke_of_has_its_page(signed_in, base):
    make_theme("horaires", label_fr="Horaires")

    assert "Aucun verbatim sur ce thème" in text_of(signed_in(base.officer()).get("/themes/horaires/"))


def test_a_report_upside_down_in_time_says_so_and_keeps_what_was_typed(signed_in, base):
    answer = signed_in(base.officer()).get("/rapports/voir/", {"since": "2023-05-01", "until": "2023-01-01"})

    assert answer.status_code == 400
    assert "La fin de la période précède son début." in text_of(answer)
    assert 'value="2023-05-01"' in text_of(answer)


QUERIES = {"/indicateurs/": 12, "/themes/": 12, "/themes/attente/": 19, "/comparaison/": 12}


@pytest.mark.parametrize("services", [1, 3])
def test_pages_cost_the_same_queries_whatever_the_number_of_services(
    signed_in, base, django_assert_num_queries, services
):
    for number in range(services):
        other = make_service(f"Service {number}", base.state)
        for at in range(6):
            base.say(other, at, wait=at < 5, praise=False, happy=True)
    client = signed_in(base.officer())

    for address, queries in QUERIES.items():
        client.get(address)
        with django_assert_num_queries(queries, info=address):
            client.get(address)


def test_pages_speak_english_too(signed_in, base):
    client = signed_in(make_user("quality_officer", language="en"))

    page = text_of(client.get("/themes/attente/"))
    assert '<html lang="en"' in page
    assert "Waiting" in page


def test_the_natures_of_a_theme_under_five_are_not_told(signed_in, base):
    for _number in range(3):
        base.say_idea(base.taxes, Idea(("attente",), "praise", "positive"))

    context = signed_in(base.officer()).get("/themes/attente/").context

    natures = context["page"].natures
    assert (natures["irritant"].count, natures["irritant"].base) == (15, 18)
    assert (natures["praise"].share, natures["praise"].count, natures["praise"].base) == (None, 0, 18)
    assert natures["expectation"].share == 0
    praise = next(group for group in context["quotes"] if group.nature == "praise")
    assert (praise.note, praise.cards, praise.share) == ("masqué (effectif trop faible)", (), "")
