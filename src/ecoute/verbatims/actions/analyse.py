"""Understanding what was received: mask, cut, code, store, index. Words wait in the database until this has run."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from typing import Any

from django.db import transaction
from django.utils import timezone

from ecoute.core.counters import next_numbers
from ecoute.core.jobs import enqueue
from ecoute.core.jobs.meter import Meter
from ecoute.core.models import Job
from ecoute.methods.text.documents import AnalysedDocument, Document
from ecoute.methods.text.ports import EngineUnavailableError
from ecoute.verbatims.actions.analysers import Analyser, current_analyser
from ecoute.verbatims.actions.findings import find_across
from ecoute.verbatims.actions.former_state import UNREAD, erase_analysis
from ecoute.verbatims.actions.kept_decisions import set_aside
from ecoute.verbatims.actions.masked_bodies import decisions_in_force, follow_decisions
from ecoute.verbatims.actions.masked_replies import masked_replies
from ecoute.verbatims.actions.raw_content import RawContent, read_raw_contents
from ecoute.verbatims.actions.store_analysis import Understood, store
from ecoute.verbatims.models import AnalysisRun, MaskingDecision, Verbatim
from ecoute.verbatims.pipelines import profile
from ecoute.verbatims.queries.waiting import waiting_count, waiting_ids

BATCH = 200
logger = logging.getLogger(__name__)


def enqueue_analysis(*, by: Any) -> Job:
    """Asks for every waiting verbatim to be analysed; asked while that runs, it runs once more afterwards."""
    return enqueue("verbatims.analyse", by=by, key="verbatims.analyse", again=True)


def analyse_waiting(progress: Meter) -> dict[str, Any]:
    """Analyses all that waits, batch by batch, then what only the whole shows (near-duplicates, new subjects).

    Each batch is a transaction of its own: a crash loses at most the batch under way, and running again goes on from
    there. Returns the counts as JSON for the job's result.
    """
    analyser = current_analyser()
    run = AnalysisRun.objects.create(
        codebook_id=analyser.codebook_id,
        codebook_version=analyser.codebook_version,
        engines=analyser.engines,
        profile=profile(),
    )
    progress.total(waiting_count())
    analysed = 0
    while ids := waiting_ids(limit=BATCH, after=0):
        analysed += analyse_batch(ids, analyser)
        progress.advance(len(ids))
    found = find_across(analyser, run) if analysed else {}
    run.verbatims, run.finished_at = analysed, timezone.now()
    run.save(update_fields=["verbatims", "finished_at"])
    return {"analysed": analysed, **found}


def analyse_batch(ids: Sequence[int], analyser: Analyser) -> int:
    """Analyses these verbatims and stores the result; returns how many were stored.

    One text that breaks an engine does not stop the others: it is marked « failed », nobody reads it, nor what was
    understood of its former words, and its raw words remain.
    """
    contents = read_raw_contents(ids)
    documents = {content.verbatim_id: Document(key=str(content.verbatim_id), text=content.body) for content in contents}
    said = decisions_in_force(contents)
    by_key = follow_decisions(contents, _analyse(list(documents.values()), analyser), said, analyser.pipeline)
    understood = [_understood(content, by_key, said.get(content.verbatim_id, []), analyser) for content in contents]
    with transaction.atomic():
        stored = store([item for item in understood if item is not None], analyser)
        broken = {c.verbatim_id: c.revision for c in contents if str(c.verbatim_id) not in by_key}
        _mark_failed({**dict.fromkeys(set(ids) - documents.keys()), **broken})
    return stored


def _analyse(documents: list[Document], analyser: Analyser) -> dict[str, AnalysedDocument]:
    try:
        return {found.key: found for found in analyser.pipeline.analyse(documents)}
    except EngineUnavailableError:
        raise  # the words wait: the job is tried again later
    except Exception:
        if len(documents) == 1:
            logger.exception("verbatim %s could not be analysed", documents[0].key)
            return {}
    # Something in the batch breaks: take them one by one.
    return {key: found for document in documents for key, found in _analyse([document], analyser).items()}


def _understood(
    content: RawContent, by_key: dict[str, AnalysedDocument], said: list[MaskingDecision], analyser: Analyser
) -> Understood | None:
    found = by_key.get(str(content.verbatim_id))
    if found is None:
        return None
    replies = masked_replies(content, found.masked, found.language, said, analyser.pipeline)
    return Understood(content=content, found=found, masked_replies=replies)


def _mark_failed(revisions: dict[int, int | None]) -> None:
    """``revisions``: id → revision of the words that failed (None: they did not open). Words changed or withdrawn since
    are left alone. What was understood of former words goes: it would be shown in the place of the present ones. What
    people said of them is set aside for the next analysis."""
    waiting = Verbatim.objects.select_for_update().filter(pk__in=revisions, analysed_at=None, withdrawn_at=None)
    failed = [row for row in waiting.order_by("pk") if revisions[row.pk] in (None, row.revision)]
    ids = [row.pk for row in failed]
    if not ids:
        return
    set_aside(failed)
    erase_analysis(ids)
    now = timezone.now()
    for verbatim_id, revision in zip(ids, next_numbers("verbatims", len(ids)), strict=True):
        Verbatim.objects.filter(pk=verbatim_id).update(
            **UNREAD, analysis_notes=["failed"], analysed_at=now, revision=revision
        )
