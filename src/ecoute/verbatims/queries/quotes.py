"""The most telling passages of a selection."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np

from ecoute.verbatims.queries.card import VerbatimCard
from ecoute.verbatims.queries.cards import verbatim_cards
from ecoute.verbatims.queries.excerpts import apart

if TYPE_CHECKING:
    from ecoute.verbatims.columns.selection import Selection


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
    return replace(
        card,
        text=text,
        spans=apart(moved, len(text)),
        polarity=part.polarity,
        natures=(part.nature,),
        passage=card.parts.index(part),
    )
