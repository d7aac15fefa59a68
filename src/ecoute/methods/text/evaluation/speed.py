"""How fast each step and the whole pipeline go, and how much memory they take.

``python -m ecoute.methods.text.evaluation.speed [--profiles fast fine] [--sizes 1000 10000 100000]``: the whole
pipeline, masking included, on short texts (8 to 14 words, of the State's pages), in two processes of one thread each.
Every row runs in a process of its own, so that its peak of memory is its own. Beside the clock, processor time: on a
machine busy with other work the texts a second of processor time, times two, are what two free cores would give.
"""

from __future__ import annotations

import argparse
import resource
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from itertools import cycle, islice, pairwise
from multiprocessing import get_context

from ..bulk import analyse_many
from ..codebooks import Codebook, load_default
from ..documents import Document
from ..pipeline import BATCH, Pipeline
from .corpora import MissingDataError, french_sentences
from .figures import Figure, table

SHORT = range(8, 15)  # words of a short text
PROCESSES = 2
SIZES = (1_000, 10_000, 100_000)


def measure(pipeline: Pipeline, codebook: Codebook, texts: Sequence[str]) -> Iterator[Figure]:
    """Texts a second of processor time, by step, in one process."""
    documents = [Document(str(i), text) for i, text in enumerate(texts)]
    list(pipeline.analyse(documents[:BATCH]))
    mean = sum(map(len, texts)) / max(1, len(texts))
    for name, step in _steps(pipeline, texts):
        yield _figure(f"{name}, alone", len(texts), _seconds(step))
    whole = _seconds(lambda: list(pipeline.analyse(documents)))
    yield _figure("whole pipeline", len(texts), whole, f"{mean:.0f} characters a text; {codebook.slug}")


def measure_profile(profile: str, sizes: Sequence[int] = SIZES) -> Iterator[Figure]:
    """The whole pipeline of a profile on so many short texts, one row a size. Says so where the data is missing."""
    try:
        short_texts(1)
    except MissingDataError as missing:
        yield Figure("speed", f"{profile}, not measured", 0, "–", "", str(missing))
        return
    for size in sizes:
        with ProcessPoolExecutor(1, get_context("spawn")) as apart:
            yield apart.submit(_row, profile, size).result()


def short_texts(count: int) -> list[str]:
    """So many short texts; the same again, numbered, when there are not enough. Raises ``MissingDataError``."""
    known = [text for text in french_sentences() if len(text.split()) in SHORT]
    more = (text if i < len(known) else f"{text} ({i // len(known)})" for i, text in enumerate(cycle(known)))
    return list(islice(more, count))


def _row(profile: str, size: int) -> Figure:
    documents = [Document(str(i), text) for i, text in enumerate(short_texts(size))]
    results = analyse_many(documents, load_default(), processes=PROCESSES, profile=profile)
    for _ in range(BATCH):
        next(results)
    start, done = time.perf_counter(), sum(1 for _ in results)
    clock = time.perf_counter() - start
    mine, children = resource.getrusage(resource.RUSAGE_SELF), resource.getrusage(resource.RUSAGE_CHILDREN)
    processor = children.ru_utime + children.ru_stime
    remark = (
        f"{size / processor:.0f} a second of processor time (loading included); peak memory of a process "
        f"{children.ru_maxrss / 1024:.0f} MB, of this one {mine.ru_maxrss / 1024:.0f} MB"
    )
    return _figure(f"{profile}, short texts, {PROCESSES} processes", size, clock * size / max(1, done), remark)


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
    yield "masking", lambda: pipeline.mask_all(texts, ["fr"] * len(texts))
    yield "segments", lambda: [pipeline.segmenter.segment(text, "fr") for text in masked]
    yield "embedding", lambda: pipeline.embedder.embed(pieces)
    yield "themes", lambda: [pipeline.themes.code(t, s, v, "fr") for t, s, v in zip(masked, spans, rows, strict=True)]
    yield "polarity", lambda: pipeline.polarity.judge(pieces, vectors, "fr")
    yield "nature", lambda: pipeline.nature.judge(pieces, polarities, "fr")
    yield "phrases", lambda: pipeline.phrases.extract(masked, "fr")


def _seconds(step: Callable[[], object]) -> float:
    """Of processor time."""
    start = time.process_time()
    step()
    return time.process_time() - start


def _figure(measure: str, count: int, seconds: float, remark: str = "") -> Figure:
    return Figure("speed", measure, count, f"{count / max(seconds, 1e-9):.0f} a second", "", remark)


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--profiles", nargs="+", default=["fast", "fine"])
    parser.add_argument("--sizes", nargs="+", type=int, default=list(SIZES))
    options = parser.parse_args()
    rows = (figure for profile in options.profiles for figure in measure_profile(profile, options.sizes))
    sys.stdout.write(table(rows) + "\n")


if __name__ == "__main__":
    main()
