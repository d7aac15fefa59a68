"""Signing in, forgotten passwords, the second factor: every step really run."""

from __future__ import annotations

import re
import time

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.core import mail
from django.urls import reverse

from ecoute.core.models import AuditEntry
from ecoute.directory.actions.people import close_account
from ecoute.directory.enums import Permission, Role
from ecoute.directory.facade import can
from ecoute.directory.models import User
from tests.factories.people import PASSWORD, make_user

pytestmark = [pytest.mark.integration, pytest.mark.django_db]

LOGIN = "account_login"


def _code(secret: str, steps: int = 0) -> str:
    """What a telephone would show, from the secret (RFC 6238, 30 seconds)."""
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30 + steps))


def _sign_in(client, user, password=PASSWORD):
    return client.post(reverse(LOGIN), {"login": user.email, "password": password})


def _set_up(client, user):
    """Signs in, confirms, and installs a code generator; gives its secret and the page of recovery codes."""
    _sign_in(client, user)
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    secret = client.get(reverse("mfa_activate_totp")).context["form"].secret
    return secret, client.post(reverse("mfa_activate_totp"), {"code": _code(secret)}, follow=True)


def _is_signed_in(client) -> bool:
    return client.get(reverse("directory:profile")).status_code == 200


def test_address_and_password_open_the_door(client, house):
    person = make_user(Role.AGENT, house.taxes, second_factor=False)

    answer = client.post(reverse(LOGIN), {"login": person.email.upper(), "password": PASSWORD})

    assert (answer.status_code, answer.url, _is_signed_in(client)) == (302, "/", True)


def test_the_page_asked_for_comes_after_signing_in(client, house):
    person = make_user(Role.ADMINISTRATOR, second_factor=False)
    asked = client.get(reverse("directory:profile"))

    page = client.get(asked.url).content.decode()
    answer = client.post(asked.url, {"login": person.email, "password": PASSWORD, "next": "/profil/"})
    outside = client.post(reverse(LOGIN), {"login": person.email, "password": PASSWORD, "next": "https://mal.example/"})

    assert 'name="next"' in page
    assert answer.url == "/profil/"
    assert "mal.example" not in outside.url


@pytest.mark.parametrize("known", [True, False])
def test_a_wrong_password_and_an_unknown_address_read_the_same(client, house, known):
    person = make_user(Role.AGENT, house.taxes)
    address = person.email if known else "inconnue@exemple.fr"

    page = client.post(reverse(LOGIN), {"login": address, "password": "pas le bon du tout"}).content.decode()

    assert "L’adresse ou le mot de passe n’est pas le bon." in page
    assert not _is_signed_in(client)


def test_attempts_are_throttled_even_with_the_right_password(client, house):
    person = make_user(Role.AGENT, house.taxes, second_factor=False)
    for _attempt in range(5):
        _sign_in(client, person, "pas le bon du tout")

    page = _sign_in(client, person).content.decode()

    assert "Trop d’essais." in page
    assert not _is_signed_in(client)


def test_nobody_signs_up(client, db):
    page = client.get(reverse("account_signup"))
    client.post(
        reverse("account_signup"),
        {"email": "x@exemple.fr", "password1": "quatre mots bien choisis", "password2": "quatre mots bien choisis"},
    )

    assert "Les comptes s’ouvrent sur invitation" in page.content.decode()
    assert not User.objects.exists()


def test_a_closed_account_is_out_at_once(client, house):
    person = make_user(Role.AGENT, house.taxes, second_factor=False)
    _sign_in(client, person)

    close_account(user=person, by=house.people["administrator"])
    page = client.get(reverse("directory:profile"))
    again = _sign_in(client, person)

    assert page.status_code == 302
    assert again.url == reverse("account_inactive")
    assert not _is_signed_in(client)


def test_demonstration_accounts_do_not_sign_in_elsewhere(client, house, settings):
    person = make_user(Role.AGENT, house.taxes, second_factor=False, is_demo=True)

    _sign_in(client, person)
    outside = _is_signed_in(client)
    settings.DEMO = True
    _sign_in(client, person)

    assert (outside, _is_signed_in(client)) == (False, True)


def test_signing_out(client, house):
    client.force_login(house.people["agent"])

    asked = client.get(reverse("account_logout"))
    client.post(reverse("account_logout"))

    assert asked.status_code == 200
    assert not _is_signed_in(client)


def test_a_forgotten_password_is_changed_by_the_link_once(client, house):
    person = make_user(Role.AGENT, house.taxes, second_factor=False)
    client.post(reverse("account_reset_password"), {"email": person.email})
    link = re.search(r"http://testserver(\S+)", mail.outbox[0].body)[1]
    new = {"password1": "cinq autres mots tout neufs", "password2": "cinq autres mots tout neufs"}

    form = client.get(link, follow=True)
    weak = client.post(form.request["PATH_INFO"], {"password1": "court", "password2": "court"})
    done = client.post(form.request["PATH_INFO"], new, follow=True)
    client.session.flush()
    again = client.get(link, follow=True)

    person.refresh_from_db()
    assert "Il manque 7 caractères" in weak.content.decode()
    assert "Votre mot de passe est changé" in done.content.decode()
    assert person.check_password(new["password1"])
    assert "Ce lien ne fonctionne plus" in again.content.decode()
    assert AuditEntry.objects.filter(verb="directory.password_changed", target_id=str(person.pk)).exists()


