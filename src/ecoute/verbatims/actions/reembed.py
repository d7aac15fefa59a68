"""Vectors made again after the encoder changed (another profile): the words stay as they are coded."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from django.db import transaction

from ecoute.core.counters import next_numbers
from ecoute.core.jobs import enqueue
from ecoute.core.jobs.meter import Meter
from ecoute.core.models import Job
from ecoute.methods.text.notes import ANALYSED_CHARS
from ecoute.methods.text.ports import Embedder, Vectors
from ecoute.methods.text.threads import one_thread
from ecoute.methods.text.vectors import pooled, to_bytes
from ecoute.verbatims.models import Embedding, SegmentVectors, Verbatim
from ecoute.verbatims.pipelines import label_of
from ecoute.verbatims.queries.stale_vectors import stale_vectors
from ecoute.verbatims.search.meaning import embedder

BATCH = 100


def enqueue_reembedding(*, by: Any) -> Job:
    """Asks for the vectors of another encoder to be made again; asked twice, it runs once."""
    return enqueue("verbatims.reembed", by=by, key="verbatims.reembed")


def reembed(progress: Meter) -> dict[str, Any]:
    """Makes the vectors of this encoder for every readable verbatim that has another's, batch by batch; returns how
    many. Nothing to do costs one query."""
    made, last = 0, 0
    engine = embedder()
    progress.total(stale_vectors(label_of(engine)).count())
    while ids := list(stale_vectors(label_of(engine)).filter(pk__gt=last).values_list("pk", flat=True)[:BATCH]):
        made += _reembed(ids, engine)
        last = ids[-1]
        progress.advance(len(ids))
    return {"embedded": made}


def _reembed(ids: Sequence[int], engine: Embedder) -> int:
    verbatims = list(Verbatim.objects.filter(pk__in=ids).prefetch_related("segments").order_by("pk"))
    pieces = [_pieces(verbatim) for verbatim in verbatims]
    with one_thread():
        vectors = engine.embed([piece for some in pieces for piece in some])
    ends = np.cumsum([len(some) for some in pieces])[:-1]
    rows = dict(zip((v.pk for v in verbatims), np.split(vectors, ends), strict=True))
    revisions = {v.pk: v.revision for v in verbatims}
    with transaction.atomic():
        return _store(rows, revisions, label_of(engine))


def _pieces(verbatim: Verbatim) -> list[str]:
    body = verbatim.body
    ordered = sorted(verbatim.segments.all(), key=lambda segment: segment.position)
    return [body[segment.start : segment.end] for segment in ordered] or [body[:ANALYSED_CHARS]]


def _store(rows: dict[int, Vectors], revisions: dict[int, int], label: str) -> int:
    """Words that changed meanwhile are left out: their analysis made the right vectors."""
    locked = Verbatim.objects.select_for_update().filter(pk__in=rows).order_by("pk")
    current = {v.pk: v for v in locked.defer("extra", "phrases") if v.revision == revisions[v.pk]}
    Embedding.objects.filter(verbatim_id__in=current).delete()
    SegmentVectors.objects.filter(verbatim_id__in=current).delete()
    Embedding.objects.bulk_create(
        Embedding(verbatim_id=pk, engine=label, vector=to_bytes(pooled(rows[pk]))) for pk in current
    )
    SegmentVectors.objects.bulk_create(
        SegmentVectors(
            verbatim_id=pk, engine=label, masking_version=verbatim.masking_version, vectors=to_bytes(rows[pk])
        )
        for pk, verbatim in current.items()
    )
    for pk, revision in zip(current, next_numbers("verbatims", len(current)) if current else [], strict=True):
        Verbatim.objects.filter(pk=pk).update(revision=revision)
    return len(current)
