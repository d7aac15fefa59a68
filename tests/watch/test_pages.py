"""Who sees which alerts, and what may be done with them."""

import pytest
from django.urls import reverse

from ecoute.core.models import AuditEntry
from ecoute.directory.facade import Permission, scope_of
from ecoute.verbatims.facade import corpus_of
from ecoute.verbatims.models import Verbatim
from ecoute.watch.actions.looking import look
from ecoute.watch.models import Alert
from ecoute.watch.queries.curve import curve
from tests.factories.people import make_user
from tests.factories.verbatims import touch
from tests.watch.test_looking import Silent

pytestmark = [pytest.mark.integration, pytest.mark.django_db]


@pytest.fixture
def alerted(world):
    look(Silent())
    return world


def _open(client, user, name, *args, **query):
    client.force_login(user)
    return client.get(reverse(f"watch:{name}", args=args), query)


def test_the_officer_sees_those_of_everything_first_in_words(client, alerted):
    page = _open(client, alerted.officer(), "alerts").content.decode()

    assert "« Attente » irrite plus que d’ordinaire : 67\u00a0% contre 17\u00a0%" in page
    assert "Tous les services" in page


def test_a_head_sees_those_of_the_own_services_alone(client, alerted):
    head = alerted.head()
    page = _open(client, head, "alerts").content.decode()

    assert "Impôts" in page
    assert "Tous les services" not in page
    assert _open(client, head, "alert", Alert.objects.get(service=None).pk).status_code == 404


@pytest.mark.parametrize("name", ["alerts", "curve", "subscription"])
def test_strangers_sign_in_and_those_without_rights_find_nothing(client, alerted, name):
    assert client.get(reverse(f"watch:{name}")).status_code == 302
    assert _open(client, make_user(None), name).status_code == 404


def test_an_alert_shows_its_base_its_curve_and_the_words(client, alerted):
    alert = Alert.objects.get(service=alerted.taxes)
    page = _open(client, alerted.head(), "alert", alert.pk).content.decode()

    assert "24 verbatims sur 36" in page
    assert "42 verbatims sur 252" in page
    assert "Lire les 24 verbatims concernés" in page
    assert "sortie 1 fois de l’ordinaire" in page
    assert "séries ont été regardées" in page


def test_taking_dismissing_and_putting_back(client, alerted):
    alert, head = Alert.objects.get(service=alerted.taxes), alerted.head()
    client.force_login(head)
    address = reverse("watch:decide", args=[alert.pk])

    client.post(address, {"state": "dismissed"})
    alert.refresh_from_db()
    assert alert.state == "new"

    client.post(address, {"state": "dismissed", "reason": "Travaux annoncés."})
    alert.refresh_from_db()
    assert (alert.state, alert.reason, alert.decided_by) == ("dismissed", "Travaux annoncés.", head)
    assert "Travaux annoncés." not in client.get(reverse("watch:alerts")).content.decode()

    client.post(address, {"state": "new"})
    alert.refresh_from_db()
    assert (alert.state, alert.reason, alert.decided_by) == ("new", "", None)
    assert AuditEntry.objects.filter(verb__startswith="watch.").count() == 2


@pytest.mark.parametrize("role", ["auditor", "correspondent"])
def test_readers_who_do_not_code_decide_nothing(client, alerted, role):
    alert = Alert.objects.get(service=alerted.taxes)
    client.force_login(make_user(role, alerted.taxes))

    answer = client.post(reverse("watch:decide", args=[alert.pk]), {"state": "taken"})

    assert answer.status_code == 403
    assert client.post(reverse("watch:look")).status_code == 403


def test_a_head_cannot_decide_on_the_alert_of_everything(client, alerted):
    client.force_login(alerted.head())

    answer = client.post(reverse("watch:decide", args=[Alert.objects.get(service=None).pk]), {"state": "taken"})

    assert answer.status_code == 404


def test_any_theme_has_a_curve(client, alerted):
    page = _open(client, alerted.officer(), "curve", theme="attente", service=str(alerted.taxes.pk)).content.decode()
    none = _open(client, alerted.officer(), "curve", theme="attente", service=str(alerted.customs.pk))

    assert "Variation ordinaire" in page
    assert "Pas de courbe possible" in none.content.decode()
    assert _open(client, alerted.head(), "curve", theme="attente", service=str(alerted.state.pk)).status_code == 400


def test_small_counts_of_a_narrow_scope_are_hidden_as_those_of_a_service_are(alerted):
    march = Verbatim.objects.filter(said_on__month=3, segments__nature="irritant").order_by("pk")
    for verbatim in list(march)[2:]:
        verbatim.segments.update(nature="fact")
        touch(verbatim)

    def row_of_march(user):
        found = curve(corpus_of(scope_of(user, Permission.READ)), "attente", "Attente", None)
        return [str(cell) for cell in found.chart.table.rows[2]]

    assert "2" in row_of_march(alerted.officer())
    assert "2" not in row_of_march(alerted.head())


def test_the_list_takes_the_same_queries_for_one_and_for_three(client, alerted, django_assert_max_num_queries):
    client.force_login(alerted.officer())
    with django_assert_max_num_queries(14):
        client.get(reverse("watch:alerts"))
