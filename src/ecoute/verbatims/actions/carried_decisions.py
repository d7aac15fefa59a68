"""What people hid in the words as received stays hidden when an import brings other words for the same verbatim."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from ecoute.verbatims.actions.hidden_words import hidden_patterns, hidden_places, in_force, same_neighbours
from ecoute.verbatims.actions.masked_bodies import fingerprint_of
from ecoute.verbatims.actions.raw_content import RawContent
from ecoute.verbatims.models import MaskingDecision

Decisions = dict[int, list[MaskingDecision]]


def decisions_about(verbatim_ids: Iterable[int]) -> Decisions:
    """By verbatim, in the order they were made, about whatever wording. One query."""
    found: Decisions = {}
    for decision in MaskingDecision.objects.filter(verbatim_id__in=list(verbatim_ids)).order_by("pk"):
        found.setdefault(decision.verbatim_id, []).append(decision)
    return found


def carry(old: RawContent, new: RawContent, decisions: Sequence[MaskingDecision], *, shown: bool = True) -> None:
    """Takes the decisions about the words ``old`` over to the words ``new`` of the same verbatim; call it inside the
    transaction that replaces the ones by the others. Those about ``old`` stay, for the day when these words come back.

    What is hidden is hidden wherever it stands in the new words. What was shown again is shown only between the same
    two words (``shown`` False: not at all). Decisions about these very words, had they been there before, are kept.
    """
    if old.body == new.body:
        return
    before, mark = fingerprint_of(old.body), fingerprint_of(new.body)
    said = [one for one in decisions if one.fingerprint == before]
    known = [one for one in decisions if one.fingerprint == mark]
    rows = _hidden(old.body, new, said, known) + (_shown(old.body, new.body, said, known) if shown else [])
    for row in rows:
        row.fingerprint = mark
    moments = [row.made_at for row in rows]
    made = MaskingDecision.objects.bulk_create(rows, batch_size=100)
    for row, moment in zip(made, moments, strict=True):
        row.made_at = moment  # what somebody said then, not a new decision
    MaskingDecision.objects.bulk_update(made, ["made_at"], batch_size=100)


def _hidden(
    old: str, new: RawContent, said: Sequence[MaskingDecision], known: Sequence[MaskingDecision]
) -> list[MaskingDecision]:
    """Words that people hide in the new wording already are hidden there as they said."""
    there = hidden_patterns(new.body, known)
    return [
        _row(said[one.rank], start, end)
        for one in hidden_places(old, said, new.body, but=there)
        for start, end in _within(one.start, one.end, len(new.title))
    ]


def _shown(
    old: str, new: str, said: Sequence[MaskingDecision], known: Sequence[MaskingDecision]
) -> list[MaskingDecision]:
    there = {(one.start, one.end) for one in known if not one.kind}
    return [
        _row(said[one.rank], place.start, place.end)
        for one in in_force(old, said)
        if not one.kind
        for place in same_neighbours(old, one, new)
        if (place.start, place.end) not in there
    ]


def _within(start: int, end: int, title: int) -> list[tuple[int, int]]:
    """The title and the text apart: the line's end between them is neither's."""
    if not title or not start <= title < end:
        return [(start, end)]
    return [(a, b) for a, b in ((start, title), (title + 1, end)) if a < b]


def _row(decision: MaskingDecision, start: int, end: int) -> MaskingDecision:
    return MaskingDecision(
        verbatim_id=decision.verbatim_id,
        start=start,
        end=end,
        kind=decision.kind,
        made_by_id=decision.made_by_id,
        made_at=decision.made_at,
    )
