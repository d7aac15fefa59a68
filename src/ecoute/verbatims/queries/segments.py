"""The segments of a verbatim with everything that must stand beside a code: characters, engine, confidence, coder."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Prefetch

from ecoute.verbatims.enums import Origin
from ecoute.verbatims.models import Segment, SegmentTheme, Verbatim


@dataclass(frozen=True, slots=True)
class Code:
    """A theme of a segment. ``said_by`` is the person who said so, empty when the machine did."""

    slug: str
    label: str
    confidence: float
    engine: str
    evidence: str  # the words that show it
    said_by: str
    said_at: datetime | None
    rejected: bool


@dataclass(frozen=True, slots=True)
class CodedPassage:
    """A segment as the coding page shows it; ``spans`` are offsets of evidence inside ``text``."""

    pk: int
    position: int
    text: str
    spans: tuple[tuple[int, int], ...]
    nature: str
    nature_confidence: float
    nature_by_person: bool
    nature_engine: str
    polarity: str
    polarity_confidence: float
    polarity_by_person: bool
    polarity_engine: str
    corrected_by: str
    corrected_at: datetime | None
    codes: tuple[Code, ...]
    rejected: tuple[Code, ...]


def coded_passages(verbatim: Verbatim, only: int | None = None) -> list[CodedPassage]:
    """The segments in order (or the one of id ``only``). Two queries, whatever their number."""
    codes = SegmentTheme.objects.select_related("theme", "coded_by").order_by("-confidence", "pk")
    segments = verbatim.segments.select_related("corrected_by").prefetch_related(Prefetch("codes", queryset=codes))
    if only is not None:
        segments = segments.filter(pk=only)
    body = verbatim.body
    return [_passage(segment, body) for segment in segments.order_by("position")]


def _passage(segment: Segment, body: str) -> CodedPassage:
    rows = list(segment.codes.all())
    codes = [_code(row, body) for row in rows]
    spans = [pair for row in rows if not row.rejected for pair in row.evidence] + segment.nature_evidence
    return CodedPassage(
        pk=segment.pk,
        position=segment.position,
        text=body[segment.start : segment.end],
        spans=_inside(spans, segment),
        nature=segment.nature,
        nature_confidence=segment.nature_confidence,
        nature_by_person=segment.nature_origin == Origin.PERSON,
        nature_engine=segment.nature_engine,
        polarity=segment.polarity,
        polarity_confidence=segment.polarity_confidence,
        polarity_by_person=segment.polarity_origin == Origin.PERSON,
        polarity_engine=segment.polarity_engine,
        corrected_by=str(segment.corrected_by or ""),
        corrected_at=segment.corrected_at,
        codes=tuple(code for code in codes if not code.rejected),
        rejected=tuple(code for code in codes if code.rejected),
    )


def _code(row: SegmentTheme, body: str) -> Code:
    person = row.coded_by is not None
    return Code(
        slug=row.theme.slug,
        label=row.theme.label,
        confidence=row.confidence,
        engine=row.engine,
        evidence=" … ".join(body[start:end] for start, end in row.evidence),
        said_by=str(row.coded_by or ""),
        said_at=row.coded_at if person else None,
        rejected=row.rejected,
    )


def _inside(spans: Sequence[Sequence[int]], segment: Segment) -> tuple[tuple[int, int], ...]:
    """Offsets counted from the segment's beginning; evidence as long as the segment shows nothing and is left out."""
    length = segment.end - segment.start
    moved = {(max(0, start - segment.start), min(length, end - segment.start)) for start, end in spans}
    return tuple(sorted(pair for pair in moved if pair[0] < pair[1] and pair != (0, length)))
