"""Keeping filters under a name, sharing them, losing and finding them again."""

import pytest
from django.urls import reverse

from ecoute.verbatims.models import SavedView
from tests.factories.people import make_service as make_directory_service
from tests.factories.people import make_user

pytestmark = [pytest.mark.integration, pytest.mark.django_db]


def save(client, name, query="nature=irritant", **more):
    return client.post(reverse("verbatims:view_save"), {"name": name, "query": query, **more}, follow=True)


def views():
    return list(SavedView.objects.order_by("name").values_list("name", "query", "shared"))


def test_filters_are_kept_in_their_canonical_form(officer):
    response = save(officer, "  Les   irritants ", "tri=anciens&page=3&nature=irritant&foo=1")

    assert views() == [("Les irritants", "nature=irritant&tri=anciens", False)]
    assert response.request["QUERY_STRING"] == "nature=irritant&tri=anciens"
    assert "La vue « Les irritants » est enregistrée." in response.content.decode()


def test_a_name_is_used_once_and_nothing_is_lost(officer):
    save(officer, "Vue")
    response = save(officer, "Vue", "nature=praise")

    assert views() == [("Vue", "nature=irritant", False)]
    assert response.request["QUERY_STRING"] == "nature=praise"
    assert "Vous avez déjà une vue de ce nom." in response.content.decode()


def test_a_view_needs_a_name(officer):
    assert "Donnez un nom à la vue" in save(officer, " ").content.decode()
    assert views() == []


def test_filters_too_long_are_refused_kindly(officer):
    query = "&".join(f"source={'s' * 70}{number}" for number in range(99))

    assert "trop nombreux" in save(officer, "Vue", query).content.decode()


def test_renaming_and_sharing(officer):
    save(officer, "Vue")
    pk = SavedView.objects.get().pk

    officer.post(reverse("verbatims:view_change", args=[pk]), {f"{pk}-name": "Autre", f"{pk}-shared": "on"})

    assert views() == [("Autre", "nature=irritant", True)]


def test_a_deleted_view_can_come_back(officer):
    save(officer, "Vue", shared="on")
    page = officer.post(reverse("verbatims:view_delete", args=[SavedView.objects.get().pk]), follow=True)
    assert views() == []
    assert "La vue « Vue » est supprimée." in page.content.decode()

    officer.post(reverse("verbatims:view_restore"))

    assert views() == [("Vue", "nature=irritant", True)]
    assert officer.post(reverse("verbatims:view_restore")).status_code == 404


def test_the_view_of_somebody_else_cannot_be_touched(officer, sign_in):
    save(officer, "Vue", shared="on")
    pk = SavedView.objects.get().pk
    other = sign_in(make_user("auditor"))

    assert other.post(reverse("verbatims:view_delete", args=[pk])).status_code == 404
    assert other.post(reverse("verbatims:view_change", args=[pk]), {f"{pk}-name": "X"}).status_code == 404
    assert views() == [("Vue", "nature=irritant", True)]


def others_seen_by(sign_in, *place):
    page = sign_in(make_user("agent", *place)).get(reverse("verbatims:views"))
    return [line.name for line in page.context["others"]]


def test_shared_views_reach_the_readers_of_the_same_services_alone(officer, world, sign_in):
    save(officer, "De tous", shared="on")
    save(officer, "À moi")
    save(officer, "Des impôts", f"service={world.taxes.pk}", shared="on")

    assert others_seen_by(sign_in, world.customs) == []
    assert others_seen_by(sign_in, world.taxes) == ["Des impôts"]
    assert others_seen_by(sign_in) == ["De tous", "Des impôts"]


def test_the_words_sought_in_a_branch_stay_in_it(world, sign_in):
    desk = make_directory_service("Guichet", world.taxes)
    client = sign_in(make_user("quality_officer", world.taxes))
    save(client, "Mots", "q=fraude", shared="on")
    save(client, "D'ailleurs", f"q=fraude&service={world.customs.pk}", shared="on")
    save(client, "Du guichet", f"q=fraude&service={desk.pk}", shared="on")

    assert others_seen_by(sign_in, world.customs) == []
    assert others_seen_by(sign_in, desk) == ["Du guichet"]
    assert others_seen_by(sign_in, world.taxes) == ["D'ailleurs", "Du guichet", "Mots"]


def test_the_shared_views_of_a_closed_account_reach_the_readers_of_everything_alone(world, sign_in):
    user = make_user("quality_officer", world.taxes)
    save(sign_in(user), "Mots", "q=fraude", shared="on")
    user.is_active = False
    user.save()

    assert others_seen_by(sign_in, world.taxes) == []
    assert others_seen_by(sign_in) == ["Mots"]


def test_the_list_costs_the_same_for_one_view_and_three(officer, django_assert_num_queries):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    counts = []
    for names in (["A"], ["B", "C"]):
        for name in names:
            save(officer, name)
        officer.get(reverse("verbatims:views"))
        with CaptureQueriesContext(connection) as found:
            officer.get(reverse("verbatims:views"))
        counts.append(len(found))

    assert counts[0] == counts[1]
