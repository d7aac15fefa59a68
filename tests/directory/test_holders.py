"""Who holds a permission: the same answer as asking for each account, in two queries."""

import pytest

from ecoute.directory.enums import Permission, Role
from ecoute.directory.facade import people_holding, scope_of
from tests.factories.people import make_service, make_user

pytestmark = [pytest.mark.integration, pytest.mark.django_db]


@pytest.fixture
def people():
    state = make_service("Ministère")
    taxes = make_service("Impôts", state)
    return {
        "everywhere": make_user(Role.QUALITY_OFFICER, name="Zoé"),
        "branch": make_user(Role.HEAD, state, name="Ali"),
        "leaf": make_user(Role.HEAD, taxes, name="Bea"),
        "granted": make_user(Role.AGENT, taxes, name="Cid", grants=(Permission.CODE,)),
        "agent": make_user(Role.AGENT, taxes, name="Dan"),
        "closed": make_user(Role.HEAD, taxes, name="Eve", is_active=False),
    }


def test_each_holder_with_their_services(people):
    held = people_holding(Permission.CODE)

    assert [holder.name for holder in held] == ["Ali", "Bea", "Cid", "Zoé"]
    by_id = {user.pk: user for user in people.values()}
    assert all(holder.scope == scope_of(by_id[holder.id], Permission.CODE) for holder in held)


def test_two_queries_whatever_the_number(people, django_assert_num_queries):
    with django_assert_num_queries(2):
        people_holding(Permission.READ)


def test_a_permission_that_sleeps_cannot_be_told_so(people):
    with pytest.raises(ValueError, match="guarded"):
        people_holding(Permission.READ_RAW)
