"""The most telling passages of a selection."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np

from ecoute.verbatims.queries.card import VerbatimCard
from ecoute.verbatims.queries.cards import verbatim_cards
from ecoute.verbatims.queries.excerpts import apart

if TYPE_CHECKING:
    from ecoute.verbatims.columns.selection import Selection
    from ecoute.verbatims.columns.snapshot import Column


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
    return quotes_by_kind(selection, [(nature, polarity)], theme=theme, limit=limit)[0]


def quotes_by_kind(
    selection: Selection, kinds: Sequence[tuple[str | None, str | None]], *, theme: str | None = None, limit: int = 3
) -> list[list[VerbatimCard]]:
    """``quotes`` of each (nature, polarity), read together: as many queries for several kinds as for one."""
    best = [_best(selection, theme, *kind)[: limit * 6] for kind in kinds]
    snapshot = selection.corpus.snapshot
    rows = snapshot.segment_row[np.concatenate(best)] if best else np.empty(0, np.int64)
    ids = list(dict.fromkeys(snapshot.ids[rows].tolist()))
    cards = {card.id: card for card in verbatim_cards(ids, selection.corpus.scope)}
    return [_told(selection, segments, cards, theme, limit) for segments in best]


def _best(selection: Selection, theme: str | None, nature: str | None, polarity: str | None) -> Column:
    """Indexes of segments, the surest of each verbatim, the surest verbatim first."""
    snapshot = selection.corpus.snapshot
    chosen = np.flatnonzero(selection.segment_ids(theme=theme, nature=nature, polarity=polarity))
    sure = np.zeros(len(snapshot.segment_row), np.float32)
    np.maximum.at(sure, snapshot.code_segment, _confidence(selection, theme))
    best = chosen[np.lexsort((-snapshot.segment_id[chosen], -sure[chosen]))]
    _, first = np.unique(snapshot.segment_row[best], return_index=True)
    return np.asarray(best[np.sort(first)])


def _told(
    selection: Selection, segments: Column, cards: Mapping[int, VerbatimCard], theme: str | None, limit: int
) -> list[VerbatimCard]:
    snapshot = selection.corpus.snapshot
    ids = snapshot.ids[snapshot.segment_row[segments]].tolist()
    found = [
        _quote(cards[pk], segment, theme)
        for pk, segment in zip(ids, snapshot.segment_id[segments].tolist(), strict=True)
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
