"""Expectations found and missed, on passages labelled by one reader; a third is held out from tuning."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from importlib.resources import files

from ..documents import AnalysedDocument, CodedSegment, Document, Nature
from ..engines.nature.lacks import Lacks
from ..pipeline import Pipeline
from .corpora import Experience, services_publics
from .figures import Figure, share

Seen = tuple[str, str, str]  # (text of the passage, what the reader saw, what the machine says)


def measure(pipeline: Pipeline) -> Iterator[Figure]:
    """The figures of ``expectations`` with only the texts analysed that were labelled. Raises ``MissingDataError``."""
    wanted = {key for key, _at, _part, _label in _labels()}
    rows = [row for row in services_publics() if row.key in wanted]
    yield from expectations(rows, list(pipeline.analyse(Document(row.key, row.text) for row in rows)))


def expectations(rows: Sequence[Experience], analysed: Sequence[AnalysedDocument]) -> Iterator[Figure]:
    """Precision and recall of explicit and of implied expectations, tuning part and held out."""
    for part in ("tuning", "test"):
        seen = _judged(rows, analysed, part)
        for kind in ("explicit", "implied"):
            wanted = [said == kind for _, truth, said in seen if truth == kind]
            given = [truth == kind for _, truth, said in seen if said == kind]
            yield share("expectations", f"recall, {kind}, {part}", sum(wanted), len(wanted), "one reader")
            yield share("expectations", f"precision, {kind}, {part}", sum(given), len(given), "sample rich in wishes")
        either = [truth != "none" for _, truth, said in seen if said != "none"]
        yield share("expectations", f"precision, either, {part}", sum(either), len(either), "one reader")


def failures(rows: Sequence[Experience], analysed: Sequence[AnalysedDocument]) -> Iterator[str]:
    """What goes wrong in the tuning part, for whoever changes the rules. The held-out part is never shown."""
    for text, truth, said in _judged(rows, analysed, "tuning"):
        if truth != said:
            yield f"{truth} → {said}: {text}"


def _judged(rows: Sequence[Experience], analysed: Sequence[AnalysedDocument], part: str) -> list[Seen]:
    known = {row.key: doc for row, doc in zip(rows, analysed, strict=True)}
    lacks, seen = Lacks(), []
    for key, at, of_part, truth in _labels():
        document = known.get(key)
        segment = None if document is None else segment_at(document, at)
        if of_part == part and document is not None and segment is not None:
            text = document.masked.text[segment.span.start : segment.span.end]
            seen.append((text, truth, _said(segment, text, lacks)))
    return seen


def _said(segment: CodedSegment, text: str, lacks: Lacks) -> str:
    if segment.nature.value == Nature.EXPECTATION:
        return "explicit"
    return "implied" if lacks.find(text, segment.nature.value) else "none"


def _labels() -> Iterator[tuple[str, int, str, str]]:
    for line in files(__package__).joinpath("expectations.tsv").read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            key, at, part, label = line.split("\t")
            yield key, int(at), part, label


def segment_at(document: AnalysedDocument, raw: int) -> CodedSegment | None:
    """The segment that holds a character of the text as it was before masking."""
    at = raw
    for span in document.masked.spans:
        if span.raw.start >= raw:
            break
        at = raw + span.masked.end - span.raw.end
    return next((s for s in document.segments if s.span.start <= at < s.span.end), None)
