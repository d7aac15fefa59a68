"""Writing what the pipeline understood. Called inside a transaction."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Value
from django.utils import timezone

from ecoute.core.counters import next_numbers
from ecoute.directory.facade import service_nodes
from ecoute.methods.text.documents import AnalysedDocument, CodedSegment, Span
from ecoute.verbatims.actions.analysers import Analyser
from ecoute.verbatims.actions.kept_decisions import decisions_of, keep
from ecoute.verbatims.actions.masked_bodies import hides_more, spans_of
from ecoute.verbatims.actions.present_themes import present_themes, surest
from ecoute.verbatims.actions.raw_content import RawContent
from ecoute.verbatims.models import Embedding, Masking, Reply, Segment, SegmentTheme, SegmentVectors, Verbatim
from ecoute.verbatims.search.index import index_verbatims

_FIELDS = [
    "title",
    "text",
    "masking_version",
    "language",
    "polarity",
    "polarity_confidence",
    "polarity_engine",
    "phrases",
    "analysis_notes",
    "analysed_at",
    "revision",
]


@dataclass(frozen=True)
class Understood:
    """The raw words, what the pipeline found in them, and their replies masked (same order)."""

    content: RawContent
    found: AnalysedDocument
    masked_replies: list[str]


def store(understood: Sequence[Understood], analyser: Analyser) -> int:
    """Replaces the analysis of these verbatims; returns how many were written.

    Verbatims changed or withdrawn since their words were opened are left alone (they wait again). The former masked
    text is kept with its ``Masking`` row, unless more is hidden now; former segments and codes are replaced, but what
    people said of a passage stays with its words. Takes new revisions and updates the full-text index.

    Rows are locked in one order everywhere: verbatims by id, then the counter of revisions.
    """
    wanted = {item.content.verbatim_id: item for item in understood}
    waiting = Verbatim.objects.select_for_update().filter(pk__in=wanted, analysed_at=None, withdrawn_at=None)
    verbatims = [
        verbatim for verbatim in waiting.order_by("pk") if verbatim.revision == wanted[verbatim.pk].content.revision
    ]
    if not verbatims:
        return 0
    ids = [verbatim.pk for verbatim in verbatims]
    decisions = decisions_of(verbatims)
    _set_former_analysis_aside(verbatims, wanted)
    now = timezone.now()
    for verbatim, revision in zip(verbatims, next_numbers("verbatims", len(ids)), strict=True):
        _fill(verbatim, wanted[verbatim.pk])
        verbatim.analysed_at, verbatim.revision = now, revision
    Verbatim.objects.bulk_update(verbatims, _FIELDS, batch_size=50)
    kept = [wanted[verbatim_id] for verbatim_id in ids]
    _store_maskings(verbatims, kept, analyser)
    _store_segments(verbatims, kept, analyser)
    keep(decisions, verbatims)
    _store_replies(kept)
    _store_vectors(kept, analyser)
    _store_segment_vectors(verbatims, kept, analyser)
    index_verbatims(ids)
    return len(ids)


def _set_former_analysis_aside(verbatims: Sequence[Verbatim], wanted: dict[int, Understood]) -> None:
    """``verbatims`` still hold their former words: these are kept with their masking, unless the new one hides more.
    Then no former text may keep in clear what is hidden now."""
    ids = [verbatim.pk for verbatim in verbatims]
    maskings = Masking.objects.filter(verbatim_id__in=[one.pk for one in verbatims if one.masking_version])
    former = {(one.verbatim_id, one.version): one for one in maskings.defer("title", "text")}
    for verbatim in verbatims:
        masking = former.get((verbatim.pk, verbatim.masking_version))
        if masking is None:
            continue
        if hides_more(wanted[verbatim.pk].found.masked.spans, spans_of(masking.spans)):
            Masking.objects.filter(verbatim=verbatim).update(title=None, text=None)
        else:
            Masking.objects.filter(pk=masking.pk).update(title=Value(verbatim.title), text=Value(verbatim.text))
    SegmentTheme.objects.filter(segment__verbatim_id__in=ids).delete()
    Segment.objects.filter(verbatim_id__in=ids).delete()
    Reply.objects.filter(verbatim_id__in=ids).delete()


def _fill(verbatim: Verbatim, item: Understood) -> None:
    found = item.found
    verbatim.title, verbatim.text = split_body(found.masked.text, has_title=bool(item.content.title))
    verbatim.masking_version += 1
    verbatim.language = found.language
    verbatim.polarity = found.polarity.value
    verbatim.polarity_confidence = found.polarity.confidence
    verbatim.polarity_engine = found.polarity.engine
    verbatim.phrases = list(found.phrases)
    verbatim.analysis_notes = list(found.notes)


def split_body(body: str, *, has_title: bool) -> tuple[str, str]:
    """A masked body back into title and text, so that ``Verbatim.body`` gives exactly ``body`` again."""
    if not has_title:
        return "", body
    title, newline, text = body.partition("\n")
    return (title, text) if newline and title else ("", body)


def _store_maskings(verbatims: Sequence[Verbatim], kept: Sequence[Understood], analyser: Analyser) -> None:
    Masking.objects.bulk_create(
        [
            Masking(
                verbatim=verbatim,
                version=verbatim.masking_version,
                engine=analyser.engines.get("masking", ""),
                spans=[[s.kind, s.raw.start, s.raw.end, s.masked.start, s.masked.end] for s in item.found.masked.spans],
            )
            for verbatim, item in zip(verbatims, kept, strict=True)
        ],
        batch_size=100,
    )


def _store_segments(verbatims: Sequence[Verbatim], kept: Sequence[Understood], analyser: Analyser) -> None:
    theme_ids = present_themes(analyser.theme_ids)
    pairs = [
        (_segment(verbatim, position, coded, theme_ids), coded)
        for verbatim, item in zip(verbatims, kept, strict=True)
        for position, coded in enumerate(item.found.segments)
    ]
    Segment.objects.bulk_create([segment for segment, _ in pairs], batch_size=50)
    SegmentTheme.objects.bulk_create(
        [
            SegmentTheme(
                segment=segment,
                theme_id=theme_id,
                confidence=code.confidence,
                evidence=_offsets(code.evidence),
                engine=code.engine,
                codebook_version=analyser.codebook_version,
            )
            for segment, coded in pairs
            for theme_id, code in surest(coded.themes, theme_ids).items()
        ],
        batch_size=100,
    )


def _segment(verbatim: Verbatim, position: int, coded: CodedSegment, theme_ids: dict[str, int]) -> Segment:
    return Segment(
        verbatim=verbatim,
        masking_version=verbatim.masking_version,
        position=position,
        start=coded.span.start,
        end=coded.span.end,
        nature=coded.nature.value,
        nature_confidence=coded.nature.confidence,
        nature_engine=coded.nature.engine,
        nature_evidence=_offsets(coded.nature.evidence),
        polarity=coded.polarity.value,
        polarity_confidence=coded.polarity.confidence,
        polarity_engine=coded.polarity.engine,
        polarity_evidence=_offsets(coded.polarity.evidence),
        unsure_themes=[
            [pk, code.confidence, code.engine]
            for pk, code in surest(coded.unsure, theme_ids).items()
            if pk not in surest(coded.themes, theme_ids)
        ],
    )


def _offsets(spans: Sequence[Span]) -> list[list[int]]:
    return [[span.start, span.end] for span in spans]


def _store_replies(kept: Sequence[Understood]) -> None:
    """A service that is no more (it was reunited with another since the words were sealed) answers no reply."""
    replied = any(item.content.replies for item in kept)
    services = {node.id for node in service_nodes()} if replied else set()
    Reply.objects.bulk_create(
        Reply(
            verbatim_id=item.content.verbatim_id,
            service_id=reply.service_id if reply.service_id in services else None,
            position=position,
            text=masked,
            status=reply.status,
            replied_on=date.fromisoformat(reply.replied_on) if reply.replied_on else None,
        )
        for item in kept
        for position, (reply, masked) in enumerate(zip(item.content.replies, item.masked_replies, strict=True))
    )


def _store_vectors(kept: Sequence[Understood], analyser: Analyser) -> None:
    Embedding.objects.filter(verbatim_id__in=[item.content.verbatim_id for item in kept]).delete()
    Embedding.objects.bulk_create(
        Embedding(
            verbatim_id=item.content.verbatim_id,
            engine=analyser.engines.get("embedding", ""),
            vector=item.found.vector,
        )
        for item in kept
        if item.found.vector is not None
    )


def _store_segment_vectors(verbatims: Sequence[Verbatim], kept: Sequence[Understood], analyser: Analyser) -> None:
    """So that themes are found again without embedding every passage anew."""
    SegmentVectors.objects.filter(verbatim_id__in=[verbatim.pk for verbatim in verbatims]).delete()
    SegmentVectors.objects.bulk_create(
        SegmentVectors(
            verbatim=verbatim,
            engine=analyser.engines.get("embedding", ""),
            masking_version=verbatim.masking_version,
            vectors=item.found.segment_vectors,
        )
        for verbatim, item in zip(verbatims, kept, strict=True)
        if item.found.segment_vectors is not None
    )
