"""Reports kept, and the words they cite."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from ecoute.directory.facade import Scope
from ecoute.indicators.models import FrozenReport
from ecoute.verbatims.facade import VerbatimCard, verbatim_cards

MOST = 50


def frozen_reports(scope: Scope) -> QuerySet[FrozenReport]:
    """The last reports that ``scope`` may read, newest first, without their figures."""
    rows = FrozenReport.objects.select_related("created_by", "service").defer("figures", "quotes")
    if not scope.everything:
        rows = rows.filter(service_id__in=scope.service_ids)
    return rows[:MOST]


def cited(scope: Scope, quotes: Mapping[str, Sequence[int]]) -> list[dict[str, Any]]:
    """The passages cited, by nature, as they may be read today; ``lost`` counts those withdrawn or recoded since.

    ``quotes``: ids of verbatims by nature.
    """
    titles = {
        "expectation": _("Ce qui est attendu"),
        "irritant": _("Ce qui irrite"),
        "praise": _("Ce qui est apprécié"),
    }
    ids = [pk for nature in titles for pk in quotes.get(nature, ())]
    cards = {card.id: card for card in verbatim_cards(ids, scope)} if ids else {}
    found = []
    for nature, title in titles.items():
        wanted = quotes.get(nature, ())
        passages = [_passage(cards[pk], nature) for pk in wanted if pk in cards]
        kept = [passage for passage in passages if passage is not None]
        found.append({"title": title, "nature": nature, "cards": kept, "lost": len(wanted) - len(kept)})
    return found


def _passage(card: VerbatimCard, nature: str) -> VerbatimCard | None:
    """The surest passage of that nature, its evidence marked."""
    parts = [part for part in card.parts if part.nature == nature]
    if not parts:
        return None
    part = max(parts, key=lambda one: (bool(one.codes), one.nature_confidence))
    raw = card.text[part.start : part.end]
    text, lead = raw.strip(), part.start + len(raw) - len(raw.lstrip())
    spans = [(max(a - lead, 0), min(b - lead, len(text)), label) for a, b, label in card.spans]
    inside = tuple(span for span in spans if span[0] < span[1])
    return replace(card, text=text, spans=inside, polarity=part.polarity)
