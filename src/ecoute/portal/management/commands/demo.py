from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandParser
from rich.console import Console

from ecoute.portal.actions.demo import prepare_demo
from ecoute.portal.actions.findings import print_findings


class Command(BaseCommand):
    help = "Charge le corpus de démonstration, l'analyse et ouvre l'application."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--port", type=int, default=8000, help="port (8000)")
        parser.add_argument("--no-serve", action="store_true", help="préparer sans ouvrir l'application")

    def handle(self, *args: Any, port: int, no_serve: bool, **options: Any) -> None:
        console = Console(highlight=False)
        accounts = prepare_demo()
        print_findings(console)
        console.rule("Comptes de démonstration")
        for account in accounts:
            console.print(f"  {account.label:<24} {account.email:<32} {account.password}")
        console.print()
        if not no_serve:
            call_command("serve", port=port)
