"""The segments of a verbatim with everything that must stand beside a code: characters, engine, confidence, coder."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Prefetch, QuerySet

from ecoute.verbatims.enums import NatureChoice, Origin, PolarityChoice
from ecoute.verbatims.models import Correction, Segment, SegmentTheme, Theme, Verbatim


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
    codebook_version: int = 0  # 0: not known
    by_person: bool = False  # somebody gave it or agreed


@dataclass(frozen=True, slots=True)
class Judged:
    """The nature or the polarity of a segment, with what it stands on."""

    value: str
    label: str
    confidence: float
    engine: str
    evidence: str
    by_person: bool


@dataclass(frozen=True, slots=True)
class Undoable:
    """What the reader said last of a segment: the id of the correction, and what it was about."""

    pk: int
    what: str
    theme: str


@dataclass(frozen=True, slots=True)
class CodedPassage:
    """A segment as the coding page shows it; ``spans`` are offsets of evidence inside ``text``."""

    pk: int
    verbatim_uid: UUID
    position: int
    text: str
    spans: tuple[tuple[int, int], ...]
    start: int
    end: int
    masking_version: int
    nature: str
    nature_by_person: bool
    polarity: str
    polarity_by_person: bool
    judged: tuple[Judged, Judged]  # nature, polarity
    corrected_by: str
    corrected_at: datetime | None
    codes: tuple[Code, ...]
    rejected: tuple[Code, ...]
    unsure: tuple[Code, ...]
    undo: Undoable | None
    checked_by: str = ""  # who read it whole and said that its themes are right
    checked_at: datetime | None = None

    @property
    def number(self) -> int:
        """As people count."""
        return self.position + 1

    @property
    def needs_a_look(self) -> bool:
        """Whether somebody or something has said anything of it beyond its nature and polarity."""
        return bool(self.codes or self.rejected or self.unsure or self.corrected_by or self.checked_at)


def coded_passages(verbatim: Verbatim, only: int | None = None, reader: Any = None) -> list[CodedPassage]:
    """The segments in order (or the one of id ``only``). Two queries whatever their number, one more where the machine
    was unsure of a theme, one more for what ``reader`` may undo."""
    segments = verbatim.segments.filter(pk=only) if only is not None else verbatim.segments.all()
    return _passages(segments.order_by("position"), {verbatim.pk: verbatim}, reader)


def passages_of(segment_ids: Sequence[int], reader: Any = None) -> list[CodedPassage]:
    """These segments, of whatever verbatims, in this order; those gone are left out. The caller has checked that they
    may be read. One query more than ``coded_passages``."""
    segments = Segment.objects.filter(pk__in=segment_ids, verbatim__withdrawn_at=None).order_by("pk")
    owners = Verbatim.objects.filter(segments__in=segment_ids).only("uid", "title", "text")
    found = {passage.pk: passage for passage in _passages(segments, {one.pk: one for one in owners}, reader)}
    return [found[pk] for pk in segment_ids if pk in found]


def _passages(segments: QuerySet[Segment], owners: dict[int, Verbatim], reader: Any) -> list[CodedPassage]:
    codes = SegmentTheme.objects.select_related("theme", "coded_by").order_by("-confidence", "pk")
    named = segments.select_related("corrected_by", "checked_by")
    rows = list(named.prefetch_related(Prefetch("codes", queryset=codes)))
    themes = _unsure_themes(rows)
    undo = _undoable([row.pk for row in rows], reader) if reader is not None else {}
    return [_passage(row, owners[row.verbatim_id], themes, undo.get(row.pk)) for row in rows]


def _unsure_themes(rows: Sequence[Segment]) -> dict[int, Theme]:
    ids = {pk for row in rows for pk, _, _ in row.unsure_themes}
    return Theme.objects.filter(retired_at=None).in_bulk(ids) if ids else {}


def _undoable(segment_ids: Sequence[int], reader: Any) -> dict[int, Undoable]:
    corrections = (
        Correction.objects.filter(segment_id__in=segment_ids, undone_at=None).select_related("theme").order_by("pk")
    )
    last = {correction.segment_id: correction for correction in corrections}
    return {
        pk: Undoable(c.pk, c.what, c.theme.label if c.theme else "")
        for pk, c in last.items()
        if c.made_by_id == reader.pk
    }


def _passage(segment: Segment, verbatim: Verbatim, themes: dict[int, Theme], undo: Undoable | None) -> CodedPassage:
    rows, body = list(segment.codes.all()), verbatim.body
    codes = [_code(row, body) for row in rows]
    spans = [pair for row in rows if not row.rejected for pair in row.evidence]
    return CodedPassage(
        pk=segment.pk,
        verbatim_uid=verbatim.uid,
        position=segment.position,
        text=body[segment.start : segment.end],
        spans=_inside([*spans, *segment.nature_evidence, *segment.polarity_evidence], segment),
        start=segment.start,
        end=segment.end,
        masking_version=segment.masking_version,
        nature=segment.nature,
        nature_by_person=segment.nature_origin == Origin.PERSON,
        polarity=segment.polarity,
        polarity_by_person=segment.polarity_origin == Origin.PERSON,
        judged=(_judged(segment, "nature", NatureChoice, body), _judged(segment, "polarity", PolarityChoice, body)),
        corrected_by=str(segment.corrected_by or ""),
        corrected_at=segment.corrected_at,
        codes=tuple(code for code in codes if not code.rejected),
        rejected=tuple(code for code in codes if code.rejected),
        unsure=_unsure(segment, themes, {row.theme_id for row in rows}),
        undo=undo,
        checked_by=str(segment.checked_by or ""),
        checked_at=segment.checked_at,
    )


def _code(row: SegmentTheme, body: str) -> Code:
    person = row.coded_by is not None
    return Code(
        slug=row.theme.slug,
        label=row.theme.label,
        confidence=row.confidence,
        engine=row.engine,
        evidence=_quoted(row.evidence, body),
        said_by=str(row.coded_by or ""),
        said_at=row.coded_at if person else None,
        rejected=row.rejected,
        codebook_version=row.codebook_version,
        by_person=row.origin == Origin.PERSON,
    )


def _unsure(segment: Segment, themes: dict[int, Theme], said: set[int]) -> tuple[Code, ...]:
    """Themes the machine saw and would not give, as long as nobody said yes or no."""
    return tuple(
        Code(themes[pk].slug, themes[pk].label, share, engine, "", "", None, rejected=False)
        for pk, share, engine in segment.unsure_themes
        if pk in themes and pk not in said
    )


def _judged(segment: Segment, what: str, choices: Any, body: str) -> Judged:
    value = getattr(segment, what)
    return Judged(
        value=value,
        label=str(choices(value).label),
        confidence=getattr(segment, f"{what}_confidence"),
        engine=getattr(segment, f"{what}_engine"),
        evidence=_quoted(getattr(segment, f"{what}_evidence"), body),
        by_person=getattr(segment, f"{what}_origin") == Origin.PERSON,
    )


def _quoted(evidence: Sequence[Sequence[int]], body: str) -> str:
    return " … ".join(body[start:end] for start, end in evidence)


def _inside(spans: Sequence[Sequence[int]], segment: Segment) -> tuple[tuple[int, int], ...]:
    """Offsets counted from the segment's beginning; evidence as long as the segment shows nothing and is left out."""
    length = segment.end - segment.start
    moved = {(max(0, start - segment.start), min(length, end - segment.start)) for start, end in spans}
    return tuple(sorted(pair for pair in moved if pair[0] < pair[1] and pair != (0, length)))
