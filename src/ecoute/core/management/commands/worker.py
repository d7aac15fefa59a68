import logging
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils.translation import gettext as _

from ecoute.core.jobs import run_all
from ecoute.core.jobs.worker import run_worker


class Command(BaseCommand):
    help = "Traite les travaux en attente (imports, analyses, envois), jusqu’à Ctrl-C."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--once", action="store_true", help="traite ce qui attend, puis s’arrête")

    def handle(self, *args: Any, once: bool, verbosity: int, **options: Any) -> None:
        if once:
            self.stdout.write(_("Travaux traités : %(count)d") % {"count": len(run_all())})
            return
        if verbosity > 1:
            logging.getLogger("ecoute.jobs").setLevel(logging.INFO)
        run_worker()
