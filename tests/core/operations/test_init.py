"""What ``ecoute init`` refuses."""

import io
import re

import pytest
from django.core.management import CommandError, call_command

from ecoute.directory.models import User
from tests.core.installation import PASSWORD

pytestmark = [pytest.mark.integration, pytest.mark.django_db]


@pytest.mark.parametrize(
    ("email", "name", "password", "why"),
    [
        ("ada@exemple.fr", "Ada", "court", "12"),
        ("ada@exemple.fr", "Ada", "837465920187", "chiffres|numérique|nombre"),
        ("ada@exemple.fr", "Ada", "", "12"),
        ("ada@exemple.fr", "Ada", "ada@exemple.fr", "proche|semblable|ressemble"),
        ("pas-une-adresse", "Ada", PASSWORD, "adresse|courriel"),
        ("ada@exemple.fr", "  ", PASSWORD, "nom"),
    ],
)
def test_weak_passwords_and_bad_addresses(monkeypatch, email: str, name: str, password: str, why: str) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO(f"{password}\n"))

    with pytest.raises(CommandError) as refusal:
        call_command("init", email=email, name=name, password_stdin=True)

    assert re.search(why, str(refusal.value)), refusal.value
    assert not User.objects.exists()


def test_without_a_terminal_it_says_what_to_give(monkeypatch) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO(""))

    with pytest.raises(CommandError, match="--email"):
        call_command("init")
