from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from ecoute.core.operations.backup import back_up
from ecoute.core.operations.errors import OperationRefused


class Command(BaseCommand):
    help = "Sauvegarde les données et les fichiers dans une archive, sans interrompre personne."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("path", nargs="?", type=Path, help="fichier .tar.gz (par défaut sous var/backups/)")
        parser.add_argument("--no-secrets", action="store_true", help="n’écrit pas le fichier des secrets")

    def handle(self, *args: Any, path: Path | None, no_secrets: bool, verbosity: int, **options: Any) -> None:
        def report(table: str, rows: int) -> None:
            if verbosity > 1:
                self.stderr.write(f"{table} : {rows}")

        try:
            made = back_up(path, with_secrets=not no_secrets, report=report)
        except OperationRefused as refusal:
            raise CommandError(str(refusal)) from None
        counts = {"path": made.path, "rows": made.rows, "files": made.files}
        self.stdout.write(_("Sauvegardé : %(path)s (lignes : %(rows)d, fichiers : %(files)d)") % counts)
        if made.secrets:
            self.stdout.write(
                _(
                    "Secrets : %(path)s – gardez-les ailleurs que la sauvegarde : ensemble, ils donnent les textes "
                    "d’origine ; sans eux, ces textes sont perdus."
                )
                % {"path": made.secrets}
            )
