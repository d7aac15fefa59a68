"""Finding the themes again after the codebook changed or the machine learned. What people said stays; the machine's
codes are replaced. Passages checked whole are left as they are."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from ecoute.core.counters import next_numbers
from ecoute.core.jobs.meter import Meter
from ecoute.methods.text.documents import Span, ThemeCode
from ecoute.methods.text.ports import BatchThemeCoder, Passages, Vectors
from ecoute.methods.text.vectors import rows_from_bytes, to_bytes
from ecoute.verbatims.actions.analysers import Analyser, current_analyser
from ecoute.verbatims.actions.learning import ensure_learned
from ecoute.verbatims.actions.present_themes import present_themes, surest
from ecoute.verbatims.enums import Origin
from ecoute.verbatims.models import Codebook, LearnedCoder, Segment, SegmentTheme, SegmentVectors, Verbatim

BATCH = 200


@dataclass(frozen=True)
class Silent:
    """Nobody follows."""

    def total(self, count: int) -> None: ...
    def advance(self, count: int = 1) -> None: ...
    def say(self, text: str) -> None: ...


def recode_all(progress: Meter) -> dict[str, Any]:
    """Learns the codebook when it changed since, then recodes every analysed verbatim, batch by batch.

    Returns how many, and how many codes appeared and went. Vectors of segments stored with the analysis are used again;
    where they are missing or of another encoder, the passages are embedded and the vectors stored.
    """
    ensure_learned(Codebook.objects.filter(is_active=True).earliest("pk"), Silent())
    analyser = current_analyser()
    readable = readable_verbatims()
    progress.total(readable.count())
    last, appeared, gone, done = 0, 0, 0, 0
    while batch := list(with_segments(readable.filter(pk__gt=last))[:BATCH]):
        found = dict(codes_of(batch, analyser, store=True))
        with transaction.atomic():
            came, went = _replace(found, analyser)
        appeared, gone, done, last = appeared + came, gone + went, done + len(batch), batch[-1].pk
        progress.advance(len(batch))
    coders = LearnedCoder.objects.filter(codebook_id=analyser.codebook_id, number=analyser.coder)
    coders.update(applied_at=timezone.now())
    return {"recoded": done, "appeared": appeared, "gone": gone, "coder": analyser.coder}


def readable_verbatims() -> QuerySet[Verbatim]:
    """What is coded: analysed, not withdrawn; oldest first."""
    return Verbatim.objects.filter(masking_version__gt=0, withdrawn_at=None).order_by("pk")


def with_segments(verbatims: QuerySet[Verbatim]) -> QuerySet[Verbatim]:
    """The same with their segments and their stored vectors, three queries for all."""
    return verbatims.prefetch_related("segments").select_related("segment_vectors")


def codes_of(
    verbatims: Sequence[Verbatim], analyser: Analyser, *, store: bool = False
) -> Iterator[tuple[Segment, list[ThemeCode]]]:
    """What the machine says of each segment now. ``store``: writes the vectors that were missing."""
    kept = [(verbatim, list(verbatim.segments.all())) for verbatim in verbatims]
    kept = [(verbatim, segments) for verbatim, segments in kept if segments]
    vectors = _vectors(kept, analyser, store)
    texts = [
        Passages(verbatim.body, [Span(one.start, one.end) for one in segments], rows)
        for (verbatim, segments), rows in zip(kept, vectors, strict=True)
    ]
    coder = analyser.pipeline.themes
    if isinstance(coder, BatchThemeCoder):
        found = coder.code_many(texts)
    else:
        languages = [verbatim.language for verbatim, _ in kept]
        found = [coder.code(t.text, t.spans, t.vectors, lang) for t, lang in zip(texts, languages, strict=True)]
    for (_, segments), codes in zip(kept, found, strict=True):
        yield from zip(segments, codes, strict=True)


def _vectors(kept: Sequence[tuple[Verbatim, list[Segment]]], analyser: Analyser, store: bool) -> list[Vectors]:
    """One array a verbatim: stored ones, and the others embedded in one call."""
    embedder, engine = analyser.pipeline.embedder, analyser.engines["embedding"]
    found: list[Vectors | None] = [_stored(verbatim, segments, engine) for verbatim, segments in kept]
    missing = [i for i, rows in enumerate(found) if rows is None]
    pieces = [kept[i][0].body[one.start : one.end] for i in missing for one in kept[i][1]]
    fresh, at = embedder.embed(pieces), 0
    for i in missing:
        found[i] = fresh[at : at + len(kept[i][1])]
        at += len(kept[i][1])
    if store and missing:
        _store(
            [(kept[i][0], rows) for i in missing if (rows := found[i]) is not None],
            engine,
        )
    return [rows for rows in found if rows is not None]


def _stored(verbatim: Verbatim, segments: list[Segment], engine: str) -> Vectors | None:
    row: SegmentVectors | None = getattr(verbatim, "segment_vectors", None)
    if row is None or row.engine != engine or row.masking_version != verbatim.masking_version:
        return None
    data = bytes(row.vectors)
    if len(data) % (2 * len(segments)):
        return None
    return rows_from_bytes(data, len(data) // (2 * len(segments)))


def _store(rows: Sequence[tuple[Verbatim, Vectors]], engine: str) -> None:
    """Within the order of all writers: verbatims are held first. One masked anew meanwhile is left out."""
    with transaction.atomic():
        held = Verbatim.objects.select_for_update().filter(pk__in=[verbatim.pk for verbatim, _ in rows])
        present = {row.pk: row.masking_version for row in held.only("pk", "masking_version").order_by("pk")}
        fresh = [(v, vectors) for v, vectors in rows if present.get(v.pk) == v.masking_version]
        SegmentVectors.objects.filter(verbatim_id__in=[verbatim.pk for verbatim, _ in fresh]).delete()
        SegmentVectors.objects.bulk_create(
            SegmentVectors(
                verbatim=verbatim,
                engine=engine,
                masking_version=verbatim.masking_version,
                vectors=to_bytes(vectors),
            )
            for verbatim, vectors in fresh
        )


def _replace(read: dict[Segment, list[ThemeCode]], analyser: Analyser) -> tuple[int, int]:
    """Swaps the machine's codes of these segments; touches (a new revision) only verbatims that changed.

    Segments that an analysis replaced meanwhile are left out: they were coded with the codebook as it is now. So are
    those that a person checked whole, and those whose words somebody hid or showed: the evidence found just now counts
    the characters of the former ones.
    """
    versions = {segment.pk: segment.masking_version for segment in read}
    found = {segment.pk: codes for segment, codes in read.items()}
    owners = dict(Segment.objects.filter(pk__in=found).values_list("pk", "verbatim_id"))
    list(Verbatim.objects.select_for_update().filter(pk__in=set(owners.values())).order_by("pk").values_list("pk"))
    open_ones = Segment.objects.filter(pk__in=owners, checked_at=None).only("pk", "unsure_themes", "masking_version")
    alive = {one.pk: one for one in open_ones if one.masking_version == versions[one.pk]}
    found = {segment: codes for segment, codes in found.items() if segment in alive}
    known = SegmentTheme.objects.filter(segment_id__in=found)
    # A rejection is a person's, even of one whose account is no more.
    machine = known.filter(origin=Origin.MACHINE, coded_by=None, rejected=False)
    said = set(known.exclude(pk__in=machine).values_list("segment_id", "theme_id"))
    before = set(machine.values_list("segment_id", "theme_id"))
    theme_ids = present_themes(analyser.theme_ids)  # some may have been merged or retired since the job began
    fresh = {
        (segment, theme): code
        for segment, codes in found.items()
        for theme, code in surest((code for code in codes if code.sure), theme_ids).items()
        if (segment, theme) not in said
    }
    machine.delete()
    SegmentTheme.objects.bulk_create([_code(*key, code, analyser) for key, code in fresh.items()], batch_size=100)
    doubted = _doubt(found, alive, said | fresh.keys(), theme_ids)
    _touch({segment for segment, _ in before ^ fresh.keys()} | doubted)
    return len(fresh.keys() - before), len(before - fresh.keys())


def _code(segment_id: int, theme_id: int, code: ThemeCode, analyser: Analyser) -> SegmentTheme:
    return SegmentTheme(
        segment_id=segment_id,
        theme_id=theme_id,
        confidence=code.confidence,
        evidence=[[span.start, span.end] for span in code.evidence],
        engine=code.engine,
        codebook_version=analyser.codebook_version,
    )


def _doubt(
    found: dict[int, list[ThemeCode]], alive: dict[int, Segment], said: set[tuple[int, int]], theme_ids: dict[str, int]
) -> set[int]:
    """Writes what the machine is not sure of, but of what was said; answers the segments where the themes it doubts of
    changed."""
    changed, moved = [], set()
    for pk, codes in found.items():
        unsure = [
            [theme, code.confidence, code.engine]
            for theme, code in surest((code for code in codes if not code.sure), theme_ids).items()
            if (pk, theme) not in said
        ]
        segment = alive[pk]
        if unsure != segment.unsure_themes:
            if {row[0] for row in unsure} != {row[0] for row in segment.unsure_themes}:
                moved.add(pk)
            segment.unsure_themes = unsure
            changed.append(segment)
    Segment.objects.bulk_update(changed, ["unsure_themes"], batch_size=100)
    return moved


def _touch(segments: set[int]) -> None:
    ids = sorted(set(Segment.objects.filter(pk__in=segments).values_list("verbatim_id", flat=True)))
    for pk, revision in zip(ids, next_numbers("verbatims", len(ids)) if ids else [], strict=True):
        Verbatim.objects.filter(pk=pk).update(revision=revision)
