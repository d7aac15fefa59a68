"""Verbatims read for lists: masked words, evidence, codes and provenance."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from django.db.models import Prefetch

from ecoute.directory.facade import Scope, ServiceNode, service_nodes
from ecoute.verbatims.enums import Channel, NatureChoice, PolarityChoice, Satisfaction
from ecoute.verbatims.models import Segment, SegmentTheme, Theme, Verbatim, VerbatimService
from ecoute.verbatims.queries.card import Code, CodedPart, VerbatimCard
from ecoute.verbatims.queries.excerpts import apart
from ecoute.verbatims.queries.filters import Filters
from ecoute.verbatims.search.question import understand
from ecoute.verbatims.search.words import spans_of_words


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
        unsure=tuple((int(theme), float(share)) for theme, share, _engine in segment.unsure_themes),
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
    asked = highlight.words or highlight.meaning
    if asked:
        # What was searched goes first: where both meet, the searched word is what the reader looks for.
        searched = [(start, end, "") for start, end in spans_of_words(body, understand(asked))]
        return apart([*searched, *wanted], len(body))
    return apart(wanted, len(body))
