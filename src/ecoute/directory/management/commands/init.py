import getpass
import sys
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from ecoute.directory.actions.installing import generated_password, has_administrator, install
from ecoute.directory.errors import Refused


class Command(BaseCommand):
    help = "Prépare la base de données et crée le premier compte d’administration."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--email", help="adresse électronique (demandée sinon)")
        parser.add_argument("--name", help="nom affiché (demandé sinon)")
        parser.add_argument("--password-stdin", action="store_true", help="lit le mot de passe sur l’entrée standard")
        parser.add_argument("--generate-password", action="store_true", help="invente un mot de passe et l’affiche")
        parser.add_argument("--another", action="store_true", help="ajoute un administrateur s’il y en a déjà un")

    def handle(self, *args: Any, another: bool, **options: Any) -> None:
        call_command("migrate", verbosity=0, interactive=False)
        if has_administrator() and not another:
            raise CommandError(
                _(
                    "Cette installation a déjà un administrateur. Il peut en inviter d’autres depuis la page des "
                    "comptes ; s’il n’a plus accès, ajoutez --another."
                )
            )
        email = options["email"] or self._ask(_("Adresse électronique : "))
        name = options["name"] or self._ask(_("Nom affiché : "))
        password, shown = self._password(options)
        try:
            sentences = install(email=email, name=name, password=password)
        except (ValidationError, Refused) as error:
            messages = error.messages if isinstance(error, ValidationError) else [str(error)]
            raise CommandError(_("Le compte n’a pas été créé : %(why)s") % {"why": " ".join(messages)}) from None
        for sentence in sentences:
            self.stdout.write(sentence)
        self.stdout.write(_("Compte d’administration créé : %(email)s") % {"email": email})
        if shown:
            self.stdout.write(_("Mot de passe (notez-le, il n’est affiché qu’une fois) : %(it)s") % {"it": password})
        self.stdout.write(_("Lancez maintenant « ecoute serve », puis installez votre second facteur."))

    def _ask(self, question: str) -> str:
        if not sys.stdin.isatty():
            raise CommandError(_("Indiquez --email et --name, ou lancez cette commande dans un terminal."))
        return input(question).strip()

    def _password(self, options: dict[str, Any]) -> tuple[str, bool]:
        """The password, and whether to show it."""
        if options["password_stdin"]:
            return sys.stdin.readline().rstrip("\n"), False
        if options["generate_password"] or not sys.stdin.isatty():
            return generated_password(), True
        password = getpass.getpass(_("Mot de passe (12 caractères au moins) : "))
        if password != getpass.getpass(_("Encore une fois : ")):
            raise CommandError(_("Les deux mots de passe diffèrent. Recommencez."))
        return password, False
