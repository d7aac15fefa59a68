"""Jobs of the listening base: each fetches what it needs and delegates to an action."""

from typing import Any

from ecoute.core.jobs import Progress, job
from ecoute.verbatims.actions.abandoned import sweep_abandoned
from ecoute.verbatims.actions.analyse import analyse_waiting, enqueue_analysis
from ecoute.verbatims.actions.analysers import current_analyser
from ecoute.verbatims.actions.importing import run_import
from ecoute.verbatims.actions.learning import learn_active, learn_first
from ecoute.verbatims.actions.masked_replies import mask_replies_again
from ecoute.verbatims.actions.masking import embed_again
from ecoute.verbatims.actions.previewing import preview_recoding
from ecoute.verbatims.actions.recode import recode_all
from ecoute.verbatims.actions.reembed import reembed
from ecoute.verbatims.actions.undoing import undo_import
from ecoute.verbatims.models import ImportBatch


@job("verbatims.analyse")
def analyse(progress: Progress) -> dict[str, Any]:
    learn_first(progress)
    return analyse_waiting(progress)


@job("verbatims.recode")
def recode(progress: Progress) -> dict[str, Any]:
    return recode_all(progress)


@job("verbatims.preview_recoding")
def preview(progress: Progress) -> dict[str, Any]:
    return preview_recoding(progress)


@job("verbatims.learn")
def learn(progress: Progress) -> dict[str, Any]:
    return learn_active(progress)


@job("verbatims.embed_again")
def embed_one_again(progress: Progress, *, verbatim_id: int) -> dict[str, Any]:
    mask_replies_again(verbatim_id, current_analyser().pipeline)
    embed_again(verbatim_id)
    return {}


@job("verbatims.reembed")
def reembed_all(progress: Progress) -> dict[str, Any]:
    return reembed(progress)


@job("verbatims.import")
def import_file(progress: Progress, *, batch_id: int) -> dict[str, Any]:
    counts = run_import(ImportBatch.objects.get(pk=batch_id), progress)
    enqueue_analysis(by=progress.by)
    return counts


@job("verbatims.undo_import")
def undo(progress: Progress, *, batch_id: int) -> dict[str, Any]:
    counts = undo_import(ImportBatch.objects.get(pk=batch_id), progress, by=progress.by)
    enqueue_analysis(by=progress.by)
    return counts


@job("verbatims.sweep_uploads")
def sweep_uploads(progress: Progress) -> dict[str, Any]:
    return {"discarded": sweep_abandoned()}
