"""The pipeline in several processes: batches go out, analysed documents come back in their order."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context

from ecoute.methods.text.codebooks import Codebook
from ecoute.methods.text.documents import AnalysedDocument, Document
from ecoute.methods.text.pipeline import BATCH, Pipeline, default_pipeline

MOST, WORTH_IT = 4, 400  # processes at most; under so many texts, starting a process costs more than it saves
_here: list[Pipeline] = []  # the pipeline of a child process, made once


def processes_for(texts: int, wanted: int | None = None) -> int:
    """How many processes to use: those wanted, or one a core up to four when there are texts enough."""
    if wanted is not None:
        return max(1, wanted)
    return min(MOST, os.cpu_count() or 1) if texts >= WORTH_IT else 1


def analyse_in_processes(
    documents: Sequence[Document], codebook: Codebook, processes: int
) -> Iterator[AnalysedDocument]:
    """Analyse with the default pipeline. Children are spawned, so that no thread or lock is inherited."""
    batches = [documents[i : i + BATCH] for i in range(0, len(documents), BATCH)]
    with ProcessPoolExecutor(
        processes, mp_context=get_context("spawn"), initializer=_prepare, initargs=(codebook,)
    ) as pool:
        for batch in pool.map(_analyse, batches):
            yield from batch


def _prepare(codebook: Codebook) -> None:
    _here[:] = [default_pipeline(codebook)]


def _analyse(batch: Sequence[Document]) -> list[AnalysedDocument]:
    return list(_here[0].analyse(batch))
