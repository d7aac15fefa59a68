"""The command ``ecoute``. Nothing heavy is imported before a command is chosen: help must come at once."""

from __future__ import annotations

from difflib import get_close_matches
from importlib import import_module

import click

from ecoute import __version__

from .django_commands import DJANGO_COMMANDS, DjangoCommand

# Commands that need neither settings nor database: name → (module:command, what it does).
PLAIN_COMMANDS: dict[str, tuple[str, str]] = {
    "analyze": (
        "ecoute.cli.analyze:analyze",
        "Analyse un fichier de verbatims, sans base ni serveur, et en écrit le rapport.",
    ),
}


class LazyGroup(click.Group):
    """A group whose commands are imported when they are asked for."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return sorted([*PLAIN_COMMANDS, *DJANGO_COMMANDS])

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name in DJANGO_COMMANDS:
            return DjangoCommand(cmd_name, *DJANGO_COMMANDS[cmd_name])
        if cmd_name in PLAIN_COMMANDS:
            module, _, name = PLAIN_COMMANDS[cmd_name][0].partition(":")
            command: click.Command = getattr(import_module(module), name)
            return command
        return None

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The list of commands, from the tables above: no command is imported to be listed."""
        summaries = {name: text for name, (_, text) in {**PLAIN_COMMANDS, **DJANGO_COMMANDS}.items()}
        with formatter.section("Commandes"):
            formatter.write_dl([(name, summaries[name]) for name in self.list_commands(ctx)])

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        if args and not args[0].startswith("-") and self.get_command(ctx, args[0]) is None:
            close = get_close_matches(args[0], self.list_commands(ctx), n=1, cutoff=0.5)
            hint = f" Vouliez-vous dire « {close[0]} » ?" if close else ""
            ctx.fail(f"La commande « {args[0]} » n'existe pas.{hint}")
        return super().resolve_command(ctx, args)


@click.group(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="ecoute")
def main() -> None:
    """Écoute : de ce que les usagers disent d'un service public à ce qui y change, et retour."""
