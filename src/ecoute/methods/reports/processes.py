"""The pipeline over many texts, in this process or in several: batches go out, documents come back in order."""

from __future__ import annotations

import os
import signal
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


def analyse_here(documents: Sequence[Document], pipeline: Pipeline) -> Iterator[AnalysedDocument]:
    """Analyse with this pipeline; a text that breaks an engine is left out."""
    for batch in _batches(documents):
        yield from analysable(pipeline, batch)


def analyse_in_processes(
    documents: Sequence[Document], codebook: Codebook, processes: int
) -> Iterator[AnalysedDocument]:
    """The same with the default pipeline of each child. Children are spawned: no thread or lock is inherited."""
    with ProcessPoolExecutor(
        processes, mp_context=get_context("spawn"), initializer=_prepare, initargs=(codebook,)
    ) as pool:
        for batch in pool.map(_analyse, _batches(documents)):
            yield from batch


def analysable(pipeline: Pipeline, batch: Sequence[Document]) -> list[AnalysedDocument]:
    """Documents of the batch that the engines could read. When one breaks the batch, they are taken one by one."""
    try:
        return list(pipeline.analyse(batch))
    except Exception:
        if len(batch) == 1:
            return []
    return [found for document in batch for found in analysable(pipeline, [document])]


def _batches(documents: Sequence[Document]) -> list[Sequence[Document]]:
    return [documents[i : i + BATCH] for i in range(0, len(documents), BATCH)]


def _prepare(codebook: Codebook) -> None:
    # The person who stops the command stops the parent; children end with it, without each telling so.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _here[:] = [default_pipeline(codebook)]


def _analyse(batch: Sequence[Document]) -> list[AnalysedDocument]:
    return analysable(_here[0], batch)
