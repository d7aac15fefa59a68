"""Saving everything into one file, while people work."""

import json
import os
import tarfile
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection
from django.utils import timezone

from ecoute import __version__
from ecoute.core import audit
from ecoute.core.manifest import transient_media
from ecoute.core.operations.archive import MANIFEST, Contents, key_mark, sha256_of
from ecoute.core.operations.records import columns_of, kept_models, line_of, read_rows, snapshot
from ecoute.core.operations.schema import present_state

Report = Callable[[str, int], None]


@dataclass(frozen=True)
class Backup:
    """What was saved: the archive, the secrets beside it (None when left out), rows, private files."""

    path: Path
    secrets: Path | None
    rows: int
    files: int


def back_up(
    path: Path | None = None, *, with_secrets: bool = True, by: Any = None, report: Report = lambda name, rows: None
) -> Backup:
    """Writes a backup to ``path`` (default: ``var/backups/``), of one moment, without holding up writers.

    The archive appears whole or not at all. The secrets go to a file beside it that only its owner reads: keep it
    elsewhere, for the archive without it gives nobody the raw words (files that wait to be imported, in clear, are
    left out). ``report`` is told each table with its rows.
    """
    path = path or default_path()
    path.parent.mkdir(parents=True, exist_ok=True)
    partial = path.with_name(path.name + ".partial")
    try:
        with tempfile.TemporaryDirectory(prefix="backup-", dir=settings.VAR) as folder:
            contents = _write_records(Path(folder), report)
            _pack(Path(folder), partial, contents)
        partial.replace(path)
    finally:
        partial.unlink(missing_ok=True)
    secrets = _write_secrets(path) if with_secrets else None
    rows, files = sum(contents.rows.values()), sum(name.startswith("media/") for name in contents.entries)
    audit.record("core.backed_up", by=by, rows=rows, files=files, secrets=with_secrets)
    return Backup(path, secrets, rows, files)


def default_path() -> Path:
    """``var/backups/ecoute-2026-05-19-142503.tar.gz``"""
    return Path(settings.VAR) / "backups" / f"ecoute-{timezone.localtime():%Y-%m-%d-%H%M%S}.tar.gz"


def _write_records(folder: Path, report: Report) -> Contents:
    (folder / "records").mkdir()
    with snapshot():
        then, migrations = present_state()
        contents = Contents(
            version=__version__,
            made_at=timezone.now().isoformat(timespec="seconds"),
            database=connection.vendor,
            migrations=[list(target) for target in sorted(migrations)],
            raw_key_mark=key_mark(settings.RAW_KEY),
        )
        for model in kept_models(then):
            name = f"records/{model._meta.label_lower}.jsonl"
            rows = 0
            with (folder / name).open("wb") as file:
                file.write(line_of([field.attname for field in columns_of(model)]))
                for rows, row in enumerate(read_rows(model), 1):  # noqa: B007
                    file.write(line_of(row))
            contents.rows[model._meta.label_lower] = rows
            report(model._meta.label_lower, rows)
    return contents


def _pack(folder: Path, target: Path, contents: Contents) -> None:
    sources = {path.relative_to(folder).as_posix(): path for path in sorted((folder / "records").iterdir())}
    sources |= _kept_media(Path(settings.MEDIA_ROOT))
    for name, path in sources.items():
        with path.open("rb") as file:
            checksum, size = sha256_of(file)
        contents.entries[name] = {"sha256": checksum, "size": size}
    manifest = folder / MANIFEST
    manifest.write_text(contents.to_json())
    descriptor = os.open(target, os.O_CREAT | os.O_WRONLY | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        with tarfile.open(fileobj=file, mode="w:gz", compresslevel=4, format=tarfile.PAX_FORMAT) as tar:
            for name, path in {MANIFEST: manifest, **sources}.items():
                tar.add(path, name, recursive=False, filter=_anonymous)
        file.flush()
        os.fsync(file.fileno())


def _kept_media(media: Path) -> dict[str, Path]:
    """Private files by their name in the archive, without those half written or that wait in clear for a moment."""
    left_out = transient_media()
    found = {path.relative_to(media): path for path in sorted(media.rglob("*")) if path.is_file()}
    return {
        f"media/{name.as_posix()}": path
        for name, path in found.items()
        if name.parts[0] not in left_out and path.suffix != ".partial"
    }


def _anonymous(member: tarfile.TarInfo) -> tarfile.TarInfo:
    """Without the accounts of this machine, and for its owner alone."""
    member.uid = member.gid = 0
    member.uname = member.gname = ""
    member.mode = 0o600
    return member


def _write_secrets(archive: Path) -> Path:
    path = secrets_path(archive)
    path.unlink(missing_ok=True)
    descriptor = os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
    with os.fdopen(descriptor, "w") as file:
        names = ("secret_key", "raw_key", "fingerprint_key")
        json.dump({name: getattr(settings, name.upper()) for name in names}, file)
    return path


def secrets_path(archive: Path) -> Path:
    """Where the secrets of ``archive`` are: beside it, ``name.secrets.json``."""
    name = archive.name.removesuffix(".gz").removesuffix(".tar")
    return archive.with_name(f"{name}.secrets.json")
