"""Offsets of a verbatim's passages and evidence, moved when its masking changes. Called inside a transaction."""

from __future__ import annotations

from collections.abc import Sequence

from ecoute.methods.text.documents import MaskedText, Span
from ecoute.methods.text.engines.masking.decided import moved
from ecoute.verbatims.models import Correction, Segment, SegmentTheme, Verbatim


def follow(verbatim: Verbatim, old: MaskedText, new: MaskedText, raw: str) -> None:
    """Moves segments (they keep their ids), the evidence of themes, natures and polarities, and that kept for undoing.

    A segment of which nothing can be read any more stays, on its placeholder; evidence that is hidden goes. Three
    queries to read, whatever the number of passages; ``verbatim.masking_version`` is the new one.
    """
    whole = MaskedText(raw)
    segments = list(Segment.objects.filter(verbatim=verbatim).order_by("position"))
    for segment in segments:
        place = _place(Span(segment.start, segment.end), old, new, whole)
        segment.start, segment.end = place.start, place.end
        segment.nature_evidence = _evidence(segment.nature_evidence, old, new)
        segment.polarity_evidence = _evidence(segment.polarity_evidence, old, new)
        segment.masking_version = verbatim.masking_version
    fields = ["start", "end", "nature_evidence", "polarity_evidence", "masking_version"]
    Segment.objects.bulk_update(segments, fields, batch_size=50)
    codes = list(SegmentTheme.objects.filter(segment__verbatim=verbatim).order_by("pk"))
    for code in codes:
        code.evidence = _evidence(code.evidence, old, new)
    SegmentTheme.objects.bulk_update(codes, ["evidence"], batch_size=100)
    corrections = [c for c in Correction.objects.filter(segment__verbatim=verbatim).order_by("pk") if c.before]
    for correction in corrections:
        evidence = _evidence(correction.before.get("evidence", []), old, new)
        correction.before = correction.before | {"evidence": evidence}
    Correction.objects.bulk_update(corrections, ["before"], batch_size=100)


def _place(span: Span, old: MaskedText, new: MaskedText, whole: MaskedText) -> Span:
    """Where a segment stands now: what of it can be read, else the placeholders that hide it."""
    [here] = moved([span], old, new)
    if here is not None:
        return here
    [raw] = moved([span], old, whole)
    hidden = [m.masked for m in new.spans if raw and m.raw.start < raw.end and m.raw.end > raw.start]
    if not hidden:
        return Span(min(span.start, len(new.text)), min(span.end, len(new.text)))
    return Span(min(one.start for one in hidden), max(one.end for one in hidden))


def _evidence(rows: Sequence[Sequence[int]], old: MaskedText, new: MaskedText) -> list[list[int]]:
    places = moved([Span(start, end) for start, end in rows], old, new)
    return [list(pair) for pair in dict.fromkeys((p.start, p.end) for p in places if p is not None)]
