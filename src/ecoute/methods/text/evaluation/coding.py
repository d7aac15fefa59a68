"""Figures of rules, which learn nothing: State tags by cues, language, segments judged by hand."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from importlib.resources import files

import numpy as np
import numpy.typing as npt

from ..codebooks import Codebook
from ..documents import AnalysedDocument, Polarity
from ..ports import LanguageDetector
from .corpora import TAGS, Experience
from .figures import Figure, share

ROOTS = {tag: tag.replace("_", "-") for tag in TAGS}
ORDER = {Polarity.NEGATIVE: 0, Polarity.NEUTRAL: 1, Polarity.POSITIVE: 2}


def state_tags(
    rows: Sequence[Experience], analysed: Sequence[AnalysedDocument], codebook: Codebook
) -> Iterator[Figure]:
    """Presence of each tag on rows with at least one tag coded. Cues were revised after reading coded segments of this
    sample: tuning figures, not a promise."""
    coded = [(row, roots_of(doc, codebook)) for row, doc in zip(rows, analysed, strict=True) if row.tags]
    scores, macros = [], []
    for tag in TAGS:
        truth = np.array([tag in row.tags for row, _ in coded])
        said = np.array([ROOTS[tag] in roots for _, roots in coded])
        one, other = f1(truth, said), f1(~truth, ~said)
        scores.append(one)
        macros.append((one + other) / 2)
        remark = f"precision {precision(truth, said):.2f}, recall {precision(said, truth):.2f}"
        remark += f", macro-F1 {macros[-1]:.3f}"
        yield Figure("State tags", f"F1 of presence, {tag}", len(coded), f"{one:.3f}", "", remark)
    remark = f"mean presence macro-F1 {np.mean(macros):.3f}; empty tag = not coded"
    yield Figure("State tags", "mean F1 of presence", len(coded), f"{np.mean(scores):.3f}", "", remark)


def roots_of(document: AnalysedDocument, codebook: Codebook) -> set[str]:
    """Roots of the themes found anywhere in a document."""
    return {codebook.root_of(code.theme).slug for segment in document.segments for code in segment.themes}


def f1(truth: npt.NDArray[np.bool_], said: npt.NDArray[np.bool_]) -> float:
    """Harmonic mean of precision and recall."""
    both = int((truth & said).sum())
    total = int(truth.sum()) + int(said.sum())
    return 2 * both / total if total else 0.0


def precision(truth: npt.NDArray[np.bool_], said: npt.NDArray[np.bool_]) -> float:
    """Share of what was said that is true."""
    return int((truth & said).sum()) / max(1, int(said.sum()))


def languages(detector: LanguageDetector) -> Figure:
    """Own short texts."""
    lines = files(__package__).joinpath("languages.txt").read_text(encoding="utf-8").splitlines()
    pairs = [line.split("\t", 1) for line in lines if line and not line.startswith("#")]
    found = detector.detect([text for _, text in pairs])
    right = sum(code == wanted for (wanted, _), (code, _) in zip(pairs, found, strict=True))
    return share("language", "accuracy, own short texts", right, len(pairs))


def segments_by_hand(rows: Sequence[Experience], analysed: Sequence[AnalysedDocument]) -> Iterator[Figure]:
    """Polarity of segments labelled by one reader: ``tuning`` shaped the lexicon, ``test`` did not."""
    known = {row.key: (row, doc) for row, doc in zip(rows, analysed, strict=True)}
    right: dict[str, list[bool]] = {"tuning": [], "test": []}
    for key, at, part, label in _labels():
        if key in known and (said := _polarity_at(*known[key], at)) is not None:
            right[part].append(ORDER[Polarity(said)] == label)
    for part, hits in right.items():
        yield share("segments", f"accuracy of polarity, 3 classes, {part}", sum(hits), len(hits), "one reader")


def _labels() -> Iterator[tuple[str, int, str, int]]:
    lines = files(__package__).joinpath("segment_polarity.tsv").read_text(encoding="utf-8").splitlines()
    for line in lines:
        if line and not line.startswith("#"):
            key, at, part, label = line.split("\t")
            yield key, int(at), part, {"N": 0, "0": 1, "P": 2}[label]


def _polarity_at(row: Experience, document: AnalysedDocument, raw: int) -> str | None:
    """What the pipeline says of the segment that holds the raw character ``raw``."""
    at = raw
    for span in document.masked.spans:
        if span.raw.start >= raw:
            break
        at = raw + span.masked.end - span.raw.end
    for segment in document.segments:
        if segment.span.start <= at < segment.span.end:
            return segment.polarity.value
    return None
