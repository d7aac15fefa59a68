"""The light filter bar: service, period, channel, source; other filters of the address stay, as chips."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from urllib.parse import parse_qsl

from django.utils.translation import gettext as _

from ecoute.indicators.pictures.words import span_words
from ecoute.indicators.queries.periods import Span, last_months
from ecoute.indicators.queries.reading import Reading
from ecoute.verbatims.facade import CHANNELS, Filters, label_of

INDENT = "\u2003"
PRESETS = (12, 36)
SHOWN = ("services", "channels", "sources")


@dataclass(frozen=True, slots=True)
class Option:
    value: str
    label: str
    selected: bool


@dataclass(frozen=True, slots=True)
class Chip:
    """A filter in force and the address without it."""

    label: str
    href: str


@dataclass(frozen=True, slots=True)
class FilterBar:
    services: Sequence[Option]
    channels: Sequence[Option]
    sources: Sequence[Option]
    since: date | None
    until: date | None
    presets: Sequence[Option]  # value: the query string
    chips: Sequence[Chip]
    kept: Sequence[tuple[str, str]]  # other filters, carried along by the form
    is_empty: bool


def filter_bar(reading: Reading) -> FilterBar:
    """Built from what this reader may see, in the words of the page."""
    filters = reading.filters
    return FilterBar(
        services=[
            Option(str(node.id), INDENT * node.depth + node.name, node.id in filters.services) for node in reading.nodes
        ],
        channels=[Option(value, str(label), value in filters.channels) for value, label in CHANNELS],
        sources=[Option(one.slug, one.name, one.slug in filters.sources) for one in reading.sources],
        since=filters.since,
        until=filters.until,
        presets=presets(reading),
        chips=_chips(reading),
        kept=_kept(filters),
        is_empty=filters.is_empty,
    )


def presets(reading: Reading) -> list[Option]:
    """Periods counted back from the last words known; everything first."""
    filters, known = reading.filters, reading.whole.period()
    whole = filters.with_(since=None, until=None)
    found = [Option(whole.to_query(), _("Toute la période"), not filters.since and not filters.until)]
    if known:
        for months in PRESETS:
            span = last_months(known[1], months)
            if span.since > known[0]:
                found.append(_preset(filters, span, months))
    return found


def _preset(filters: Filters, span: Span, months: int) -> Option:
    label = _("12 derniers mois connus") if months == 12 else _("3 dernières années connues")
    chosen = (filters.since, filters.until) == (span.since, span.until)
    return Option(filters.with_(since=span.since, until=span.until).to_query(), label, chosen)


def _chips(reading: Reading) -> list[Chip]:
    """Filters that the bar has no field for, and the period."""
    filters, tree = reading.filters, reading.tree
    found = [Chip(tree.label(slug), f"?{filters.without('themes', slug).to_query()}") for slug in filters.themes]
    for name in ("natures", "polarities", "satisfactions", "places", "speakers", "languages"):
        for value in getattr(filters, name):
            found.append(Chip(label_of(name, value), f"?{filters.without(name, value).to_query()}"))
    for name in ("words", "meaning", "like"):
        if getattr(filters, name):
            found.append(Chip(_("mots recherchés"), f"?{filters.without(name).to_query()}"))
    if filters.since and filters.until:
        bare = filters.with_(since=None, until=None)
        found.append(Chip(span_words(Span(filters.since, filters.until)), f"?{bare.to_query()}"))
    return found


def _kept(filters: Filters) -> list[tuple[str, str]]:
    bare = filters.with_(since=None, until=None, **dict.fromkeys(SHOWN, ()))
    return parse_qsl(bare.to_query())
