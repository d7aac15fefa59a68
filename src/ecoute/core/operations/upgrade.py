"""Bringing the database to the version installed."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.core.management import call_command

from ecoute.core import audit
from ecoute.core.operations.backup import back_up
from ecoute.core.operations.restore import is_empty
from ecoute.core.operations.schema import Target, pending_migrations


@dataclass(frozen=True)
class Upgraded:
    """``migrations``: what was applied; ``backup``: where the data was saved first (None: it was not)."""

    migrations: list[Target]
    backup: Path | None


def upgrade(*, with_backup: bool = True, by: Any = None) -> Upgraded:
    """Saves, then migrates. Does nothing when the database is up to date. A migration that fails leaves the backup."""
    pending = pending_migrations()
    if not pending:
        return Upgraded([], None)
    saved = back_up(by=by).path if with_backup and not is_empty() else None
    call_command("migrate", verbosity=0, interactive=False)
    audit.record("core.upgraded", by=by, migrations=[f"{app}.{name}" for app, name in pending])
    return Upgraded(pending, saved)
