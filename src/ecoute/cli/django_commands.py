"""Commands that work on the database: each is a Django management command under a public name.

``ecoute import FILE`` becomes ``manage.py import_verbatims FILE``: arguments, help and exit code pass through.
"""

from __future__ import annotations

import os
from typing import Any

import click

SETTINGS = "ecoute.config.settings.base"

# Public name → (management command, what it does).
DJANGO_COMMANDS: dict[str, tuple[str, str]] = {
    "init": ("init", "Prépare la base de données et crée le premier compte d'administration."),
    "import": ("import_verbatims", "Importe un fichier de verbatims (CSV, XLSX, ODS, JSONL, Parquet…)."),
    "serve": ("serve", "Lance l'application et son traitement des tâches."),
    "worker": ("worker", "Traite les tâches en attente (imports, analyses, envois)."),
    "backup": ("backup", "Sauvegarde les données et les fichiers dans une archive."),
    "restore": ("restore", "Rétablit une sauvegarde."),
    "upgrade": ("upgrade", "Met la base de données au niveau de la version installée."),
    "check": ("check", "Vérifie l'installation ; avec --deploy, ce qui manque à une mise en production."),
    "switch": ("switch", "Met une fonction en marche ou à l'arrêt, sans rien redémarrer."),
    "demo": ("demo", "Charge le corpus de démonstration, l'analyse et ouvre l'application."),
}

# The demonstration is an installation of its own: its accounts and words never mix with real ones.
ENVIRONMENT: dict[str, dict[str, str]] = {"demo": {"ECOUTE_DEMO": "1", "ECOUTE_VAR": "var/demo"}}


class DjangoCommand(click.Command):
    """Hands every argument over to the management command and leaves with its exit code."""

    def __init__(self, name: str, target: str, summary: str) -> None:
        super().__init__(name, help=summary, callback=None)
        self.target = target

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Nothing is read here, not even ``--help``: the management command answers it better."""
        ctx.args = list(args)
        return []

    def invoke(self, ctx: click.Context) -> Any:
        ctx.exit(run_management(self.name or self.target, self.target, ctx.args))


def run_management(public: str, target: str, arguments: list[str]) -> int:
    """Run a management command under its public name; returns its exit code (0: done).

    Sets ``DJANGO_SETTINGS_MODULE`` when nobody did. Errors are written on standard error by Django.
    """
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", SETTINGS)
    for name, value in ENVIRONMENT.get(public, {}).items():
        os.environ.setdefault(name, value)
    from django.core.management import ManagementUtility

    class Utility(ManagementUtility):
        """Django's, but usage lines say the name that the user typed."""

        def fetch_command(self, subcommand: str) -> Any:
            return super().fetch_command(target)

    try:
        Utility(["ecoute", public, *arguments]).execute()
    except SystemExit as leaving:
        return _exit_code(leaving)
    return 0


def _exit_code(leaving: SystemExit) -> int:
    if isinstance(leaving.code, str):
        click.echo(leaving.code, err=True)
        return 1
    return leaving.code or 0
