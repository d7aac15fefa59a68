from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from ecoute.core.operations.errors import OperationRefused
from ecoute.core.operations.restore import restore


class Command(BaseCommand):
    help = "Rétablit une sauvegarde, faite sur SQLite ou sur PostgreSQL, après en avoir tout vérifié."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("archive", type=Path, help="fichier .tar.gz fait par « ecoute backup »")
        parser.add_argument("--force", action="store_true", help="remplace les données présentes, sauvegardées d’abord")
        parser.add_argument("--secrets", type=Path, help="fichier des secrets (par défaut à côté de l’archive)")
        parser.add_argument("--without-raw", action="store_true", help="accepte de perdre les textes d’origine")

    def handle(
        self,
        *args: Any,
        archive: Path,
        force: bool,
        secrets: Path | None,
        without_raw: bool,
        verbosity: int,
        **options: Any,
    ) -> None:
        def report(table: str, rows: int) -> None:
            if verbosity > 1:
                self.stderr.write(f"{table} : {rows}")

        try:
            done = restore(archive, force=force, secrets=secrets, without_raw=without_raw, report=report)
        except OperationRefused as refusal:
            raise CommandError(str(refusal)) from None
        if done.former:
            self.stdout.write(_("Les données précédentes sont dans %(path)s") % {"path": done.former})
        counts = {"rows": done.rows, "files": done.files, "date": done.made_at}
        self.stdout.write(_("Rétabli, tel qu’au %(date)s (lignes : %(rows)d, fichiers : %(files)d)") % counts)
