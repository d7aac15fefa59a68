"""The words as received: a named permission, a reason, a line in the journal."""

import pytest
from django.db import transaction

from ecoute.core.models import AuditEntry
from ecoute.directory.enums import Permission, Role
from ecoute.verbatims.actions.raw_content import seal
from ecoute.verbatims.models import RawText
from tests.factories.people import make_user
from tests.factories.verbatims import make_service, make_verbatim

pytestmark = [pytest.mark.integration, pytest.mark.django_db]

WORDS = "Mme Lefèvre, au 06 12 34 56 78, ne m'a jamais rappelé."


@pytest.fixture
def service():
    return make_service("Impôts")


@pytest.fixture
def verbatim(service):
    made = make_verbatim("[nom], au [téléphone], ne m'a jamais rappelé.", services=[service])
    RawText.objects.create(verbatim=made, sealed=seal(title="", text=WORDS))
    return made


def reader(service, *, granted: bool):
    return make_user(Role.QUALITY_OFFICER, service, grants=(Permission.READ_RAW,) if granted else ())


def test_reading_needs_a_reason_and_is_logged(client, verbatim, service):
    user = reader(service, granted=True)
    client.force_login(user)
    address = f"/verbatims/{verbatim.uid}/original/"

    asked, refused = client.get(address), client.post(address, {"reason": ""})
    shown = client.post(address, {"reason": "Vérifier un masquage"})

    assert "Lefèvre" not in asked.content.decode() + refused.content.decode()
    assert "Lefèvre" in shown.content.decode()
    assert "no-store" in shown.headers["Cache-Control"]
    entry = AuditEntry.objects.get(verb="verbatims.raw_read")
    assert (entry.actor, entry.target_id, entry.detail["reason"]) == (user, str(verbatim.pk), "Vérifier un masquage")


def test_a_role_alone_does_not_open_it(client, verbatim, service):
    client.force_login(reader(service, granted=False))

    answer = client.post(f"/verbatims/{verbatim.uid}/original/", {"reason": "Curiosité"})

    assert answer.status_code == 403
    assert not AuditEntry.objects.filter(verb="verbatims.raw_read").exists()


def test_a_grant_elsewhere_does_not_open_it(client, verbatim):
    client.force_login(reader(make_service("Ailleurs"), granted=True))

    assert client.get(f"/verbatims/{verbatim.uid}/original/").status_code == 404


def test_without_a_second_factor_the_permission_sleeps(client, verbatim, service):
    user = make_user(Role.QUALITY_OFFICER, service, grants=(Permission.READ_RAW,), second_factor=False)
    client.force_login(user)

    answer = client.post(f"/verbatims/{verbatim.uid}/original/", {"reason": "Vérifier un masquage"})

    assert b"Lef" not in answer.content
    assert not AuditEntry.objects.filter(verb="verbatims.raw_read").exists()


def test_purged_words_are_said_to_be_gone(client, verbatim, service):
    client.force_login(reader(service, granted=True))
    with transaction.atomic():
        RawText.objects.filter(verbatim=verbatim).delete()

    answer = client.post(f"/verbatims/{verbatim.uid}/original/", {"reason": "Vérifier un masquage"})

    assert answer.status_code == 200
    assert "supprimé" in answer.content.decode()
