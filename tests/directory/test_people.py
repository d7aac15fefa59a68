"""Roles, rights by name, closing accounts, and taking changes back."""

from __future__ import annotations

import pytest
from django.urls import reverse

from ecoute.core.models import AuditEntry
from ecoute.directory.actions.people import (
    close_account,
    create_first_administrator,
    give_role,
    grant_permission,
    take_role,
)
from ecoute.directory.enums import Permission, Role
from ecoute.directory.errors import NotYours, Refused
from ecoute.directory.facade import can
from ecoute.directory.models import Grant, Membership, User
from tests.factories.people import make_user

pytestmark = [pytest.mark.integration, pytest.mark.django_db]


def _role_of(person) -> Membership:
    return Membership.objects.get(user=person)


def test_a_role_is_given_once_and_leaves_a_trace(house):
    administrator, person = house.people["administrator"], house.people["agent"]

    first = give_role(user=person, role=Role.HEAD, service_id=house.customs.pk, by=administrator)
    again = give_role(user=person, role=Role.HEAD, service_id=house.customs.pk, by=administrator)

    entry = AuditEntry.objects.get(verb="directory.role_given")
    assert first == again
    assert (entry.actor_id, entry.target_id) == (administrator.pk, str(person.pk))
    assert entry.detail == {"role": "head", "service": house.customs.pk}


def test_the_last_administrator_stays(house):
    administrator = house.people["administrator"]
    take_role(membership=_role_of(house.people["unsafe_administrator"]), by=administrator)

    with pytest.raises(Refused):
        take_role(membership=_role_of(administrator), by=administrator)
    with pytest.raises(Refused):
        close_account(user=administrator, by=None)

    assert can(administrator, Permission.MANAGE_DIRECTORY)


def test_reading_words_as_received_is_granted_with_a_reason_and_taken_back(client, house):
    client.force_login(house.people["administrator"])
    person = house.people["head"]
    url = reverse("directory:give_right", args=[_role_of(person).pk])

    page = client.get(url).content.decode()
    without_reason = client.post(url, {"permission": Permission.READ_RAW, "reason": " "})
    before = can(person, Permission.READ_RAW)
    client.post(url, {"permission": Permission.READ_RAW, "reason": "Étude des délais"})
    granted = can(person, Permission.READ_RAW, house.counter.pk)
    shown = client.get(reverse("directory:person", args=[person.pk])).content.decode()
    client.post(reverse("directory:take_right", args=[Grant.objects.get().pk]))

    assert "Chaque lecture est inscrite au journal" in page
    assert without_reason.context["form"].errors.keys() == {"reason"}
    assert (before, granted) == (False, True)
    assert "Étude des délais" in shown
    assert not can(person, Permission.READ_RAW)


def test_nobody_grants_themselves_anything(client, house):
    administrator = house.people["administrator"]
    client.force_login(administrator)
    url = reverse("directory:give_right", args=[_role_of(administrator).pk])

    client.post(url, {"permission": Permission.READ_RAW, "reason": "Curiosité"})

    assert not Grant.objects.exists()
    assert not can(administrator, Permission.READ_RAW)


@pytest.mark.parametrize("permission", [Permission.CODE, Permission.IMPORT, Permission.MANAGE_DIRECTORY])
def test_an_auditor_receives_no_right_to_change_anything(house, permission):
    with pytest.raises(Refused):
        grant_permission(
            membership=_role_of(house.people["auditor"]),
            permission=permission,
            reason="Demande",
            by=house.people["administrator"],
        )


def test_a_branch_administrator_grants_in_the_branch_alone(house):
    grant_permission(
        membership=_role_of(house.people["head"]),
        permission=Permission.READ_RAW,
        reason="Étude",
        by=house.people["branch_administrator"],
    )

    with pytest.raises(NotYours):
        grant_permission(
            membership=_role_of(house.people["correspondent"]),
            permission=Permission.READ_RAW,
            reason="Étude",
            by=house.people["branch_administrator"],
        )


