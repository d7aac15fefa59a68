from typing import Any

from django.core.management.commands import check
from django.utils.translation import gettext as _


class Command(check.Command):
    """Django's check, with a sentence at the end that says where one stands."""

    help = "Vérifie l’installation ; avec --deploy, ce qui manque à une mise en production, et quoi faire."

    def handle(self, *args: Any, **options: Any) -> None:
        super().handle(*args, **options)
        if options["deploy"]:
            self.stdout.write(_("Rien n’empêche la mise en production. Lisez les avertissements, s’il y en a."))
