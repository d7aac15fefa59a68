"""Private files, under ``MEDIA_ROOT``: never served by the web server, only by views that check rights."""

import hashlib
import os
import re
import secrets
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from django.conf import settings

SAFE = re.compile(r"[^A-Za-z0-9._-]+")


class UnsafeName(Exception):  # noqa: N818
    """A name that leads outside the folder of private files."""


@dataclass(frozen=True)
class StoredFile:
    """A file kept. ``name`` finds it again (``folder/ab12….csv``); ``sha256`` in hexadecimal; size in bytes."""

    name: str
    original_name: str
    sha256: str
    size: int


def store(chunks: Iterable[bytes], *, folder: str, original_name: str) -> StoredFile:
    """Writes ``chunks`` (an uploaded file's ``.chunks()``) as they come, under a name that nobody can guess.

    The file appears whole or not at all: it is written beside, flushed to the disk, then renamed.
    """
    name = f"{safe_name(folder)}/{secrets.token_hex(16)}{_suffix(original_name)}"
    path = path_of(name)
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    partial = path.with_name(path.name + ".partial")
    digest, size = hashlib.sha256(), 0
    try:
        with partial.open("xb") as file:
            for chunk in chunks:
                digest.update(chunk)
                size += file.write(chunk)
            file.flush()
            os.fsync(file.fileno())
        partial.replace(path)
    except BaseException:
        partial.unlink(missing_ok=True)
        raise
    return StoredFile(name, Path(original_name).name, digest.hexdigest(), size)


def open_stored(name: str) -> BinaryIO:
    """Opens for reading; raises FileNotFoundError, or UnsafeName for a name that leads elsewhere."""
    return path_of(name).open("rb")


def delete(name: str) -> None:
    """Deletes; a file that is already gone is no error."""
    path_of(name).unlink(missing_ok=True)


def path_of(name: str) -> Path:
    """Where the file is. Raises UnsafeName when ``name`` leads outside the private folder."""
    root = Path(settings.MEDIA_ROOT).resolve()
    path = (root / name).resolve()
    if root not in path.parents:
        raise UnsafeName(name)
    return path


def safe_name(name: str) -> str:
    """``name`` in plain letters, digits, dots and dashes, without folders; « fichier » when nothing is left."""
    plain = unicodedata.normalize("NFKD", Path(name).name).encode("ascii", "ignore").decode()
    return SAFE.sub("-", plain).strip("-.")[:100] or "fichier"


def _suffix(name: str) -> str:
    suffix = SAFE.sub("", Path(name).suffix.lower())
    return suffix if 1 < len(suffix) <= 10 else ""
