"""Undoing an import: what it created is withdrawn and erased, what it changed is put back."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils import timezone

from ecoute.core import audit, files
from ecoute.core.jobs import enqueue
from ecoute.core.jobs.meter import Meter
from ecoute.core.models import Job
from ecoute.verbatims.actions.former_state import restore, withdraw
from ecoute.verbatims.enums import ImportState
from ecoute.verbatims.models import ImportBatch, ImportChange, ImportReject

CHUNK = 500
# RUNNING and UNDOING: their job was stopped half-way.
UNDOABLE = (ImportState.RUNNING, ImportState.FAILED, ImportState.DONE, ImportState.UNDOING)
KIND = "verbatims.undo_import"


@transaction.atomic
def enqueue_undo(batch: ImportBatch, *, by: Any) -> Job:
    """Asks for the batch to be undone. From then on it can only be undone: going on importing after a half-done undo
    would leave out what was undone. Gives back the import's own job, with nothing changed, when that is still live.
    """
    job = enqueue(KIND, by=by, key=f"verbatims.import.{batch.pk}", batch_id=batch.pk)
    if job.kind != KIND:
        return job
    audit.record("verbatims.import_undo_asked", by=by, target=batch, file=batch.file_name)
    ImportBatch.objects.filter(pk=batch.pk).update(job=job, state=ImportState.UNDOING)
    return job


def undo_import(batch: ImportBatch, progress: Meter, *, by: Any) -> dict[str, Any]:
    """Undoes ``batch``, last change first; returns how many verbatims were withdrawn, restored, kept.

    A verbatim that a later import has changed is kept as that import left it, which then answers for it: undoing that
    one too takes the words out, or puts back what stood before both. Chunk by chunk, each a transaction that forgets
    the changes it undid: running again after a crash goes on from there.
    """
    counts = {"withdrawn": 0, "restored": 0, "kept": 0}
    ImportBatch.objects.filter(pk=batch.pk).update(state=ImportState.UNDOING)
    progress.total(batch.changes.count())
    while undone := _undo_chunk(batch, counts):
        progress.advance(undone)
    with transaction.atomic():
        ImportReject.objects.filter(batch=batch).delete()
        ImportBatch.objects.filter(pk=batch.pk).update(state=ImportState.UNDONE, undone_at=timezone.now(), path="")
        audit.record("verbatims.import_undone", by=by, target=batch, **counts)
        path = batch.path  # of an import cut short, in clear: nobody goes on with it
        transaction.on_commit(lambda: files.delete(path) if path else None)
    return counts


@transaction.atomic
def _undo_chunk(batch: ImportBatch, counts: dict[str, int]) -> int:
    """Read and undone in one transaction: a verbatim analysed meanwhile is not written over."""
    changes = list(batch.changes.order_by("-id").select_related("verbatim")[:CHUNK])
    for name, count in _undo(batch, changes).items():
        counts[name] += count
    ImportChange.objects.filter(pk__in=[change.pk for change in changes]).delete()
    return len(changes)


def _undo(batch: ImportBatch, changes: list[ImportChange]) -> dict[str, int]:
    others = ImportChange.objects.filter(verbatim_id__in=[change.verbatim_id for change in changes])
    # By change, not by batch: an import cut short may go on after one that began later.
    newest_first = others.exclude(batch=batch).exclude(batch__state=ImportState.UNDONE).order_by("-id")
    mine: list[ImportChange] = []
    later: dict[int, list[ImportChange]] = {}
    for other in newest_first:
        later.setdefault(other.verbatim_id, []).append(other)
    for change in changes:
        after = [other for other in later.get(change.verbatim_id, []) if other.pk > change.pk]
        if not after:
            mine.append(change)
        else:
            after[-1].created, after[-1].before = change.created, change.before
            after[-1].save(update_fields=["created", "before"])
    created = [change.verbatim_id for change in mine if change.created]
    withdraw(created)
    former = [change for change in mine if not change.created and change.before is not None]
    for change in former:
        restore(change.verbatim, bytes(change.before))  # type: ignore[arg-type]
    return {"withdrawn": len(created), "restored": len(former), "kept": len(changes) - len(mine)}
