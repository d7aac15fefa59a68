"""Bringing a file in: kept, its columns guessed, read by chunks with a checkpoint, resumed after a crash."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import count
from pathlib import Path
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _

from ecoute.core import audit, files
from ecoute.core.files import StoredFile
from ecoute.core.jobs import Refused, enqueue
from ecoute.core.jobs.meter import Meter
from ecoute.core.models import Job
from ecoute.methods.tables import Mapping, Table, TableError, guess_columns, open_table
from ecoute.methods.tables.shapes import JDMA
from ecoute.verbatims.actions.import_chunks import ChunkWriter, Rejected
from ecoute.verbatims.actions.resolving import CREATE
from ecoute.verbatims.enums import ImportState
from ecoute.verbatims.import_rules import table_problem
from ecoute.verbatims.models import ImportBatch, Source

CHUNK = 1_000  # rows a transaction: what a crash makes read again
FOLDER = "imports"
SLUG = 80  # characters
KIND = "verbatims.import"
RESUMABLE = (ImportState.MAPPED, ImportState.RUNNING, ImportState.FAILED)
_NAMES = {
    "services-publics-plus-2023": "Services Publics +",
    "services-publics-plus-2025": "Services Publics +",
    "services-publics-plus-sample": "Services Publics +",
    "services-publics-plus-replies": "Services Publics + (avec réponses)",
    JDMA: "Je donne mon avis",
}


def start_import(*, chunks: Iterable[bytes], file_name: str, by: Any, sheet: str | None = None) -> ImportBatch:
    """Keeps the file privately as it comes, opens it and guesses its columns.

    Raises ``TableError`` when it is no table (nothing is kept then). The batch waits in state UPLOADED.
    """
    stored = files.store(chunks, folder=FOLDER, original_name=file_name)
    try:
        table = open_table(files.path_of(stored.name), sheet=sheet)
        mapping = guess_columns(table)
    except BaseException:
        files.delete(stored.name)
        raise
    return _record(stored, table, mapping, by)


def start_import_of_path(path: Path, *, by: Any, sheet: str | None = None) -> ImportBatch:
    """As ``start_import``, for a file already on this machine; it is copied, the original is left alone."""
    with path.open("rb") as stream:
        return start_import(chunks=iter(lambda: stream.read(1 << 20), b""), file_name=path.name, by=by, sheet=sheet)


@transaction.atomic
def _record(stored: StoredFile, table: Table, mapping: Mapping, by: Any) -> ImportBatch:
    batch = ImportBatch.objects.create(
        file_name=stored.original_name[:255],
        path=stored.name,
        checksum=stored.sha256,
        size=stored.size,
        format=table.format,
        recognised=mapping.shape,
        reading=_reading(table),
        mapping=mapping.to_json(),
        created_by=by,
    )
    audit.record("verbatims.import_started", by=by, target=batch, file=batch.file_name, size=batch.size)
    return batch


def _reading(table: Table) -> dict[str, Any]:
    return {
        "encoding": table.encoding,
        "separator": table.separator,
        "sheet": table.sheet,
        "sheets": table.sheets,
        "notes": table.notes,
        "columns": table.columns,
    }


def table_of(batch: ImportBatch) -> Table:
    """The batch's file, opened as it was understood. Raises TableError, FileNotFoundError when it is gone."""
    if not batch.path:
        raise FileNotFoundError
    reading = batch.reading
    return open_table(
        files.path_of(batch.path),
        sheet=reading.get("sheet") or None,
        encoding=reading.get("encoding") or None,
        separator=reading.get("separator") or None,
    )


def mapping_of(batch: ImportBatch) -> Mapping:
    return Mapping.from_json(batch.mapping, shape=batch.recognised)


def choose_sheet(batch: ImportBatch, *, sheet: str) -> None:
    """Reads another sheet of the workbook; its columns are guessed anew. Raises TableError."""
    table = open_table(files.path_of(batch.path), sheet=sheet)
    mapping = guess_columns(table)
    batch.reading, batch.mapping, batch.recognised = _reading(table), mapping.to_json(), mapping.shape
    batch.save(update_fields=["reading", "mapping", "recognised"])


def source_name_for(batch: ImportBatch) -> str:
    """A name to propose: the known shape's, else the file's."""
    return _NAMES.get(batch.recognised) or Path(batch.file_name).stem.replace("_", " ").strip().capitalize()[:200]


