"""What people said of a passage is kept when its verbatim is analysed again, as long as the passage's words are there.

A passage is recognised by its words: a corrected title or one more sentence does not undo what somebody coded. What was
said of words that are gone goes with them.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Prefetch, Q

from ecoute.verbatims.enums import Origin
from ecoute.verbatims.models import Segment, SegmentTheme, Verbatim

_BY_PERSON = {"nature": "nature_origin", "polarity": "polarity_origin"}


@dataclass(frozen=True)
class Decision:
    """A former segment with the codes that people gave or rejected in it, and the words it was about."""

    words: str
    segment: Segment
    codes: tuple[SegmentTheme, ...]


def decisions_of(verbatims: Sequence[Verbatim]) -> dict[int, list[Decision]]:
    """By verbatim id, what people said of its segments; ``verbatims`` still hold their former words. Two queries."""
    bodies = {verbatim.pk: verbatim.body for verbatim in verbatims}
    said = SegmentTheme.objects.exclude(origin=Origin.MACHINE, coded_by=None)
    corrected = (
        Segment.objects.filter(verbatim_id__in=bodies)
        .filter(Q(nature_origin=Origin.PERSON) | Q(polarity_origin=Origin.PERSON) | Q(codes__in=said))
        .distinct()
        .order_by("pk")
        .prefetch_related(Prefetch("codes", queryset=said.order_by("pk"), to_attr="said"))
    )
    kept: dict[int, list[Decision]] = {}
    for segment in corrected:
        words = bodies[segment.verbatim_id][segment.start : segment.end]
        codes = tuple(segment.said)
        kept.setdefault(segment.verbatim_id, []).append(Decision(words, segment, codes))
    return kept


def keep(decisions: dict[int, list[Decision]], verbatims: Iterable[Verbatim]) -> None:
    """Applies them to the new segments that hold the same words. Called inside the transaction that made those."""
    for verbatim in verbatims:
        known = {decision.words: decision for decision in decisions.get(verbatim.pk, ())}
        for segment in verbatim.segments.order_by("position") if known else ():
            decision = known.pop(verbatim.body[segment.start : segment.end], None)
            if decision is not None:
                _apply(decision, segment)


def _apply(decision: Decision, segment: Segment) -> None:
    former = decision.segment
    for name, origin in _BY_PERSON.items():
        if getattr(former, origin) == Origin.PERSON:
            for field in (name, origin, f"{name}_confidence", f"{name}_engine"):
                setattr(segment, field, getattr(former, field))
    segment.corrected_by_id, segment.corrected_at = former.corrected_by_id, former.corrected_at
    segment.save()
    moved = segment.start - former.start
    for code in decision.codes:
        SegmentTheme.objects.update_or_create(
            segment=segment,
            theme_id=code.theme_id,
            defaults={
                "confidence": code.confidence,
                "evidence": [[start + moved, end + moved] for start, end in code.evidence],
                "origin": code.origin,
                "engine": code.engine,
                "rejected": code.rejected,
                "coded_by_id": code.coded_by_id,
            },
        )
