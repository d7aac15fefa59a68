from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils.translation import gettext as _

from ecoute import __version__
from ecoute.core.operations.upgrade import upgrade


class Command(BaseCommand):
    help = "Met la base de données au niveau de la version installée, après une sauvegarde."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--no-backup", action="store_true", help="sans sauvegarde préalable")

    def handle(self, *args: Any, no_backup: bool, **options: Any) -> None:
        done = upgrade(with_backup=not no_backup)
        if done.backup:
            self.stdout.write(_("Sauvegarde faite avant la mise à niveau : %(path)s") % {"path": done.backup})
        for app, name in done.migrations:
            self.stdout.write(f"  {app} : {name}")
        done_text = _("La base de données est au niveau de la version %(version)s.")
        nothing_text = _("Rien à faire : la base est déjà à la version %(version)s.")
        self.stdout.write((done_text if done.migrations else nothing_text) % {"version": __version__})
