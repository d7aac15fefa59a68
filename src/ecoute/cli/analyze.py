"""``ecoute analyze FILE``: read, analyse, write the report. No settings, no database, no server, no network."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from ecoute import __version__

if TYPE_CHECKING:
    from ecoute.methods.reports import Figures, Wording
    from ecoute.methods.reports.reading import Progress

FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
TARGET = click.Path(dir_okay=False, writable=True, path_type=Path)


@click.command()
@click.argument("file", type=FILE)
@click.option("--out", type=TARGET, help="Rapport HTML à écrire (par défaut : à côté du fichier, « -ecoute.html »).")
@click.option("--json", "json_out", type=TARGET, help="Écrire aussi les chiffres en JSON dans ce fichier.")
@click.option("--lang", type=click.Choice(["fr", "en"]), default="fr", show_default=True, help="Langue du rapport.")
@click.option("--sheet", help="Feuille d'un classeur (par défaut : la première qui contient un tableau).")
@click.option("--text-column", help="Colonne des verbatims, si elle n'est pas bien devinée.")
@click.option("--date-column", help="Colonne de la date.")
@click.option("--service-column", help="Colonne du service.")
@click.option("--satisfaction-column", help="Colonne de la satisfaction déclarée.")
@click.option("--jobs", type=click.IntRange(1), help="Processus à employer (par défaut : un par cœur, quatre au plus).")
def analyze(
    file: Path,
    out: Path | None,
    json_out: Path | None,
    lang: str,
    sheet: str | None,
    jobs: int | None,
    **columns: Any,
) -> None:
    """Analyse un fichier de verbatims (CSV, TSV, XLSX, ODS, JSON, JSONL, Parquet) et en écrit le rapport.

    Tout se passe sur cette machine : ni base de données, ni serveur, ni réseau.
    """
    from ecoute.methods.reports import Wording

    words = Wording(lang)
    target = out or file.with_name(f"{file.stem}-ecoute.html")
    _check_targets(file, [path for path in (target, json_out) if path], words)
    chosen = {name.removesuffix("_column"): column for name, column in columns.items() if column}
    figures = _analysed(file, sheet, chosen, jobs, words)
    try:
        _write(figures, words, target, json_out)
    except OSError as problem:
        raise click.ClickException(words.say("cli_not_written", reason=problem.strerror)) from problem
    _tell(figures, words, [path for path in (target, json_out) if path])


def _check_targets(file: Path, targets: list[Path], words: Wording) -> None:
    """Refuse before the long work what could not be written after it, and never write over the file itself."""
    for target in targets:
        if target.resolve() == file.resolve():
            raise click.ClickException(words.say("cli_same_file"))
        if not os.access(target.absolute().parent, os.W_OK):
            raise click.ClickException(words.say("cli_no_folder", folder=target.absolute().parent))


def _write(figures: Figures, words: Wording, target: Path, json_out: Path | None) -> None:
    from ecoute.methods.reports import render_html, to_json

    today = date.today()  # noqa: DTZ011 the day where the person sits
    html = render_html(figures, language=words.language, version=__version__, made_on=today)
    target.write_text(html, encoding="utf-8")
    if json_out:
        found = to_json(figures, language=words.language, version=__version__, made_on=today)
        json_out.write_text(json.dumps(found, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")


def _analysed(file: Path, sheet: str | None, chosen: dict[str, str], jobs: int | None, words: Wording) -> Figures:
    """The figures of the file. Leaves with a message of one sentence when the file cannot be used."""
    from ecoute.methods.reports import NoTextError, UnknownColumnError, analyse, read_file
    from ecoute.methods.tables import TableError

    with _progress(words) as progress:
        try:
            reading = read_file(file, sheet=sheet, chosen=chosen, progress=progress)
        except TableError as problem:
            reason = words.known(f"table_{problem.code}", problem.code)
            raise click.ClickException(words.say("cli_unreadable", file=file.name, reason=reason)) from problem
        except NoTextError as problem:
            listed = ", ".join(problem.columns)
            raise click.ClickException(words.say("cli_no_text", columns=listed)) from problem
        except UnknownColumnError as problem:
            listed = ", ".join(problem.columns)
            message = words.say("cli_no_column", column=problem.column, columns=listed)
            raise click.ClickException(message) from problem
        if not reading.entries:
            raise click.ClickException(words.say("cli_nothing", rows=len(reading.set_aside)))
        return analyse(reading, language=words.language, progress=progress, processes=jobs)


@contextmanager
def _progress(words: Wording) -> Iterator[Progress]:
    """One bar a step on standard error: what is done, out of how many, time left."""
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn()
    with Progress(*columns, console=Console(stderr=True)) as bar:
        tasks: dict[str, Any] = {}

        def tell(step: str, done: float, total: float) -> None:
            if step not in tasks:
                tasks[step] = bar.add_task(words.say(f"step_{step}"), total=total)
            bar.update(tasks[step], completed=done, total=total)

        yield tell


def _tell(figures: Figures, words: Wording, written: list[Path]) -> None:
    """What was found, in the terminal."""
    from rich.console import Console
    from rich.markup import escape

    from ecoute.methods.reports import headlines

    console = Console(highlight=False)
    whole = words.locale.integer
    console.print()
    console.print(f"[bold]{whole(figures.analysed)} {words.say('tile_verbatims')}[/bold]", end="")
    if figures.set_aside:
        told = words.counted("tile_set_aside", len(figures.set_aside), rows=whole(figures.source.rows))
        console.print(f" ({told})", end="")
    console.print()
    for headline in headlines(figures, words):
        console.print(f"  • {escape(headline.text)}", soft_wrap=True)
        console.print(f"    [dim]{escape(headline.detail)}[/dim]", soft_wrap=True)
    console.print()
    console.print(f"[dim]{words.say('volunteers')}[/dim]", soft_wrap=True)
    for path in written:
        console.print(f"→ {escape(str(path))}", soft_wrap=True)
