"""How fast each step and the whole pipeline go, and how much memory they take."""

from __future__ import annotations

import resource
import time
from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise

from ..bulk import analyse_many
from ..codebooks import Codebook
from ..documents import Document
from ..pipeline import Pipeline
from .figures import Figure


def measure(pipeline: Pipeline, codebook: Codebook, texts: Sequence[str]) -> Iterator[Figure]:
    """Texts a second by step on one thread, then the whole on one and two processes (start of processes left out)."""
    documents = [Document(str(i), text) for i, text in enumerate(texts)]
    list(pipeline.analyse(documents[:64]))
    mean = sum(map(len, texts)) / max(1, len(texts))
    for name, step in _steps(pipeline, texts):
        yield _figure(f"{name}, alone", len(texts), _seconds(step))
    remark = f"{mean:.0f} characters a text"
    yield _figure("whole pipeline, 1 process", len(texts), _seconds(lambda: list(pipeline.analyse(documents))), remark)
    yield _figure("whole pipeline, 2 processes", len(texts), _seconds_of_two(documents, codebook), remark)
    mine = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    child = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    yield Figure("memory", "peak of one worker", len(texts), f"{child:.0f} MB", "", f"this bench itself {mine:.0f} MB")


def _steps(pipeline: Pipeline, texts: Sequence[str]) -> Iterator[tuple[str, Callable[[], object]]]:
    masked = [pipeline.mask(text).text for text in texts]
    spans = [pipeline.segmenter.segment(text, "fr") for text in masked]
    pieces = [text[s.start : s.end] for text, ss in zip(masked, spans, strict=True) for s in ss]
    vectors = pipeline.embedder.embed(pieces)
    ends = [0]
    for ss in spans:
        ends.append(ends[-1] + len(ss))
    rows = [vectors[a:b] for a, b in pairwise(ends)]
    polarities = pipeline.polarity.judge(pieces, vectors, "fr")
    yield "language", lambda: pipeline.language.detect(texts)
    yield "masking", lambda: [pipeline.mask(text) for text in texts]
    yield "segments", lambda: [pipeline.segmenter.segment(text, "fr") for text in masked]
    yield "embedding", lambda: pipeline.embedder.embed(pieces)
    yield "themes", lambda: [pipeline.themes.code(t, s, v, "fr") for t, s, v in zip(masked, spans, rows, strict=True)]
    yield "polarity", lambda: pipeline.polarity.judge(pieces, vectors, "fr")
    yield "nature", lambda: pipeline.nature.judge(pieces, polarities, "fr")
    yield "phrases", lambda: pipeline.phrases.extract(masked, "fr")


def _seconds(step: Callable[[], object]) -> float:
    start = time.perf_counter()
    step()
    return time.perf_counter() - start


def _seconds_of_two(documents: Sequence[Document], codebook: Codebook) -> float:
    """From the first result to the last, scaled to all documents."""
    results = analyse_many(documents, codebook, processes=2)
    next(iter(results))
    start, done = time.perf_counter(), sum(1 for _ in results)
    return (time.perf_counter() - start) * len(documents) / max(1, done)


def _figure(measure: str, count: int, seconds: float, remark: str = "") -> Figure:
    return Figure("speed", measure, count, f"{count / max(seconds, 1e-9):.0f} a second", "", remark)
