"""Drawing the map of the corpus: a job, after each analysis."""

from __future__ import annotations

from typing import Any

import numpy as np
from django.db import transaction

from ecoute.core.jobs import enqueue
from ecoute.core.models import Job
from ecoute.discovery.models import CorpusMap
from ecoute.methods.text.maps.projection import MIN_TEXTS, TsnePlane
from ecoute.methods.text.threads import one_thread
from ecoute.verbatims.facade import all_vectors

MOST = 200_000  # verbatims on a map, the newest


def enqueue_map(*, by: Any) -> Job:
    """Asks for the map to be drawn anew; asked while that runs, it runs once more afterwards."""
    return enqueue("discovery.map", by=by, key="discovery.map", again=True)


def draw_map() -> dict[str, int]:
    """Places every verbatim that has a vector; the former map serves until this one is stored, then goes.

    Returns how many, as JSON for the job's result. Repeatable.
    """
    ids, vectors = all_vectors()
    ids, vectors = ids[-MOST:], vectors[-MOST:]
    if len(ids) < MIN_TEXTS:
        CorpusMap.objects.all().delete()
        return {"points": 0}
    plane = TsnePlane()
    with one_thread():
        found = plane.project(vectors)
    with transaction.atomic():
        CorpusMap.objects.all().delete()
        CorpusMap.objects.create(
            engine=f"{plane.name} {plane.version}",
            ids=ids.astype("<i8").tobytes(),
            points=found.points.astype("<f2").tobytes(),
            regions=found.regions.astype("<i2").tobytes(),
            faithfulness=found.faithfulness,
        )
    return {"points": int(np.size(ids))}
