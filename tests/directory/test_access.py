"""Who may see what."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import AnonymousUser

from ecoute.directory.enums import Permission, Role
from ecoute.directory.facade import Scope, can, scope_of
from ecoute.directory.models import Membership
from ecoute.directory.signing_in import Backend
from tests.factories.people import give_second_factor, make_service, make_user

pytestmark = [pytest.mark.integration, pytest.mark.django_db]

RIGHTS = {
    Role.AGENT: {Permission.READ},
    Role.HEAD: {Permission.READ, Permission.CODE, Permission.EXPORT},
    Role.QUALITY_OFFICER: {
        Permission.READ,
        Permission.CODE,
        Permission.IMPORT,
        Permission.EXPORT,
        Permission.EDIT_CODEBOOK,
    },
    Role.CORRESPONDENT: {Permission.READ},
    Role.AUDITOR: {Permission.READ, Permission.READ_AUDIT},
    Role.ADMINISTRATOR: {
        Permission.READ,
        Permission.IMPORT,
        Permission.EDIT_CODEBOOK,
        Permission.MANAGE_DIRECTORY,
        Permission.READ_AUDIT,
    },
}


@pytest.mark.parametrize("role", list(Role))
def test_each_role_has_its_rights_and_no_other(role):
    user = make_user(role)

    held = {permission for permission in Permission if can(user, permission)}

    assert held == RIGHTS[role]


def test_a_role_on_a_branch_covers_its_descendants_alone():
    ministry = make_service("Ministère")
    taxes = make_service("Impôts", ministry)
    counter = make_service("Accueil", taxes)
    customs = make_service("Douanes", ministry)
    user = make_user(Role.AGENT, taxes)

    assert scope_of(user) == Scope(service_ids=frozenset({taxes.pk, counter.pk}))
    assert [can(user, Permission.READ, one.pk) for one in (ministry, taxes, counter, customs)] == [
        False,
        True,
        True,
        False,
    ]


def test_a_role_on_the_whole_tree_sees_everything():
    service = make_service("Impôts")
    user = make_user(Role.QUALITY_OFFICER)

    scope = scope_of(user)

    assert (scope.everything, scope.is_empty, scope.allows(service.pk), scope.allows(None)) == (True, False, True, True)


def test_several_branches_add_up():
    one, other, third = make_service("A"), make_service("B"), make_service("C")
    user = make_user(Role.AGENT, one)
    Membership.objects.create(user=user, role=Role.HEAD, service=other)

    assert scope_of(user).service_ids == {one.pk, other.pk}
    assert scope_of(user, Permission.CODE).service_ids == {other.pk}
    assert not can(user, Permission.READ, third.pk)


def test_words_as_received_are_read_by_grant_alone():
    service = make_service("Impôts")
    plain = make_user(Role.HEAD, service)
    granted = make_user(Role.HEAD, service, grants=(Permission.READ_RAW,))

    assert [can(user, Permission.READ_RAW) for user in (plain, granted)] == [False, True]


def test_guarded_rights_sleep_until_the_second_factor_is_set_up():
    service = make_service("Impôts")
    administrator = make_user(Role.ADMINISTRATOR, second_factor=False)
    reader = make_user(Role.HEAD, service, grants=(Permission.READ_RAW,), second_factor=False)
    before = (can(administrator, Permission.MANAGE_DIRECTORY), can(reader, Permission.READ_RAW))

    give_second_factor(administrator)
    give_second_factor(reader)

    assert before == (False, False)
    assert (can(administrator, Permission.MANAGE_DIRECTORY), can(reader, Permission.READ_RAW)) == (True, True)
    assert can(reader, Permission.READ)


def test_the_demo_goes_without_a_second_factor(settings):
    settings.SECOND_FACTOR_REQUIRED = False
    administrator = make_user(Role.ADMINISTRATOR, second_factor=False)

    assert can(administrator, Permission.MANAGE_DIRECTORY)


def test_strangers_and_closed_accounts_see_nothing():
    closed = make_user(Role.QUALITY_OFFICER, is_active=False)

    assert scope_of(AnonymousUser()).is_empty
    assert scope_of(closed).is_empty
    assert scope_of(make_user(None)).is_empty


@pytest.mark.parametrize("memberships", [1, 3])
def test_rights_cost_two_queries_whatever_their_number(memberships, django_assert_num_queries):
    user = make_user(Role.AGENT, make_service("Service 0"))
    for number in range(1, memberships):
        Membership.objects.create(user=user, role=Role.AGENT, service=make_service(f"Service {number}"))

    with django_assert_num_queries(2):
        scope_of(user)


def test_the_user_of_a_request_asks_once(django_assert_num_queries):
    user = Backend().get_user(make_user(Role.HEAD, make_service("Impôts")).pk)
    scope_of(user)

    with django_assert_num_queries(0):
        scope_of(user)
    with django_assert_num_queries(0):
        can(user, Permission.CODE)
