"""The pipeline in several processes, for a whole corpus. Results come back in the order of the documents."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from itertools import islice
from multiprocessing import get_context

from .codebooks import Codebook
from .documents import AnalysedDocument, Document
from .pipeline import BATCH, Pipeline, default_pipeline

AHEAD = 3  # batches a process may have waiting: bounds memory whatever the size of the corpus
_pipeline: Pipeline | None = None


def analyse_many(
    documents: Iterable[Document],
    codebook: Codebook,
    *,
    processes: int = 2,
    masked: bool = False,
    profile: str = "fast",
    progress: Callable[[int], None] | None = None,
) -> Iterator[AnalysedDocument]:
    """As ``Pipeline.analyse`` (or ``code_masked`` when ``masked``), by the default pipeline in several processes.

    One process runs in this one. A document that ends a worker ends the run with ``BrokenProcessPool``: what was
    yielded before stays good, and the caller can go on after it.
    """
    if processes <= 1:
        yield from _run(default_pipeline(codebook, profile), documents, masked, progress)
        return
    done = 0
    context = get_context("spawn")
    with ProcessPoolExecutor(processes, context, _start, (codebook, profile)) as pool:
        for batch in _in_order(pool, documents, processes * AHEAD, masked):
            yield from batch
            done += len(batch)
            if progress is not None:
                progress(done)


def _run(
    pipeline: Pipeline, documents: Iterable[Document], masked: bool, progress: Callable[[int], None] | None
) -> Iterator[AnalysedDocument]:
    return (pipeline.code_masked if masked else pipeline.analyse)(documents, progress)


def _in_order(
    pool: ProcessPoolExecutor, documents: Iterable[Document], ahead: int, masked: bool
) -> Iterator[list[AnalysedDocument]]:
    source = iter(documents)
    waiting: deque[Future[list[AnalysedDocument]]] = deque()
    while True:
        while len(waiting) < ahead and (batch := list(islice(source, BATCH))):
            waiting.append(pool.submit(_work, batch, masked))
        if not waiting:
            return
        yield waiting.popleft().result()


def _start(codebook: Codebook, profile: str) -> None:
    global _pipeline
    _pipeline = default_pipeline(codebook, profile)


def _work(batch: list[Document], masked: bool) -> list[AnalysedDocument]:
    if _pipeline is None:
        raise RuntimeError("the worker was not started with a pipeline")
    return list(_run(_pipeline, batch, masked, None))
