"""Accounts of the demonstration."""

from __future__ import annotations

import pytest

from ecoute.directory.actions.demo import create_demo_accounts
from ecoute.directory.enums import Permission, Role
from ecoute.directory.errors import Refused
from ecoute.directory.facade import can, scope_of
from ecoute.directory.models import User
from tests.factories.people import make_service

pytestmark = [pytest.mark.integration, pytest.mark.django_db]


def test_they_are_refused_outside_the_demonstration():
    with pytest.raises(Refused):
        create_demo_accounts()

    assert not User.objects.exists()


def test_there_is_one_a_role_and_a_second_run_keeps_them(settings):
    settings.DEMO, settings.SECOND_FACTOR_REQUIRED = True, False
    service = make_service("Impôts")

    first = create_demo_accounts([service.pk])
    again = create_demo_accounts([service.pk])

    accounts = {account.role: User.objects.get(email=account.email) for account in first}
    assert first == again
    assert set(accounts) == set(Role)
    assert all(user.is_demo and user.check_password(first[0].password) for user in accounts.values())
    assert scope_of(accounts[Role.QUALITY_OFFICER]).everything
    assert scope_of(accounts[Role.AGENT]).service_ids == {service.pk}
    assert can(accounts[Role.ADMINISTRATOR], Permission.MANAGE_DIRECTORY)
