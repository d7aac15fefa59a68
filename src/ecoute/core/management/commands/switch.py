"""``ecoute switch text.endpoint on``: turns a feature on or off, and says so in the journal."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils.translation import gettext as _

from ecoute.core.switches import turn


class Command(BaseCommand):
    help = "Met une fonction en marche ou à l’arrêt, sans rien redémarrer."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("name", help="text.endpoint, …")
        parser.add_argument("state", choices=["on", "off"])

    def handle(self, *args: Any, **options: Any) -> None:
        on = options["state"] == "on"
        turn(options["name"], on=on, by=None)
        told = _("%(name)s est en marche.") if on else _("%(name)s est à l’arrêt.")
        self.stdout.write(told % {"name": options["name"]})