def ensure_source(name: str, *, solicited: bool = True, among: QuerySet[Source] | None = None) -> Source:
    """The source of that name (its slug decides), made when missing.

    ``among``: the sources that may be added to. One of the same name outside them is left alone: another is made.
    """
    slug = slugify(name)[:SLUG] or "source"
    told = {"name": name.strip()[:200], "solicited": solicited}
    for number in count(1):
        tail = "" if number == 1 else f"-{number}"
        source, made = Source.objects.get_or_create(slug=slug[: SLUG - len(tail)] + tail, defaults=told)
        if made or among is None or among.filter(pk=source.pk).exists():
            return source
    raise AssertionError("counting never ends")


@transaction.atomic
def map_columns(
    batch: ImportBatch,
    *,
    mapping: Mapping,
    source: Source,
    default_service: int | None = None,
    unknown_services: str = CREATE,
) -> None:
    """Keeps how the file is to be read. The batch is then MAPPED."""
    batch.mapping, batch.source, batch.default_service_id = mapping.to_json(), source, default_service
    batch.reading = {**batch.reading, "unknown_services": unknown_services}
    batch.state = ImportState.MAPPED
    batch.save()


@transaction.atomic
def enqueue_import(batch: ImportBatch, *, by: Any) -> Job:
    """Asks for the import to run, or to go on where it stopped. Gives back the job that undoes it when that is live."""
    job = enqueue(KIND, by=by, key=f"verbatims.import.{batch.pk}", batch_id=batch.pk)
    if job.kind != KIND:
        return job
    batch.job, batch.state = job, ImportState.RUNNING
    batch.save(update_fields=["job", "state"])
    return job


def run_import(batch: ImportBatch, progress: Meter) -> dict[str, Any]:
    """Imports what is not yet imported of the batch's file; returns the counts.

    Each chunk is one transaction, which moves the checkpoint too: after a crash, running again loses and doubles
    nothing. Raises ``core.jobs.Refused`` with a sentence when the file cannot be read.
    """
    if batch.state in (ImportState.DONE, ImportState.UNDOING, ImportState.UNDONE):
        return counts_of(batch)
    ImportBatch.objects.filter(pk=batch.pk).update(state=ImportState.RUNNING)
    try:
        _read_all(batch, progress)
    except (TableError, OSError, Rejected) as error:
        ImportBatch.objects.filter(pk=batch.pk).update(state=ImportState.FAILED)
        raise Refused(_sentence(error)) from error
    _finish(batch)
    return counts_of(batch)


def _sentence(error: Exception) -> str:
    if isinstance(error, TableError):
        return table_problem(error)
    if isinstance(error, OSError):
        return _("Le fichier n’est plus là : déposez-le à nouveau.")
    return str(error)


def _read_all(batch: ImportBatch, progress: Meter) -> None:
    table = table_of(batch)
    progress.total(100)
    told = 0
    with ChunkWriter(batch, table, mapping_of(batch)) as writer:
        for seen, item in enumerate(table.records(), start=1):
            writer.take(item, again=seen <= batch.rows_read)
            if seen % CHUNK == 0:
                writer.flush(seen)
                share = min(99, 100 * table.position // max(1, table.size))
                progress.advance(share - told)
                told = share
        writer.flush(writer.seen)
    progress.advance(100 - told)


@transaction.atomic
def _finish(batch: ImportBatch) -> None:
    """The words are in, sealed: the file itself, in clear, is no longer needed."""
    batch.refresh_from_db()
    batch.state, batch.finished_at = ImportState.DONE, timezone.now()
    batch.save(update_fields=["state", "finished_at"])
    audit.record("verbatims.import_done", by=batch.created_by, target=batch, **counts_of(batch))
    path = batch.path
    transaction.on_commit(lambda: files.delete(path))


def counts_of(batch: ImportBatch) -> dict[str, Any]:
    return {
        "rows": batch.rows_read,
        "created": batch.created_count,
        "updated": batch.updated_count,
        "unchanged": batch.unchanged_count,
        "rejected": batch.rejected_count,
    }


@transaction.atomic
def discard_import(batch: ImportBatch, *, by: Any) -> None:
    """Gives up a file of which nothing was imported: the file and its record are deleted."""
    audit.record("verbatims.import_discarded", by=by, target=batch, file=batch.file_name)
    path = batch.path
    batch.delete()
    transaction.on_commit(lambda: files.delete(path))
