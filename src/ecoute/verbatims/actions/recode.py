"""Finding the themes again after the codebook changed. What people said stays; the machine's codes are replaced."""

from __future__ import annotations

from typing import Any

from django.db import transaction

from ecoute.core.counters import next_numbers
from ecoute.core.jobs.meter import Meter
from ecoute.methods.text.documents import Span, ThemeCode
from ecoute.verbatims.actions.analysers import Analyser, current_analyser
from ecoute.verbatims.enums import Origin
from ecoute.verbatims.models import Segment, SegmentTheme, Verbatim

BATCH = 200


def recode_all(progress: Meter) -> dict[str, Any]:
    """Recodes every analysed verbatim, batch by batch. Returns how many, and how many codes appeared and went."""
    analyser = current_analyser()
    readable = Verbatim.objects.filter(masking_version__gt=0, withdrawn_at=None).order_by("pk")
    progress.total(readable.count())
    last, appeared, gone, done = 0, 0, 0, 0
    while batch := list(readable.filter(pk__gt=last).prefetch_related("segments")[:BATCH]):
        found = {segment.pk: codes for verbatim in batch for segment, codes in _codes(verbatim, analyser)}
        with transaction.atomic():
            came, went = _replace(found, analyser)
        appeared, gone, done, last = appeared + came, gone + went, done + len(batch), batch[-1].pk
        progress.advance(len(batch))
    return {"recoded": done, "appeared": appeared, "gone": gone}


def _codes(verbatim: Verbatim, analyser: Analyser) -> list[tuple[Segment, list[ThemeCode]]]:
    segments, body = list(verbatim.segments.all()), verbatim.body
    if not segments:
        return []
    spans = [Span(segment.start, segment.end) for segment in segments]
    vectors = analyser.pipeline.embedder.embed([body[span.start : span.end] for span in spans])
    codes = analyser.pipeline.themes.code(body, spans, vectors, verbatim.language)
    return list(zip(segments, codes, strict=True))


def _replace(found: dict[int, list[ThemeCode]], analyser: Analyser) -> tuple[int, int]:
    """Swaps the machine's codes of these segments; touches (a new revision) only verbatims that changed.

    Segments that an analysis replaced meanwhile are left out: they were coded with the codebook as it is now.
    """
    owners = dict(Segment.objects.filter(pk__in=found).values_list("pk", "verbatim_id"))
    list(Verbatim.objects.select_for_update().filter(pk__in=set(owners.values())).order_by("pk").values_list("pk"))
    alive = set(Segment.objects.filter(pk__in=owners).values_list("pk", flat=True))
    found = {segment: codes for segment, codes in found.items() if segment in alive}
    known = SegmentTheme.objects.filter(segment_id__in=found)
    said = set(known.exclude(origin=Origin.MACHINE, coded_by=None).values_list("segment_id", "theme_id"))
    machine = known.filter(origin=Origin.MACHINE, coded_by=None)
    before = set(machine.values_list("segment_id", "theme_id"))
    fresh = {
        (segment, analyser.theme_ids[code.theme]): code
        for segment, codes in found.items()
        for code in codes
        if (segment, analyser.theme_ids[code.theme]) not in said
    }
    machine.delete()
    SegmentTheme.objects.bulk_create([_code(*key, code) for key, code in fresh.items()], batch_size=100)
    _touch({segment for segment, _ in before ^ fresh.keys()})
    return len(fresh.keys() - before), len(before - fresh.keys())


def _code(segment_id: int, theme_id: int, code: ThemeCode) -> SegmentTheme:
    return SegmentTheme(
        segment_id=segment_id,
        theme_id=theme_id,
        confidence=code.confidence,
        evidence=[[span.start, span.end] for span in code.evidence],
        engine=code.engine,
    )


def _touch(segments: set[int]) -> None:
    ids = sorted(set(Segment.objects.filter(pk__in=segments).values_list("verbatim_id", flat=True)))
    for pk, revision in zip(ids, next_numbers("verbatims", len(ids)) if ids else [], strict=True):
        Verbatim.objects.filter(pk=pk).update(revision=revision)
