"""Every page, for everybody: who enters and who does not."""

from __future__ import annotations

import pytest
from django.urls import reverse

from ecoute.directory.enums import Permission, Role
from ecoute.directory.models import Grant, Invitation, Membership, Service, ServiceAlias, User
from ecoute.directory.urls import urlpatterns
from tests.factories.people import make_service, make_user

pytestmark = [pytest.mark.integration, pytest.mark.django_db]

PLAIN = ["people", "invite", "invitations", "services", "new_service", "export_tree", "import_tree"]
ON_PERSON = ["person"]
ON_SERVICE = ["service"]
CHANGES_ON_PERSON = ["close_account", "reopen_account", "remove_second_factor"]
CHANGES_ON_SERVICE = ["move_service", "merge_service", "close_service", "reopen_service", "add_alias"]
OTHERS = {"profile", "second_factor", "set_language", "accept_invitation"}
WITHOUT_RIGHT = ["agent", "head", "quality_officer", "correspondent", "auditor"]


def _records(house):
    """One address of each kind of change, on the branch of taxes."""
    membership = Membership.objects.get(user=house.people["head"])
    grant = Grant.objects.create(membership=membership, permission=Permission.READ_RAW, reason="Étude")
    alias = ServiceAlias.objects.create(service=house.taxes, written="Impots", folded="impots")
    invitation = Invitation.objects.create(
        email="nouveau@exemple.fr", role=Role.AGENT, service=house.taxes, token_hash="x", expires_at="2030-01-01T00:00Z"
    )
    return {
        "take_role": membership.pk,
        "give_right": membership.pk,
        "take_right": grant.pk,
        "forget_alias": alias.pk,
        "resend_invitation": invitation.pk,
        "revoke_invitation": invitation.pk,
    }


def _addresses(house):
    person, service = house.people["head"].pk, house.taxes.pk
    read = [reverse(f"directory:{name}") for name in PLAIN]
    read += [reverse(f"directory:{name}", args=[person]) for name in ON_PERSON]
    read += [reverse(f"directory:{name}", args=[service]) for name in ON_SERVICE]
    changes = [reverse(f"directory:{name}", args=[person]) for name in CHANGES_ON_PERSON]
    changes += [reverse(f"directory:{name}", args=[service]) for name in CHANGES_ON_SERVICE]
    changes += [reverse(f"directory:{name}", args=[pk]) for name, pk in _records(house).items()]
    return read, [*changes, reverse("directory:undo")]


def test_no_page_is_forgotten_here():
    named = {pattern.name for pattern in urlpatterns}
    covered = {*PLAIN, *ON_PERSON, *ON_SERVICE, *CHANGES_ON_PERSON, *CHANGES_ON_SERVICE, *OTHERS, "undo"}
    covered |= {"take_role", "give_right", "take_right", "forget_alias", "resend_invitation", "revoke_invitation"}
    assert named == covered


def test_strangers_are_asked_to_sign_in(client, house):
    read, changes = _addresses(house)

    answers = [client.get(address) for address in read] + [client.post(address) for address in changes]

    assert {answer.status_code for answer in answers} == {302}
    assert {answer.url.split("?")[0] for answer in answers} == {reverse("account_login")}


@pytest.mark.parametrize("role", WITHOUT_RIGHT)
def test_who_does_not_manage_is_refused_and_changes_nothing(client, house, role):
    read, changes = _addresses(house)
    client.force_login(house.people[role])
    before = _state()

    codes = {client.get(address).status_code for address in read}
    codes |= {client.post(address).status_code for address in changes}

    assert codes == {403}
    assert _state() == before


def test_an_administrator_without_second_factor_is_led_to_set_it_up(client, house):
    read, changes = _addresses(house)
    client.force_login(house.people["unsafe_administrator"])
    before = _state()

    answers = [client.get(address) for address in read] + [client.post(address) for address in changes]

    assert {(answer.status_code, answer.url) for answer in answers} == {(302, reverse("directory:second_factor"))}
    assert _state() == before


@pytest.mark.parametrize("role", ["administrator", "branch_administrator"])
def test_administrators_read_their_pages(client, house, role):
    read, _changes = _addresses(house)
    client.force_login(house.people[role])

    assert {client.get(address).status_code for address in read} == {200}


