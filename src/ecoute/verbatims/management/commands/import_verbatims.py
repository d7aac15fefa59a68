"""``ecoute import FILE``: the same import as in the browser, for administrators and nightly deliveries."""

from __future__ import annotations

import hashlib
from argparse import ArgumentParser
from collections import Counter
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from ecoute.core.jobs import Refused
from ecoute.core.jobs.meter import TerminalMeter
from ecoute.core.sheets import csv_lines
from ecoute.directory.facade import match_service, service_nodes, suggest_services
from ecoute.methods.tables import Field, Mapping, RecordReader, Reject, TableError
from ecoute.verbatims.actions.analyse import enqueue_analysis
from ecoute.verbatims.actions.importing import (
    RESUMABLE,
    discard_import,
    ensure_source,
    map_columns,
    mapping_of,
    run_import,
    source_name_for,
    start_import_of_path,
    table_of,
)
from ecoute.verbatims.actions.resolving import ATTACH, CREATE, REJECT
from ecoute.verbatims.import_rules import field_words, reject_words, table_problem
from ecoute.verbatims.models import ImportBatch
from ecoute.verbatims.queries.imports import done_before, reject_rows


class Command(BaseCommand):
    help = "Importe un fichier de verbatims : CSV, TSV, XLSX, ODS, JSONL ou Parquet."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, help="le fichier")
        parser.add_argument(
            "--source", default="", help="d’où viennent ces verbatims (nom d’une source, créée au besoin)"
        )
        parser.add_argument(
            "--service", default="", help="service auquel rattacher ce qui ne désigne aucun service connu"
        )
        parser.add_argument("--strict", action="store_true", help="rejeter les lignes qui nomment un service inconnu")
        parser.add_argument(
            "--mapping", default="", help="text=COLONNE,date=COLONNE… pour corriger les colonnes devinées"
        )
        parser.add_argument("--sheet", default=None, help="feuille du classeur")
        parser.add_argument("--dry-run", action="store_true", help="lire et compter, sans rien écrire")
        parser.add_argument("--yes", action="store_true", help="ne rien demander")

    def handle(self, *args: Any, **options: Any) -> None:
        path: Path = options["file"]
        if not path.is_file():
            raise CommandError(_("Le fichier « %(path)s » n’existe pas.") % {"path": path})
        batch = self._unfinished(path) or self._start(path, options)
        if options["dry_run"]:
            self._rehearse(batch)
            return
        if not options["yes"] and not batch.rows_read and not self._agreed():
            discard_import(batch, by=None)
            return
        self._run(batch)

    def _unfinished(self, path: Path) -> ImportBatch | None:
        """The same file, whose import was cut short: go on with it."""
        checksum = _checksum(path)
        cut_short = ImportBatch.objects.filter(checksum=checksum, created_by=None, state__in=RESUMABLE)
        batch = cut_short.order_by("-id").first()
        if batch is not None:
            self.stdout.write(
                _("Reprise de l’import n° %(id)d à la ligne %(row)d.") % {"id": batch.pk, "row": batch.rows_read + 1}
            )
        elif done_before(checksum):
            self.stdout.write(_("Ce fichier a déjà été importé : seules les lignes nouvelles ou modifiées compteront."))
        return batch

    def _start(self, path: Path, options: dict[str, Any]) -> ImportBatch:
        service = self._service(options["service"])
        try:
            batch = start_import_of_path(path, by=None, sheet=options["sheet"])
        except TableError as error:
            raise CommandError(table_problem(error)) from error
        try:
            mapping = self._mapping(batch, options["mapping"])
        except CommandError:
            discard_import(batch, by=None)
            raise
        source = ensure_source(options["source"] or source_name_for(batch), solicited=is_solicited(batch))
        unknown = REJECT if options["strict"] else ATTACH if service else CREATE
        map_columns(batch, mapping=mapping, source=source, default_service=service, unknown_services=unknown)
        self._describe(batch, mapping)
        return batch

    def _service(self, name: str) -> int | None:
        if not name:
            return None
        by_slug = next((node.id for node in service_nodes() if node.slug == name), None)
        found = by_slug or match_service(name)
        if found is None:
            close = ", ".join(f"« {node.name} »" for node, _closeness in suggest_services(name, limit=3))
            hint = _(" Vouliez-vous dire %(names)s ?") % {"names": close} if close else ""
            raise CommandError(_("Le service « %(name)s » n’est pas dans l’annuaire.") % {"name": name} + hint)
        return found

    def _mapping(self, batch: ImportBatch, told: str) -> Mapping:
        mapping, columns = mapping_of(batch), table_of(batch).columns
        for part in filter(None, (piece.strip() for piece in told.split(","))):
            name, _equals, column = part.partition("=")
            if name not in list(Field):
                known = ", ".join(field.value for field in Field)
                raise CommandError(
                    _("« %(name)s » n’est pas un champ. Champs : %(known)s.") % {"name": name, "known": known}
                )
            if column not in columns:
                raise CommandError(
                    _("La colonne « %(column)s » n’est pas dans le fichier. Colonnes : %(columns)s.")
                    % {"column": column, "columns": ", ".join(columns)}
                )
            mapping = mapping.with_column(column, Field(name))
        if not mapping.columns(Field.TEXT):
            raise CommandError(_("Aucune colonne ne contient de texte. Indiquez-la : --mapping text=COLONNE"))
        return mapping

    def _describe(self, batch: ImportBatch, mapping: Mapping) -> None:
        kind = batch.recognised or _("format inconnu, colonnes devinées")
        self.stdout.write(f"{batch.file_name} : {batch.format}, {batch.reading['encoding'] or '–'}, {kind}")
        for name, columns in mapping.fields.items():
            if name not in (Field.EXTRA, Field.IGNORE):
                self.stdout.write(f"  {field_words(name)} ← {', '.join(columns)}")
        assert batch.source is not None
        self.stdout.write(_("Source : %(name)s") % {"name": batch.source.name})

    def _agreed(self) -> bool:
        return input(_("Importer ? [O/n] ")).strip().lower() in ("", "o", "oui", "y", "yes")

    def _rehearse(self, batch: ImportBatch) -> None:
        table = table_of(batch)
        made = list(_tally(RecordReader(table, mapping_of(batch)).records()).items())
        discard_import(batch, by=None)
        for reason, count in sorted(made, key=lambda item: -item[1]):
            self.stdout.write(f"{count:>9}  {reject_words(reason) if reason else _('verbatims à importer')}")
        self.stdout.write(_("Rien n’a été écrit (essai)."))

    def _run(self, batch: ImportBatch) -> None:
        try:
            with TerminalMeter(_("Import")) as meter:
                counts = run_import(batch, meter)
        except Refused as refusal:
            raise CommandError(str(refusal)) from refusal
        except KeyboardInterrupt:
            raise CommandError(_("Interrompu. La même commande reprendra où elle s’est arrêtée.")) from None
        enqueue_analysis(by=None)
        self.stdout.write(
            _("%(created)d créés, %(updated)d mis à jour, %(unchanged)d déjà connus, %(rejected)d rejetés.") % counts
        )
        if counts["rejected"]:
            self.stdout.write(_("Lignes rejetées : %(path)s") % {"path": _write_rejects(batch)})
        self.stdout.write(_("Les verbatims seront analysés par « ecoute worker » ou « ecoute serve »."))


def is_solicited(batch: ImportBatch) -> bool:
    """People speak by themselves on Services Publics +; elsewhere they were asked, unless somebody says otherwise."""
    return not batch.recognised.startswith("services-publics-plus")


def _checksum(path: Path) -> str:
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def _tally(items: Any) -> Counter[str]:
    return Counter(item.reason if isinstance(item, Reject) else "" for item in items)


def _write_rejects(batch: ImportBatch) -> Path:
    """In the current folder, readable by its owner alone: rejected rows are raw words."""
    path = Path(f"rejets-import-{batch.pk}.csv").resolve()
    path.touch(mode=0o600)
    header, rows = reject_rows(batch, with_words=True)
    with path.open("w", encoding="utf-8", newline="") as out:
        out.writelines(csv_lines(header, rows))
    return path
