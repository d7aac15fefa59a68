"""The database follows the models, by migrations that have a name."""

import re

import pytest
from django.core.management import call_command

from tests.conftest import PROJECT

pytestmark = [pytest.mark.repository, pytest.mark.django_db]


def test_no_migration_is_missing():
    call_command("makemigrations", "--check", "--dry-run", verbosity=0)


def test_migrations_have_names_that_say_what_they_do():
    unnamed = [
        path.name
        for path in PROJECT.glob("src/ecoute/*/migrations/[0-9]*.py")
        if re.search("_auto_|_2[0-9]{7}", path.name)
    ]
    assert unnamed == []