def test_what_lies_outside_a_branch_does_not_exist_for_its_administrator(client, house):
    client.force_login(house.people["branch_administrator"])
    outside = [house.people["correspondent"], house.people["administrator"], house.people["quality_officer"]]
    above = Membership.objects.get(user=house.people["correspondent"])

    codes = [client.get(reverse("directory:person", args=[person.pk])).status_code for person in outside]
    codes += [
        client.get(reverse("directory:service", args=[one.pk])).status_code for one in (house.ministry, house.customs)
    ]
    codes += [client.post(reverse("directory:close_account", args=[person.pk])).status_code for person in outside]
    codes += [
        client.post(reverse(f"directory:{name}", args=[house.customs.pk])).status_code for name in CHANGES_ON_SERVICE
    ]
    codes += [client.post(reverse("directory:take_role", args=[above.pk])).status_code]

    assert set(codes) == {404}


def test_a_branch_administrator_sees_only_the_branch(client, house):
    client.force_login(house.people["branch_administrator"])

    people = client.get(reverse("directory:people")).content.decode()
    services = client.get(reverse("directory:services")).content.decode()
    table = b"".join(client.get(reverse("directory:export_tree")).streaming_content).decode()

    assert [name in people for name in ("Alix Agent", "Dominique Chef", "Andrea Réseau", "Sacha Admin")] == [
        True,
        True,
        False,
        False,
    ]
    assert ("Impôts" in services, "Douanes" in services) == (True, False)
    assert ("Accueil de Lyon" in table, "Douanes" in table) == (True, False)


@pytest.mark.parametrize("where", ["*", "ministry", "customs"])
@pytest.mark.parametrize("address", ["invite", "person"])
def test_a_branch_administrator_gives_no_role_above_or_beside_the_branch(client, house, where, address):
    client.force_login(house.people["branch_administrator"])
    service = where if where == "*" else getattr(house, where).pk
    before = _state()
    url = (
        reverse("directory:invite")
        if address == "invite"
        else reverse("directory:person", args=[house.people["agent"].pk])
    )

    answer = client.post(url, {"email": "a@exemple.fr", "role": Role.ADMINISTRATOR, "service": service})

    assert answer.status_code == 200  # the form again, with its error
    assert answer.context["form"].errors.keys() == {"service"}
    assert _state() == before


def test_a_branch_administrator_gives_roles_inside_the_branch(client, house):
    client.force_login(house.people["branch_administrator"])
    person = house.people["agent"]

    client.post(reverse("directory:person", args=[person.pk]), {"role": Role.HEAD, "service": house.counter.pk})

    assert Membership.objects.filter(user=person, role=Role.HEAD, service=house.counter).exists()


def test_an_account_with_roles_elsewhere_is_not_closed_by_a_branch_administrator(client, house):
    client.force_login(house.people["branch_administrator"])
    person = make_user(Role.AGENT, house.taxes)
    Membership.objects.create(user=person, role=Role.AGENT, service=house.customs)

    answers = [
        client.post(reverse("directory:close_account", args=[person.pk])),
        client.post(reverse("directory:remove_second_factor", args=[person.pk])),
    ]

    assert {answer.status_code for answer in answers} == {403}
    assert User.objects.get(pk=person.pk).is_active


@pytest.mark.parametrize("count", [1, 3])
@pytest.mark.parametrize("page", ["people", "services", "invitations", "export_tree"])
def test_lists_cost_the_same_whatever_their_length(client, django_assert_max_num_queries, house, page, count):
    for number in range(count):
        person = make_user(Role.AGENT, make_service(f"Bureau {number}"), grants=(Permission.READ_RAW,))
        Invitation.objects.create(
            email=f"{number}@exemple.fr",
            role=Role.AGENT,
            service=house.taxes,
            invited_by=person,
            token_hash=str(number),
            expires_at="2030-01-01T00:00Z",
        )
    client.force_login(house.people["administrator"])

    with django_assert_max_num_queries(11) as queries:
        b"".join(client.get(reverse(f"directory:{page}")))

    assert len(queries) == {"people": 9, "services": 6, "invitations": 5, "export_tree": 8}[page]


def _state():
    return [
        list(User.objects.order_by("pk").values("pk", "is_active", "name")),
        list(Membership.objects.order_by("pk").values_list("user", "role", "service")),
        list(Grant.objects.order_by("pk").values_list("membership", "permission")),
        list(Invitation.objects.order_by("pk").values_list("pk", "token_hash", "revoked_at")),
        list(Service.objects.order_by("pk").values_list("pk", "path", "is_active", "name")),
        list(ServiceAlias.objects.order_by("pk").values_list("service", "folded")),
    ]
