"""Sealing of raw words: what is stored unmasked is encrypted, and only this module holds the key."""

from functools import lru_cache

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured


class WrongKey(Exception):  # noqa: N818
    """The sealed text was made with another key, or was altered."""


def seal(text: str) -> bytes:
    """Encrypts ``text`` with the first key of ``settings.RAW_KEY``. Same text, different bytes each time."""
    return _fernet(settings.RAW_KEY).encrypt(text.encode())


def open(sealed: bytes | memoryview) -> str:
    """The text that was sealed. Tries every key of ``settings.RAW_KEY``; raises WrongKey when none opens it."""
    try:
        return _fernet(settings.RAW_KEY).decrypt(bytes(sealed)).decode()
    except InvalidToken as error:
        raise WrongKey(
            "This raw text was sealed with another key, or was altered. Put the key that was in use (raw_key in the "
            "secrets.json saved with the backup) after the present one in ECOUTE_RAW_KEY, separated by a comma."
        ) from error


def reseal(sealed: bytes | memoryview) -> bytes:
    """The same text under the first key (key rotation), its date of sealing unchanged. Raises WrongKey."""
    try:
        return _fernet(settings.RAW_KEY).rotate(bytes(sealed))
    except InvalidToken as error:
        raise WrongKey("None of the keys of ECOUTE_RAW_KEY opens this raw text.") from error


@lru_cache(maxsize=4)
def _fernet(keys: str) -> MultiFernet:
    try:
        return MultiFernet([Fernet(key.strip()) for key in keys.split(",") if key.strip()])
    except ValueError as error:
        raise ImproperlyConfigured(
            "ECOUTE_RAW_KEY must hold one or several keys of 32 bytes in URL-safe base64, separated by commas; the "
            "first one seals, all of them open."
        ) from error
