"""Tables of an installation: where their migrations stand, and a fresh set of them to fill."""

import os
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

from django.apps.registry import Apps
from django.db import connection, transaction
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.loader import MigrationLoader
from django.utils.translation import gettext as _

from ecoute.core.operations.errors import OperationRefused

Target = tuple[str, str]


def pending_migrations() -> list[Target]:
    """Migrations that the installed version brings and the database has not seen."""
    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    return [(migration.app_label, migration.name) for migration, _backwards in plan]


def present_state() -> tuple[Apps, list[Target]]:
    """The models as the database has them now, whatever the version installed, and the migrations that lead there.

    Raises OperationRefused when the database comes from a newer version.
    """
    loader = MigrationLoader(connection)
    applied = set(loader.applied_migrations or ())
    replaced = {old for new in loader.replacements.values() for old in new.replaces}
    for app, name in sorted(applied - loader.graph.nodes.keys() - replaced):
        if app in loader.migrated_apps:
            raise OperationRefused(
                _("La base de données est d’une version plus récente que le programme (%(name)s) : mettez-le à jour.")
                % {"name": f"{app}.{name}"}
            )
    nodes = [node for node in loader.graph.nodes if node in applied]
    return loader.project_state(nodes).apps, [node for node in nodes if not _is_followed(loader, node, applied)]


def _is_followed(loader: MigrationLoader, node: Target, applied: set[Target]) -> bool:
    return any(child.key[0] == node[0] and child.key in applied for child in loader.graph.node_map[node].children)


def check_known(migrations: list[list[str]], version: str) -> list[Target]:
    """The same migrations as targets. Raises OperationRefused when this version does not know one of them."""
    known = MigrationLoader(connection).graph.nodes
    targets = [(app, name) for app, name in migrations]
    for target in targets:
        if target not in known:
            raise OperationRefused(
                _("Cette sauvegarde vient d’une version plus récente d’Écoute (%(version)s) : installez-la d’abord.")
                % {"version": version}
            )
    return targets


def fresh_tables() -> AbstractContextManager[None]:
    """Inside, the database is empty; it takes the place of the present one at the end, or never if something fails."""
    return _fresh_file() if connection.vendor == "sqlite" else _fresh_schema()


@contextmanager
def _fresh_file() -> Iterator[None]:
    """A new SQLite file, renamed over the old one at the end."""
    name = str(connection.settings_dict["NAME"])
    new = Path(f"{name}.restoring")
    _remove(new)
    connection.close()
    connection.settings_dict["NAME"] = str(new)
    try:
        yield
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        connection.close()
        _sync(new)
        for rest in ("-wal", "-shm"):
            Path(name + rest).unlink(missing_ok=True)
        new.replace(name)
    finally:
        connection.close()
        connection.settings_dict["NAME"] = name
        _remove(new)


def _remove(path: Path) -> None:
    for rest in ("", "-wal", "-shm"):
        Path(f"{path}{rest}").unlink(missing_ok=True)


def _sync(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


@contextmanager
def _fresh_schema() -> Iterator[None]:
    """On PostgreSQL everything, tables included, is one transaction."""
    with transaction.atomic():
        with connection.cursor() as cursor:
            for table in connection.introspection.table_names(cursor):
                cursor.execute(f"DROP TABLE IF EXISTS {connection.ops.quote_name(table)} CASCADE")
        yield