def test_a_reset_link_grows_old(client, house, settings):
    person = make_user(Role.AGENT, house.taxes)
    client.post(reverse("account_reset_password"), {"email": person.email})
    link = re.search(r"http://testserver(\S+)", mail.outbox[0].body)[1]

    settings.PASSWORD_RESET_TIMEOUT = -1

    assert "Ce lien ne fonctionne plus" in client.get(link, follow=True).content.decode()


def test_asking_for_an_unknown_address_says_the_same_and_writes_to_nobody(client, house):
    answer = client.post(reverse("account_reset_password"), {"email": "inconnue@exemple.fr"}, follow=True)

    assert "Si cette adresse a un compte" in answer.content.decode()
    assert mail.outbox == []


def test_changing_the_password_needs_the_present_one(client, house):
    person = make_user(Role.AGENT, house.taxes, second_factor=False)
    _sign_in(client, person)
    new = {"password1": "cinq autres mots tout neufs", "password2": "cinq autres mots tout neufs"}

    wrong = client.post(reverse("account_change_password"), {"oldpassword": "pas celui-là", **new})
    right = client.post(reverse("account_change_password"), {"oldpassword": PASSWORD, **new})

    person.refresh_from_db()
    assert "Ce n’est pas votre mot de passe actuel." in wrong.content.decode()
    assert right.status_code == 302
    assert person.check_password(new["password1"])
    assert _is_signed_in(client)


def test_the_second_factor_from_setting_up_to_signing_in(client, house):
    person = make_user(Role.ADMINISTRATOR, second_factor=False)
    _sign_in(client, person)
    asleep = can(person, Permission.MANAGE_DIRECTORY)

    explained = client.get(reverse("directory:people"), follow=True)
    confirm = client.get(reverse("mfa_activate_totp"))
    setup = client.post(confirm.url, {"password": PASSWORD}, follow=True)
    secret = setup.context["form"].secret
    wrong = client.post(reverse("mfa_activate_totp"), {"code": "000000"})
    codes = client.post(reverse("mfa_activate_totp"), {"code": _code(secret)}, follow=True)
    opened = client.get(reverse("directory:people"))
    client.post(reverse("account_logout"))
    first_step = _sign_in(client, person)
    after_password = _is_signed_in(client)
    asked = client.get(first_step.url)
    refused = client.post(reverse("mfa_authenticate"), {"code": "000000"})
    client.post(reverse("mfa_authenticate"), {"code": _code(secret, 1)})

    assert asleep is False
    assert confirm.url.split("?")[0] == reverse("account_reauthenticate")
    assert "Installer un second facteur" in explained.content.decode()
    assert "Ce n’est pas le bon code." in wrong.content.decode()
    assert "Codes de secours" in codes.content.decode()
    assert opened.status_code == 200
    assert (first_step.url.split("?")[0], after_password) == (reverse("mfa_authenticate"), False)
    assert "Votre code" in asked.content.decode()
    assert "Ce n’est pas le bon code." in refused.content.decode()
    assert _is_signed_in(client)
    assert secret not in str(list(Authenticator.objects.values_list("data", flat=True)))


def test_a_recovery_code_opens_once(client, house):
    person = make_user(Role.ADMINISTRATOR, second_factor=False)
    _secret, page = _set_up(client, person)
    code = page.context["unused_codes"][0]
    file = client.get(reverse("mfa_download_recovery_codes")).content.decode()

    outcomes = []
    for _time in range(2):
        client.post(reverse("account_logout"))
        _sign_in(client, person)
        client.post(reverse("mfa_authenticate"), {"code": code})
        outcomes.append(_is_signed_in(client))

    assert code in file
    assert outcomes == [True, False]


def test_taking_the_second_factor_off_puts_the_rights_to_sleep(client, house):
    person = make_user(Role.ADMINISTRATOR, second_factor=False)
    _set_up(client, person)
    pages = [client.get(reverse(name)).status_code for name in ("mfa_index", "mfa_deactivate_totp")]

    client.post(reverse("mfa_deactivate_totp"))

    assert pages == [200, 200]
    assert not can(person, Permission.MANAGE_DIRECTORY)
    assert client.get(reverse("directory:people")).url == reverse("directory:second_factor")
    assert AuditEntry.objects.filter(verb="directory.second_factor_changed").count() >= 2


def test_a_lost_telephone_is_taken_off_by_an_administrator(client, house):
    client.force_login(house.people["administrator"])
    person = house.people["head"]

    client.post(reverse("directory:remove_second_factor", args=[person.pk]))
    own = client.post(reverse("directory:remove_second_factor", args=[house.people["administrator"].pk]))

    assert not Authenticator.objects.filter(user=person).exists()
    assert own.status_code == 302
    assert Authenticator.objects.filter(user=house.people["administrator"]).exists()


@pytest.mark.parametrize("name", ["account_set_password", "account_reauthenticate", "mfa_generate_recovery_codes"])
def test_rarer_pages_are_dressed_too(client, house, name):
    person = make_user(Role.AGENT, house.taxes, second_factor=False)
    _sign_in(client, person)

    answer = client.get(reverse(name), follow=True)

    assert answer.status_code in {200, 403}
    assert "Écoute" in answer.content.decode()
