"""Files brought and never imported: their words are in clear on the disk, so they do not stay."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone

from ecoute.core import files
from ecoute.core.models import Job
from ecoute.verbatims.actions.importing import discard_import
from ecoute.verbatims.enums import ImportState
from ecoute.verbatims.models import ImportBatch

WAITING = timedelta(days=7)  # for columns to be checked
BROKEN = timedelta(days=30)  # for an import cut short to be resumed


def sweep_abandoned() -> int:
    """Discards files whose columns nobody confirmed for a week, and deletes those of imports cut short a month ago.
    Returns how many."""
    now = timezone.now()
    waiting = (ImportState.UPLOADED, ImportState.MAPPED)
    forgotten = list(ImportBatch.objects.filter(state__in=waiting, rows_read=0, created_at__lt=now - WAITING))
    for batch in forgotten:
        discard_import(batch, by=None)
    halfway = (ImportState.RUNNING, ImportState.FAILED, ImportState.UNDOING, ImportState.UNDONE)
    broken = ImportBatch.objects.filter(state__in=halfway, created_at__lt=now - BROKEN).exclude(path="")
    broken = broken.exclude(job__state__in=[Job.State.QUEUED, Job.State.RUNNING])
    for batch in broken:
        files.delete(batch.path)
    return len(forgotten) + broken.update(path="")
