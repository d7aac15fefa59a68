"""The home page of each role."""

import datetime as dt

import pytest
from django.conf import settings

from ecoute.core.manifest import MANIFESTS, HomeCard, Manifest
from ecoute.directory.enums import Permission, Role
from ecoute.directory.facade import scope_of
from ecoute.portal.queries.received import received_by
from tests.factories.people import make_service, make_user
from tests.factories.verbatims import Idea, make_verbatim

pytestmark = [pytest.mark.integration, pytest.mark.django_db]
TODAY = dt.date(2026, 5, 19)


def sign_in(client, user):
    client.force_login(user, backend=settings.AUTHENTICATION_BACKENDS[0])
    return user


def receive(count, day, service=None, **idea):
    for _ in range(count):
        make_verbatim(
            "J'ai attendu deux heures au guichet.", services=[service] if service else (), said_on=day,
            ideas=[Idea(themes=["attente"], **idea)],
        )  # fmt: skip


def test_somebody_who_may_import_is_taught_to(client):
    sign_in(client, make_user(Role.QUALITY_OFFICER))

    page = client.get("/").content.decode()

    assert "Importez vos premiers verbatims" in page
    assert 'href="/imports/nouveau/"' in page


def test_an_agent_without_words_yet_is_told_what_comes_here(client):
    sign_in(client, make_user(Role.AGENT, make_service("Accueil")))

    page = client.get("/").content.decode()

    assert "Aucun verbatim pour l’instant" in page
    assert "/imports/nouveau/" not in page


def test_an_account_without_role_is_told_whom_to_ask(client):
    sign_in(client, make_user(None))

    assert "Aucun service ne vous est encore ouvert" in client.get("/").content.decode()


def test_old_words_are_shown_and_said_to_be_old():
    receive(120, dt.date(2023, 5, 10))

    received = received_by(make_user(Role.AUDITOR), TODAY)

    assert (received.count, received.days, received.old) == (120, 30, True)
    assert (received.since, received.until) == (dt.date(2023, 4, 11), dt.date(2023, 5, 10))


def test_the_window_widens_when_thirty_days_tell_too_little():
    receive(60, dt.date(2023, 5, 10))
    receive(60, dt.date(2023, 3, 10))

    received = received_by(make_user(Role.AUDITOR), TODAY)

    assert (received.count, received.days) == (120, 91)


def test_when_no_recent_window_tells_enough_everything_known_is_shown():
    receive(20, dt.date(2023, 5, 10))
    receive(90, dt.date(2021, 1, 5))

    received = received_by(make_user(Role.AUDITOR), TODAY)

    assert (received.count, received.days, received.change) == (110, 0, "")
    assert (received.since, received.until) == (dt.date(2021, 1, 5), dt.date(2023, 5, 10))


def test_the_change_counts_the_window_just_before():
    receive(120, dt.date(2023, 5, 10))
    receive(20, dt.date(2023, 4, 1))

    assert received_by(make_user(Role.AUDITOR), TODAY).change == "100 de plus que sur les 30 jours d’avant"


def test_shares_are_of_verbatims_with_their_interval():
    receive(30, dt.date(2023, 5, 10), nature="irritant")
    receive(10, dt.date(2023, 5, 10), nature="praise", polarity="positive")

    received = received_by(make_user(Role.AUDITOR), TODAY)

    assert (received.irritated.count, received.irritated.base) == (30, 40)
    assert received.irritated.low < 0.75 < received.irritated.high


def test_few_answers_are_counted_but_give_no_share(client):
    receive(5, dt.date(2023, 5, 10))
    sign_in(client, make_user(Role.AUDITOR))

    page = client.get("/").content.decode()

    assert page.count("effectif trop faible pour être publié") == 2


def test_words_of_other_services_stay_unseen():
    mine, other = make_service("Accueil"), make_service("Douanes")
    receive(12, dt.date(2023, 5, 10), mine)
    receive(30, dt.date(2023, 5, 12), other)

    received = received_by(make_user(Role.AGENT, mine), TODAY)

    assert (received.total, received.count, received.until) == (12, 12, dt.date(2023, 5, 10))


def test_cards_of_the_rooms_stand_in_their_order(client):
    def cards(request):
        yield HomeCard(title="Seconde", order=2)
        yield HomeCard(title="Première", order=1, figure="3", href="/imports/")

    MANIFESTS.register("essai", Manifest(slug="essai", name="Essai", home_cards=(cards,)))
    try:
        sign_in(client, make_user(Role.AGENT))
        page = client.get("/").content.decode()
    finally:
        MANIFESTS.remove("essai")

    assert 0 < page.index("Première") < page.index("Seconde")


def test_the_number_of_queries_does_not_grow_with_the_words(client, django_assert_num_queries):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    sign_in(client, make_user(Role.AUDITOR))
    counts = []
    for more in (20, 40):
        receive(more, dt.date(2023, 5, 10))
        client.get("/")  # the columns are read once
        with CaptureQueriesContext(
            connection,
        ) as queries:
            client.get("/")
        counts.append(len(queries))

    assert counts[0] == counts[1]


def test_the_rail_shows_what_one_may_use_and_marks_where_one_is(client):
    user = sign_in(client, make_user(Role.AGENT, make_service("Accueil")))

    page = client.get("/verbatims/").content.decode()

    assert not scope_of(user, Permission.READ).is_empty
    assert '<a href="/verbatims/" aria-current="page">' in page
    assert "/comptes/" not in page
    assert 'href="/imports/"' not in page
