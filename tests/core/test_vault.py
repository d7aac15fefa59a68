import pytest
from cryptography.fernet import Fernet
from django.core.exceptions import ImproperlyConfigured

from ecoute.core import vault

pytestmark = pytest.mark.unit


def test_what_is_sealed_opens_again() -> None:
    sealed = vault.seal("Mon dossier n° 12 — « perdu »")

    assert b"dossier" not in sealed
    assert vault.open(sealed) == "Mon dossier n° 12 — « perdu »"
    assert vault.open(memoryview(sealed)) == vault.open(sealed)


def test_the_same_text_never_looks_the_same() -> None:
    assert vault.seal("oui") != vault.seal("oui")


def test_a_wrong_key_says_what_to_do(settings) -> None:
    sealed = vault.seal("bonjour")
    settings.RAW_KEY = Fernet.generate_key().decode()

    with pytest.raises(vault.WrongKey, match="ECOUTE_RAW_KEY"):
        vault.open(sealed)


def test_an_altered_text_does_not_open() -> None:
    sealed = bytearray(vault.seal("bonjour"))
    sealed[-5] ^= 1

    with pytest.raises(vault.WrongKey):
        vault.open(bytes(sealed))


def test_a_former_key_still_opens_and_resealing_moves_to_the_first(settings) -> None:
    former = settings.RAW_KEY
    sealed = vault.seal("bonjour")
    new = Fernet.generate_key().decode()
    settings.RAW_KEY = f"{new}, {former}"

    assert vault.open(sealed) == "bonjour"
    moved = vault.reseal(sealed)
    settings.RAW_KEY = new
    assert vault.open(moved) == "bonjour"


@pytest.mark.parametrize("keys", ["", "abc", "x" * 44])
def test_a_key_of_the_wrong_shape_is_a_setting_error(settings, keys: str) -> None:
    settings.RAW_KEY = keys

    with pytest.raises(ImproperlyConfigured, match="ECOUTE_RAW_KEY"):
        vault.seal("bonjour")
