"""When two services become one, the words follow."""

from __future__ import annotations

from ecoute.core.counters import next_numbers
from ecoute.directory.facade import on_merge
from ecoute.verbatims.enums import ImportState
from ecoute.verbatims.models import ImportBatch, Reply, Verbatim, VerbatimService


@on_merge
def follow(kept_id: int, gone_id: int) -> None:
    """Gives the verbatims, replies and imports of the service that goes to the one that stays; new revisions.

    Called by the directory inside its transaction.
    """
    concerned = VerbatimService.objects.filter(service_id=gone_id)
    ids = sorted(concerned.values_list("verbatim_id", flat=True))
    both = VerbatimService.objects.filter(service_id=kept_id, verbatim_id__in=ids).values_list("verbatim_id", flat=True)
    concerned.filter(verbatim_id__in=list(both)).delete()
    concerned.update(service_id=kept_id)
    Reply.objects.filter(service_id=gone_id).update(service_id=kept_id)
    ImportBatch.objects.filter(default_service_id=gone_id).update(default_service_id=kept_id)
    for batch in ImportBatch.objects.exclude(state__in=(ImportState.DONE, ImportState.UNDONE)).exclude(
        service_choices={}
    ):
        choices = {name: kept_id if chosen == gone_id else chosen for name, chosen in batch.service_choices.items()}
        ImportBatch.objects.filter(pk=batch.pk).update(service_choices=choices)
    for pk, revision in zip(ids, next_numbers("verbatims", len(ids)) if ids else [], strict=True):
        Verbatim.objects.filter(pk=pk).update(revision=revision)
