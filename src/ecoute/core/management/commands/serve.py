import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from ecoute.core.operations.errors import OperationRefused
from ecoute.core.operations.serving import serve


class Command(BaseCommand):
    help = "Lance Écoute : le serveur web et un programme de traitement, arrêtés ensemble par Ctrl-C."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--host", default="127.0.0.1", help="adresse d’écoute (127.0.0.1)")
        parser.add_argument("--port", type=int, default=8000, help="port (8000)")
        parser.add_argument("--workers", type=int, default=1, help="nombre de processus du serveur web (1)")
        parser.add_argument("--no-worker", action="store_true", help="sans traitement (« ecoute worker » à part)")

    def handle(self, *args: Any, host: str, port: int, workers: int, no_worker: bool, **options: Any) -> None:
        def ready() -> None:
            address = f"http://{f'[{host}]' if ':' in host else host}:{port}/"
            self.stdout.write(_("Écoute répond sur %(address)s – Ctrl-C pour arrêter.") % {"address": address})
            self.stdout.flush()

        try:
            code = serve(host=host, port=port, workers=workers, with_worker=not no_worker, ready=ready)
        except OperationRefused as refusal:
            raise CommandError(str(refusal)) from None
        sys.exit(code)
