"""Verbatims as they are shown in lists: masked words, evidence, codes and provenance."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Any
from uuid import UUID

import numpy as np
from django.db.models import Prefetch
from django.urls import reverse

from ecoute.directory.facade import Scope, ServiceNode, service_nodes
from ecoute.verbatims.enums import Channel, NatureChoice, PolarityChoice, Satisfaction
from ecoute.verbatims.models import Segment, SegmentTheme, Theme, Verbatim, VerbatimService
from ecoute.verbatims.queries.excerpts import Excerpt, excerpt
from ecoute.verbatims.queries.filters import Filters
from ecoute.verbatims.search.question import understand
from ecoute.verbatims.search.words import spans_of_words

if TYPE_CHECKING:
    from ecoute.verbatims.columns.selection import Selection


@dataclass(frozen=True, slots=True)
class Code:
    """A theme in a segment. ``confidence`` 0–1; ``by_person``: a person said so or agreed."""

    id: int
    slug: str
    label: str
    confidence: float
    engine: str
    by_person: bool
    spans: tuple[tuple[int, int], ...]
    above: tuple[str, ...] = ()  # slugs of the themes that hold this one


@dataclass(frozen=True, slots=True)
class CodedPart:
    """A segment: characters ``[start, end)`` of the body, its nature, its polarity, its themes."""

    id: int
    start: int
    end: int
    nature: str
    nature_label: str
    nature_confidence: float
    nature_by_person: bool
    polarity: str
    polarity_label: str
    polarity_confidence: float
    polarity_by_person: bool
    codes: tuple[Code, ...]

    @property
    def slice(self) -> str:
        """For the template filter of that name."""
        return f"{self.start}:{self.end}"


@dataclass(frozen=True, slots=True)
class Reading:
    """Themes spoken of in one way."""

    nature: str
    polarity: str
    codes: tuple[Code, ...]


@dataclass(frozen=True, slots=True)
class VerbatimCard:
    """``text`` is the masked body: title, newline, text. ``spans`` (start, end, label) are characters of it, in order,
    without overlap: the evidence of themes, or the words that were searched (empty label)."""

    id: int
    uid: UUID
    title: str
    text: str
    spans: tuple[tuple[int, int, str], ...]
    themes: tuple[tuple[str, str], ...]  # (slug, label), as met
    natures: tuple[str, ...]
    polarity: str  # of the whole
    satisfaction: str
    satisfaction_label: str
    service: str
    services: tuple[str, ...]
    channel: str
    channel_label: str
    date: date | None
    place: str
    source: str
    source_slug: str
    language: str
    parts: tuple[CodedPart, ...]
    replied: bool
    duplicate: bool

    @property
    def tone_label(self) -> str:
        """The polarity of the whole, in words; empty when it was not judged."""
        return str(PolarityChoice(self.polarity).label) if self.polarity else ""

    @property
    def other_services(self) -> int:
        """How many services are named beside the first."""
        return max(0, len(self.services) - 1)

    @property
    def seen_by_person(self) -> bool:
        """Whether a person decided at least one code."""
        return any(
            part.nature_by_person or part.polarity_by_person or any(code.by_person for code in part.codes)
            for part in self.parts
        )

    @property
    def body(self) -> str:
        """The masked text without its title."""
        return self.text[len(self.title) + 1 :] if self.title else self.text

    @property
    def excerpt(self) -> Excerpt:
        """What a list shows of the text without its title."""
        shift = len(self.title) + 1 if self.title else 0
        spans = [(start - shift, end - shift, label) for start, end, label in self.spans if start >= shift]
        return excerpt(self.body, spans)

    @property
    def title_spans(self) -> tuple[tuple[int, int, str], ...]:
        return tuple(span for span in self.spans if span[1] <= len(self.title))

    @property
    def readings(self) -> tuple[Reading, ...]:
        """The codes of the whole, segments of one nature and polarity put together; those without a theme left out."""
        found: dict[tuple[str, str], dict[str, Code]] = {}
        for part in self.parts:
            for code in part.codes:
                found.setdefault((part.nature, part.polarity), {}).setdefault(code.slug, code)
        return tuple(Reading(nature, polarity, tuple(codes.values())) for (nature, polarity), codes in found.items())

    @property
    def href(self) -> str:
        """The page of this verbatim."""
        return reverse("verbatims:verbatim", args=[self.uid])


def verbatim_cards(
    ids: Sequence[int],
    scope: Scope,
    highlight: Filters | None = None,
    nodes: Sequence[ServiceNode] | None = None,
) -> list[VerbatimCard]:
    """The cards of these verbatims in this order; those withdrawn, unmasked or out of ``scope`` are left out.

    ``highlight``: evidence is that of the themes, nature and polarity these filters name (all themes when they name
    none), and searched words are marked. Services out of ``scope`` are not named.
    ``nodes``: the tree of services, if the caller has read it. Five queries whatever the number, or six.
    """
    rows = _rows(ids)
    names = {node.id: node.short_name or node.name for node in nodes or (service_nodes() if rows else ())}
    found = {row.pk: row for row in rows}
    shown = [found[pk] for pk in ids if pk in found]
    return [_card(row, scope, names, highlight or Filters()) for row in shown if _allowed(row, scope)]


def _rows(ids: Sequence[int]) -> list[Verbatim]:
    codes = (
        SegmentTheme.objects.filter(rejected=False)
        .select_related("theme__parent__parent")
        .order_by("segment_id", "-confidence")
    )
    segments = Segment.objects.order_by("position").prefetch_related(Prefetch("codes", queryset=codes))
    return list(
        Verbatim.objects.filter(pk__in=list(ids), withdrawn_at=None, masking_version__gt=0)
        .select_related("source", "place")
        .defer("extra", "phrases", "analysis_notes")
        .prefetch_related(
            Prefetch("concerned", queryset=VerbatimService.objects.order_by("position")),
            Prefetch("segments", queryset=segments),
            "replies",
        )
        .order_by("pk")
    )


def _allowed(row: Verbatim, scope: Scope) -> bool:
    return scope.everything or any(scope.allows(link.service_id) for link in row.concerned.all())


def _card(row: Verbatim, scope: Scope, names: dict[int, str], highlight: Filters) -> VerbatimCard:
    parts = tuple(coded_part(segment) for segment in row.segments.all())
    services = tuple(names.get(link.service_id, "") for link in row.concerned.all() if scope.allows(link.service_id))
    return VerbatimCard(
        id=row.pk,
        uid=row.uid,
        title=row.title,
        text=row.body,
        spans=_spans(row.body, parts, highlight),
        themes=tuple(dict.fromkeys((code.slug, code.label) for part in parts for code in part.codes)),
        natures=tuple(dict.fromkeys(part.nature for part in parts)),
        polarity=row.polarity,
        satisfaction=row.satisfaction,
        satisfaction_label=str(Satisfaction(row.satisfaction).label),
        service=services[0] if services else "",
        services=services,
        channel=row.channel,
        channel_label=str(Channel(row.channel).label) if row.channel != Channel.UNKNOWN else "",
        date=row.said_on,
        place=row.place.name if row.place else "",
        source=row.source.name,
        source_slug=row.source.slug,
        language=row.language,
        parts=parts,
        replied=bool(row.replies.all()),
        duplicate=row.duplicate_of_id is not None,
    )


def coded_part(segment: Segment) -> CodedPart:
    """A segment with its codes, in the words of the reader. Codes people rejected must have been left out."""
    return CodedPart(
        id=segment.pk,
        start=segment.start,
        end=segment.end,
        nature=segment.nature,
        nature_label=str(NatureChoice(segment.nature).label),
        nature_confidence=segment.nature_confidence,
        nature_by_person=segment.nature_origin == "person",
        polarity=segment.polarity,
        polarity_label=str(PolarityChoice(segment.polarity).label),
        polarity_confidence=segment.polarity_confidence,
        polarity_by_person=segment.polarity_origin == "person",
        codes=tuple(_code(code) for code in segment.codes.all()),
    )


def _code(code: SegmentTheme) -> Code:
    return Code(
        id=code.pk,
        slug=code.theme.slug,
        label=code.theme.label,
        confidence=code.confidence,
        engine=code.engine,
        by_person=code.origin == "person",
        spans=tuple((int(start), int(end)) for start, end in code.evidence),
        above=tuple(_slugs_above(code.theme)),
    )


def _slugs_above(theme: Theme) -> Iterator[str]:
    while theme.parent is not None:
        theme = theme.parent
        yield theme.slug


def _spans(body: str, parts: Sequence[CodedPart], highlight: Filters) -> tuple[tuple[int, int, str], ...]:
    wanted = [
        (start, end, code.label)
        for part in parts
        if (not highlight.natures or part.nature in highlight.natures)
        and (not highlight.polarities or part.polarity in highlight.polarities)
        for code in part.codes
        if not highlight.themes or {code.slug, *code.above}.intersection(highlight.themes)
        for start, end in code.spans
    ]
    if highlight.words:
        # What was searched goes first: where both meet, the searched word is what the reader looks for.
        searched = [(start, end, "") for start, end in spans_of_words(body, understand(highlight.words))]
        return apart([*searched, *wanted], len(body))
    return apart(wanted, len(body))


def apart(spans: Sequence[tuple[int, int, str]], length: int) -> tuple[tuple[int, int, str], ...]:
    """Spans in order without overlap, inside ``[0, length)``; of two that overlap the first given stays."""
    taken: list[tuple[int, int, str]] = []
    for start, end, label in spans:
        if 0 <= start < end <= length and all(end <= a or start >= b for a, b, _ in taken):
            taken.append((start, end, label))
    return tuple(sorted(taken))


def quotes(
    selection: Selection,
    *,
    theme: str | None = None,
    nature: str | None = None,
    polarity: str | None = None,
    limit: int = 3,
) -> list[VerbatimCard]:
    """The most telling passages of a selection, one a verbatim, the surest first: ``text`` is the segment's, and
    ``spans`` its evidence.

    Telling: coded with the most confidence, of a length that can be quoted (40 to 400 characters first).
    """
    snapshot = selection.corpus.snapshot
    chosen = np.flatnonzero(selection.segment_ids(theme=theme, nature=nature, polarity=polarity))
    sure = np.zeros(len(snapshot.segment_row), np.float32)
    np.maximum.at(sure, snapshot.code_segment, _confidence(selection, theme))
    best = chosen[np.lexsort((-snapshot.segment_id[chosen], -sure[chosen]))]
    _, first = np.unique(snapshot.segment_row[best], return_index=True)
    best = best[np.sort(first)][: limit * 6]
    rows = snapshot.segment_row[best]
    cards = {card.id: card for card in verbatim_cards(snapshot.ids[rows].tolist(), selection.corpus.scope)}
    found = [
        _quote(cards[pk], segment, theme)
        for pk, segment in zip(snapshot.ids[rows].tolist(), snapshot.segment_id[best].tolist(), strict=True)
        if pk in cards and not cards[pk].duplicate
    ]
    ready = [quote for quote in found if quote is not None]
    return sorted(ready, key=lambda quote: not 40 <= len(quote.text) <= 400)[:limit]


def _confidence(selection: Selection, theme: str | None) -> Any:
    snapshot, tree = selection.corpus.snapshot, selection.corpus.dimensions.vocabulary.themes
    if theme is None:
        return snapshot.code_confidence
    at = tree.index_of(theme)
    under = [key for index, key in enumerate(tree.keys) if at == index or at in tree.ancestors(index)]
    return np.where(np.isin(snapshot.code_theme, under), snapshot.code_confidence, 0)


def _quote(card: VerbatimCard, segment_id: int, theme: str | None) -> VerbatimCard | None:
    part = next((part for part in card.parts if part.id == segment_id), None)
    if part is None:
        return None
    spans = [
        (max(start, part.start) - part.start, min(end, part.end) - part.start, code.label)
        for code in part.codes
        for start, end in code.spans
    ]
    text = card.text[part.start : part.end]
    lead = len(text) - len(text.lstrip())
    moved = [(max(start - lead, 0), end - lead, label) for start, end, label in spans]
    text = text.strip()
    return replace(card, text=text, spans=apart(moved, len(text)), polarity=part.polarity, natures=(part.nature,))
