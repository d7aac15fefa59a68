"""The light filter bar of these pages: service, channel, source, period; other filters stay, as chips."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from urllib.parse import parse_qsl

from ecoute.verbatims.facade import CHANNELS, Corpus, Filters, label_of, source_cards

INDENT = "\u2003"
_FIELDS = ("services", "channels", "sources")


@dataclass(frozen=True, slots=True)
class Option:
    value: str
    label: str
    selected: bool


@dataclass(frozen=True, slots=True)
class Chip:
    label: str
    href: str


@dataclass(frozen=True, slots=True)
class FilterBar:
    services: tuple[Option, ...]
    channels: tuple[Option, ...]
    sources: tuple[Option, ...]
    since: date | None
    until: date | None
    kept: tuple[tuple[str, str], ...]
    chips: tuple[Chip, ...]


def filter_bar(corpus: Corpus, filters: Filters, *, extra: str = "") -> FilterBar:
    """In the words of the reader. ``extra``: the rest of the address (order, page apart), kept as it is."""
    nodes = [node for node in corpus.dimensions.vocabulary.nodes if corpus.scope.allows(node.id)]
    here = corpus.select().count_by("source")
    bare = filters.with_(since=None, until=None, **dict.fromkeys(_FIELDS, ()))
    return FilterBar(
        services=tuple(
            Option(str(node.id), INDENT * node.depth + (node.short_name or node.name), node.id in filters.services)
            for node in nodes
        ),
        channels=tuple(Option(value, str(label), value in filters.channels) for value, label in CHANNELS),
        sources=tuple(
            Option(card.slug, card.name, card.slug in filters.sources) for card in source_cards() if here.get(card.slug)
        ),
        since=filters.since,
        until=filters.until,
        kept=(*parse_qsl(bare.to_query()), *parse_qsl(extra)),
        chips=tuple(_chips(filters, extra)),
    )


def _chips(filters: Filters, extra: str) -> list[Chip]:
    found = []
    for name in ("themes", "natures", "polarities", "satisfactions", "places", "speakers", "languages"):
        for value in getattr(filters, name):
            found.append(Chip(label_of(name, value), address(filters.without(name, value), extra)))
    for name in ("words", "meaning", "like"):
        if getattr(filters, name):
            found.append(Chip(str(getattr(filters, name)), address(filters.without(name), extra)))
    return found


def address(filters: Filters, extra: str = "") -> str:
    """The query of filters and the rest."""
    return "?" + "&".join(part for part in (filters.to_query(), extra) if part)
