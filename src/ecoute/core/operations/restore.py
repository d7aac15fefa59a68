"""Putting a backup back: everything is checked first, and the present data stays until the new is whole."""

import json
import os
import shutil
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.apps.registry import Apps
from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.contenttypes.models import ContentType
from django.core.management.color import no_style
from django.core.management.sql import emit_post_migrate_signal
from django.db import DatabaseError, connection, transaction
from django.db.migrations.executor import MigrationExecutor
from django.utils.translation import gettext as _

from ecoute.core import audit
from ecoute.core.jobs.worker import workers_alive
from ecoute.core.manifest import MANIFESTS
from ecoute.core.operations.archive import Contents, key_mark, unpack
from ecoute.core.operations.backup import Report, back_up, secrets_path
from ecoute.core.operations.errors import OperationRefused
from ecoute.core.operations.records import Row, columns_of, kept_models, write_rows
from ecoute.core.operations.schema import check_known, fresh_tables


@dataclass(frozen=True)
class Restored:
    """What came back, and where the former data was saved first (None: there was none)."""

    version: str
    made_at: str
    rows: int
    files: int
    former: Path | None


def restore(
    archive: Path,
    *,
    force: bool = False,
    secrets: Path | None = None,
    without_raw: bool = False,
    report: Report = lambda name, rows: None,
) -> Restored:
    """Puts ``archive`` in place of the present installation, whichever database each of them uses.

    Raises OperationRefused, with nothing changed: damaged archive, installation in use or not empty (without
    ``force``, which saves it first), missing key of the raw words (without ``without_raw``).
    """
    _refuse_if_in_use(force)
    former = None
    with tempfile.TemporaryDirectory(prefix="restore-", dir=settings.VAR) as place:
        folder = Path(place)
        contents = unpack(archive, folder)
        targets = check_known(contents.migrations, contents.version)
        keys = _secrets_for(archive, secrets, contents, without_raw)
        if not is_empty():
            if not force:
                raise OperationRefused(
                    _("Cette installation a déjà des données. Ajoutez --force : elles seront d’abord sauvegardées.")
                )
            former = back_up(Path(settings.VAR) / "backups" / f"avant-{archive.name}").path
        with fresh_tables():
            _fill(folder, targets, report)
            audit.record("core.restored", by=None, version=contents.version, made_at=contents.made_at)
        _put_media(folder / "media")
        _put_secrets(keys)
    files = sum(name.startswith("media/") for name in contents.entries)
    return Restored(contents.version, contents.made_at, sum(contents.rows.values()), files, former)


def is_empty() -> bool:
    """Whether nobody has an account here (or there are no tables at all)."""
    try:
        return not get_user_model()._default_manager.exists()
    except DatabaseError:
        return True


def _refuse_if_in_use(force: bool) -> None:
    try:
        alive = workers_alive()
    except DatabaseError:
        alive = 0
    if alive and not force:
        raise OperationRefused(
            _("Écoute est en marche. Arrêtez-le (« ecoute serve » et « ecoute worker »), puis recommencez.")
        )


def _fill(folder: Path, targets: list[tuple[str, str]], report: Report) -> None:
    """Tables as they were when the backup was made, their rows, then the migrations made since."""
    executor = MigrationExecutor(connection)
    state = executor.migrate(targets)
    then = state.apps
    with transaction.atomic():
        _empty_tables(then)
        for model in kept_models(then):
            rows = _load(folder, model)
            report(model._meta.label_lower, rows)
        connection.check_constraints()
        if connection.vendor == "postgresql":  # nothing may stay deferred when later migrations alter tables
            with connection.cursor() as cursor:
                cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
                cursor.execute("SET CONSTRAINTS ALL DEFERRED")
        _reset_sequences(then)
    executor = MigrationExecutor(connection)
    executor.migrate(executor.loader.graph.leaf_nodes())
    ContentType.objects.clear_cache()
    emit_post_migrate_signal(0, False, connection.alias)
    for manifest in MANIFESTS:
        for rebuild in manifest.rebuild:
            rebuild()


def _empty_tables(then: Apps) -> None:
    """Migrations may have put rows of their own."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("PRAGMA defer_foreign_keys = ON")
        elif connection.vendor == "postgresql":  # the migrations just run in this transaction may have said otherwise
            cursor.execute("SET CONSTRAINTS ALL DEFERRED")
        for model in kept_models(then):
            cursor.execute(f"DELETE FROM {connection.ops.quote_name(model._meta.db_table)}")  # noqa: S608


def _load(folder: Path, model: Any) -> int:
    path = folder / "records" / f"{model._meta.label_lower}.jsonl"
    if not path.exists():
        return 0
    with path.open("rb") as lines:
        names: list[str] = json.loads(next(lines))
        unknown = set(names) - {field.attname for field in columns_of(model)}
        if unknown:
            raise OperationRefused(
                _("La sauvegarde a des colonnes inconnues : %(names)s.") % {"names": ", ".join(sorted(unknown))}
            )
        return write_rows(model, names, _rows(lines))


def _rows(lines: Any) -> Iterator[Row]:
    return (json.loads(line) for line in lines)


def _reset_sequences(then: Apps) -> None:
    statements = connection.ops.sequence_reset_sql(no_style(), kept_models(then))
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


def _put_media(folder: Path) -> None:
    """The new folder takes the place of the old one, which goes only then."""
    media, old = Path(settings.MEDIA_ROOT), Path(f"{settings.MEDIA_ROOT}.former")
    folder.mkdir(exist_ok=True)
    shutil.rmtree(old, ignore_errors=True)
    if media.exists():
        media.replace(old)
    shutil.move(folder, media)
    shutil.rmtree(old, ignore_errors=True)


def _secrets_for(archive: Path, given: Path | None, contents: Contents, without_raw: bool) -> dict[str, str] | None:
    """The secrets to put back; None to keep the present ones. Refuses when no key opens the raw words."""
    path = given or secrets_path(archive)
    if path.exists():
        keys: dict[str, str] = json.loads(path.read_text())
        if key_mark(keys.get("raw_key", "")) == contents.raw_key_mark:
            return _unless_set_outside(keys, contents)
    if contents.raw_key_mark in {key_mark(key) for key in settings.RAW_KEY.split(",")} or without_raw:
        return None
    raise OperationRefused(
        _(
            "Le fichier des secrets de cette sauvegarde manque (%(path)s) : sans lui, les textes d’origine resteraient "
            "illisibles. Indiquez-le avec --secrets, ou acceptez cette perte avec --without-raw."
        )
        % {"path": path}
    )


def _unless_set_outside(keys: dict[str, str], contents: Contents) -> dict[str, str] | None:
    outside = os.environ.get("ECOUTE_RAW_KEY", "")
    if outside and contents.raw_key_mark not in {key_mark(key) for key in outside.split(",")}:
        raise OperationRefused(
            _("ECOUTE_RAW_KEY ne contient pas la clé de cette sauvegarde : ajoutez-la, après une virgule.")
        )
    if not outside:
        return keys
    # The others are kept; that of the fingerprints must come back with the rows, or they would not be known again.
    known: dict[str, str] = json.loads((Path(settings.VAR) / "secrets.json").read_text())
    return known | {name: key for name, key in keys.items() if name == "fingerprint_key"}


def _put_secrets(keys: dict[str, str] | None) -> None:
    if keys is None:
        return
    path = Path(settings.VAR) / "secrets.json"
    partial = path.with_name("secrets.json.partial")
    partial.unlink(missing_ok=True)
    with os.fdopen(os.open(partial, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "w") as file:
        json.dump(keys, file)
    partial.replace(path)
