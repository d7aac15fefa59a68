"""From the invitation to the account."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.core import mail
from django.urls import reverse
from django.utils import timezone

from ecoute.core.models import AuditEntry
from ecoute.directory.actions.invitations import find_invitation, invite, resend_invitation, revoke_invitation
from ecoute.directory.enums import Role
from ecoute.directory.errors import NotYours, Refused
from ecoute.directory.models import Invitation, Membership, User
from tests.factories.people import PASSWORD, make_user

pytestmark = [pytest.mark.integration, pytest.mark.django_db]


def _invite(house, *, by="administrator", email="nouvelle@exemple.fr", role=Role.AGENT, service=None):
    sent = invite(
        email=email,
        role=role,
        service_id=service.pk if service else None,
        address=lambda token: f"/invitation/{token}/",
        by=house.people[by],
    )
    return sent, sent.link.split("/")[2]


def test_the_whole_way_from_the_letter_to_the_first_page(client, house, settings):
    settings.EMAIL_HOST = "courrier.exemple.fr"
    client.force_login(house.people["administrator"])
    client.post(
        reverse("directory:invite"),
        {"email": " Nouvelle@Exemple.fr ", "role": Role.HEAD, "service": house.taxes.pk},
    )
    letter = mail.outbox[0]
    link = re.search(r"http://testserver(/invitation/\S+)", letter.body)[1]
    client.logout()

    page = client.get(link)
    answer = client.post(link, {"name": "Nour Veau", "password": "quatre mots bien choisis"})

    user = User.objects.get(email="nouvelle@exemple.fr")
    assert (letter.to, page.status_code) == (["nouvelle@exemple.fr"], 200)
    assert (answer.status_code, answer.url) == (302, "/")
    assert int(client.session["_auth_user_id"]) == user.pk
    assert list(user.memberships.values_list("role", "service")) == [(Role.HEAD, house.taxes.pk)]
    assert user.check_password("quatre mots bien choisis")
    verbs = set(AuditEntry.objects.values_list("verb", flat=True))
    assert {"directory.invited", "directory.invitation_accepted"} <= verbs


def test_the_link_is_shown_once_where_no_mail_goes_out(client, house, settings):
    settings.EMAIL_HOST = ""
    client.force_login(house.people["administrator"])
    data = {"email": "sans@exemple.fr", "role": Role.AGENT, "service": house.taxes.pk}

    first = client.post(reverse("directory:invite"), data, follow=True).content.decode()
    second = client.get(reverse("directory:invitations")).content.decode()

    token = re.search(r"/invitation/([\w-]+)/", first)[1]
    assert find_invitation(token).email == "sans@exemple.fr"
    assert "/invitation/" not in second


def test_only_the_hash_of_the_token_is_kept(house):
    sent, token = _invite(house)

    kept = Invitation.objects.values().get(pk=sent.invitation.pk)

    assert token not in str(kept)
    assert len(kept["token_hash"]) == 64


def test_a_link_serves_once(client, house):
    _sent, token = _invite(house)
    url = reverse("directory:accept_invitation", args=[token])
    client.post(url, {"name": "Nour", "password": "quatre mots bien choisis"})
    client.logout()

    again = client.get(url)
    post = client.post(url, {"name": "Voleur", "password": "quatre mots bien choisis"})

    assert (again.status_code, post.status_code) == (410, 410)
    assert User.objects.filter(email="nouvelle@exemple.fr").count() == 1


def test_a_link_dies_after_seven_days(client, house):
    sent, token = _invite(house)
    Invitation.objects.filter(pk=sent.invitation.pk).update(expires_at=timezone.now() - timedelta(seconds=1))

    assert client.get(reverse("directory:accept_invitation", args=[token])).status_code == 410
    assert sent.invitation.expires_at - timezone.now() > timedelta(days=6, hours=23)


def test_a_revoked_link_is_dead_and_a_new_one_replaces_the_former(house):
    sent, first = _invite(house)
    administrator = house.people["administrator"]

    again = resend_invitation(invitation=sent.invitation, address=lambda token: token, by=administrator)
    after_resending = (find_invitation(first), find_invitation(again.link))
    revoke_invitation(invitation=sent.invitation, by=administrator)

    assert after_resending == (None, sent.invitation)
    assert find_invitation(again.link) is None
    with pytest.raises(Refused):
        resend_invitation(invitation=sent.invitation, address=lambda token: token, by=administrator)


def test_inviting_twice_keeps_the_last_link_alone(house):
    _first, first = _invite(house, service=house.taxes)
    _second, second = _invite(house, service=house.taxes)

    assert (find_invitation(first) is None, find_invitation(second) is None) == (True, False)


def test_an_address_with_an_account_receives_the_role_at_once(client, house):
    client.force_login(house.people["administrator"])
    person = house.people["agent"]

    client.post(
        reverse("directory:invite"), {"email": person.email.upper(), "role": Role.HEAD, "service": house.customs.pk}
    )

    assert Membership.objects.filter(user=person, role=Role.HEAD, service=house.customs).exists()
    assert not Invitation.objects.exists()
    assert mail.outbox == []


def test_a_branch_administrator_invites_in_the_branch_alone(house):
    inside, _token = _invite(house, by="branch_administrator", service=house.counter)

    assert inside.invitation.service == house.counter
    for service in (None, house.ministry, house.customs):
        with pytest.raises(NotYours):
            _invite(house, by="branch_administrator", email="autre@exemple.fr", service=service)


@pytest.mark.parametrize(
    ("password", "expected"),
    [
        ("court", "Il manque 7 caractères : il en faut au moins 12."),
        ("aaaaaaaaaaaaaa", "Utilisez au moins 5 caractères différents."),
        ("motdepasse123", "est essayé en premier par les pirates"),
        ("nouvelle@exemple.fr", "trop semblable"),
        ("938472610593", "entièrement numérique"),
    ],
)
def test_a_weak_password_is_explained_and_nothing_is_lost(client, house, password, expected):
    _sent, token = _invite(house)

    answer = client.post(
        reverse("directory:accept_invitation", args=[token]), {"name": "Nour Veau", "password": password}
    )

    page = answer.content.decode()
    assert answer.status_code == 200
    assert expected in page
    assert 'value="Nour Veau"' in page
    assert find_invitation(token) is not None


def test_a_future_administrator_is_led_to_the_second_factor(client, house):
    _sent, token = _invite(house, role=Role.ADMINISTRATOR)

    answer = client.post(
        reverse("directory:accept_invitation", args=[token]), {"name": "Nour", "password": "quatre mots bien choisis"}
    )

    assert answer.url == reverse("directory:second_factor")
    assert client.get(reverse("mfa_activate_totp")).status_code == 200


def test_a_server_that_refuses_the_letter_leaves_a_link_to_pass_on(client, house, settings):
    settings.EMAIL_HOST = "127.0.0.1"
    settings.EMAIL_PORT = 9  # nobody listens there
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    client.force_login(house.people["administrator"])

    page = client.post(
        reverse("directory:invite"), {"email": "b@exemple.fr", "role": Role.AGENT, "service": "*"}, follow=True
    )

    assert re.search(r"/invitation/[\w-]+/", page.content.decode())
    assert Invitation.objects.filter(email="b@exemple.fr").exists()


def test_somebody_signed_in_can_still_follow_a_link_for_a_colleague(client, house):
    other = make_user(Role.AGENT, house.taxes)
    client.force_login(other)
    _sent, token = _invite(house)

    assert client.get(reverse("directory:accept_invitation", args=[token])).status_code == 200
    assert other.check_password(PASSWORD)
