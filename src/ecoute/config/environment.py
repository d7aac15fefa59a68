"""Where settings come from: environment variables, and one private file of secrets made at the first start."""

from __future__ import annotations

import hashlib
import json
import os
import secrets
import tempfile
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

PROJECT = Path(__file__).resolve().parents[3]


def text(name: str, default: str = "") -> str:
    """The variable ``ECOUTE_<name>``, or ``default``."""
    return os.environ.get(f"ECOUTE_{name}", default)


def flag(name: str, default: bool = False) -> bool:
    """A yes/no variable: 1, true, yes, on."""
    value = text(name)
    return value.lower() in {"1", "true", "yes", "on"} if value else default


def listing(name: str, default: str = "") -> list[str]:
    """A comma-separated variable."""
    return [item.strip() for item in text(name, default).split(",") if item.strip()]


def var_folder() -> Path:
    """The folder that holds the database, files and secrets (``ECOUTE_VAR``, default ``./var``)."""
    folder = Path(text("VAR") or Path.cwd() / "var").resolve()
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    return folder


def load_secrets(folder: Path) -> dict[str, str]:
    """The secrets of this installation, made once, readable by its owner alone.

    ``secret_key`` signs sessions; ``raw_key`` encrypts the raw words (base64 of 32 bytes, Fernet). Losing ``raw_key``
    loses every raw text, which is why ``ecoute backup`` writes it apart. ``fingerprint_key`` (64 hexadecimal digits)
    marks the rows brought in, so that the same row is known again; a file that lacks it is given one.
    """
    path = folder / "secrets.json"
    if not path.exists():
        made = {
            "secret_key": secrets.token_urlsafe(50),
            "raw_key": _fernet_key(),
            "fingerprint_key": secrets.token_hex(32),
        }
        try:
            descriptor = os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
        except FileExistsError:  # another process was first
            return load_secrets(folder)
        with os.fdopen(descriptor, "w") as file:
            json.dump(made, file)
    known: dict[str, str] = json.loads(path.read_text())
    if "fingerprint_key" not in known:
        known["fingerprint_key"] = _former_fingerprint_key(text("SECRET_KEY") or known["secret_key"])
        _rewrite(path, known)
    return known


def _former_fingerprint_key(secret_key: str) -> str:
    """What fingerprints were keyed with before they had a key of their own: the rows already in stay known. Nobody
    finds ``secret_key`` from it, and several processes that start together find the same."""
    return hashlib.sha256(b"verbatims.fingerprint" + secret_key.encode()).hexdigest()


def _rewrite(path: Path, known: dict[str, str]) -> None:
    """The file appears whole: nobody reads half of it, nor is it ever missing."""
    descriptor, partial = tempfile.mkstemp(prefix="secrets-", dir=path.parent)  # made with mode 600
    with os.fdopen(descriptor, "w") as file:
        json.dump(known, file)
        file.flush()
        os.fsync(file.fileno())
    Path(partial).replace(path)


def _fernet_key() -> str:
    import base64

    return base64.urlsafe_b64encode(secrets.token_bytes(32)).decode()


def database(url: str, folder: Path) -> dict[str, Any]:
    """Django's description of the database. Empty: SQLite under ``var/``; else ``postgres://user:word@host:port/name``."""
    if not url:
        return sqlite(folder / "ecoute.sqlite3")
    parts = urlsplit(url)
    if parts.scheme not in {"postgres", "postgresql"}:
        raise ValueError(f"ECOUTE_DATABASE_URL must begin with postgres:// (got {parts.scheme or url!r})")
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": parts.path.lstrip("/"),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": parts.hostname or "",
        "PORT": str(parts.port or ""),
        "OPTIONS": {"pool": {"min_size": 1, "max_size": 8}},
    }


def sqlite(path: Path | str) -> dict[str, Any]:
    """SQLite in WAL. ``synchronous=FULL``: words received survive a power cut (NORMAL would lose the last commits)."""
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": str(path),
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA mmap_size=268435456; "
            "PRAGMA cache_size=-65536; PRAGMA temp_store=MEMORY;",
        },
    }