@pytest.mark.parametrize("what", ["role", "right", "account"])
def test_the_last_change_is_taken_back(client, house, what):
    client.force_login(house.people["administrator"])
    person = house.people["head"]
    membership = _role_of(person)
    grant = Grant.objects.create(membership=membership, permission=Permission.READ_RAW, reason="Étude")
    change = {
        "role": reverse("directory:take_role", args=[membership.pk]),
        "right": reverse("directory:take_right", args=[grant.pk]),
        "account": reverse("directory:close_account", args=[person.pk]),
    }[what]

    client.post(change)
    between = _rights(person)
    offered = client.get(reverse("directory:people")).content.decode()
    client.post(reverse("directory:undo"))
    client.post(reverse("directory:undo"))  # a second time: nothing is left to take back

    assert between != [(True, Role.HEAD, house.taxes.pk, Permission.READ_RAW, "Étude")]
    assert "Annuler la dernière modification" in offered
    assert _rights(person) == [(True, Role.HEAD, house.taxes.pk, Permission.READ_RAW, "Étude")]


def _rights(person):
    rows = Membership.objects.filter(user=person).values_list(
        "user__is_active", "role", "service", "grants__permission", "grants__reason"
    )
    return list(rows)


def test_one_does_not_close_the_own_account(client, house):
    administrator = house.people["administrator"]
    client.force_login(administrator)

    page = client.post(reverse("directory:close_account", args=[administrator.pk]), follow=True)

    assert "Vous ne pouvez pas fermer votre propre compte." in page.content.decode()
    assert User.objects.get(pk=administrator.pk).is_active


def test_a_reopened_account_has_its_roles_back(client, house):
    client.force_login(house.people["administrator"])
    person = house.people["head"]
    client.post(reverse("directory:close_account", args=[person.pk]))
    closed = client.get(reverse("directory:people"), {"closed": "on"}).content.decode()

    client.post(reverse("directory:reopen_account", args=[person.pk]))

    assert "Dominique Chef" in closed
    assert can(User.objects.get(pk=person.pk), Permission.CODE, house.taxes.pk)


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ({"words": "dominique"}, ["Dominique Chef"]),
        ({"words": "MISSION camille"}, ["Camille Mission"]),
        ({"role": "auditor"}, ["Claude Audit"]),
        ({"words": "personne de ce nom"}, []),
    ],
)
def test_people_are_found(client, house, asked, expected):
    client.force_login(house.people["administrator"])

    page = client.get(reverse("directory:people"), asked)

    assert [person.name for person in page.context["page"]] == expected


def test_the_first_administrator_of_an_installation(db):
    user = create_first_administrator(email="Chef@Exemple.fr", name="Première", password="quatre mots bien choisis")

    assert (user.email, list(user.memberships.values_list("role", "service"))) == (
        "chef@exemple.fr",
        [("administrator", None)],
    )
    with pytest.raises(Refused):
        create_first_administrator(email="chef@exemple.fr", name="Bis", password="quatre mots bien choisis")


def test_a_profile_changes_name_and_language(client, house):
    person = house.people["agent"]
    client.force_login(person)
    french = client.get(reverse("directory:profile")).content.decode()

    client.post(reverse("directory:profile"), {"name": "Alix Nouveau", "language": "en"})
    english = client.get(reverse("directory:profile"), headers={"accept-language": "fr"}).content.decode()

    person.refresh_from_db()
    assert (person.name, person.language) == ("Alix Nouveau", "en")
    assert ('<html lang="fr"' in french, '<html lang="en"' in english) == (True, True)
    assert "My profile" in english


def test_the_switch_of_every_page_is_remembered(client, house):
    person = house.people["agent"]

    stranger = client.post(reverse("directory:set_language"), {"language": "en", "next": "/compte/connexion/"})
    english = client.get(stranger.url).content.decode()
    client.force_login(person)
    client.post(reverse("directory:set_language"), {"language": "en", "next": "https://mal.example/"})
    client.post(reverse("directory:set_language"), {"language": "xx"})

    person.refresh_from_db()
    assert 'lang="en"' in english
    assert person.language == "en"


def test_a_role_beside_the_branch_is_said_but_not_shown(client, house):
    person = make_user(Role.AGENT, house.taxes)
    Membership.objects.create(user=person, role=Role.AUDITOR, service=house.customs)
    client.force_login(house.people["branch_administrator"])

    page = client.get(reverse("directory:person", args=[person.pk])).content.decode()

    assert "a aussi des rôles ailleurs" in page
    assert "Douanes" not in page
