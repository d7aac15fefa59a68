"""The filters of the explorer: each value with its count and the address that puts it on or takes it off."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from ecoute.ui.components import FacetItem
from ecoute.verbatims.columns.corpus import Corpus

from .filter_chips import readable_sources
from .filters import Filters
from .labels import CLOSED, LANGUAGES

MAX_TREE = 60
Href = Callable[[Filters], str]
Counts = dict[str, dict[Any, int]]


@dataclass(frozen=True, slots=True)
class FacetList:
    """``shown``: how many values stand open before « n autres »."""

    name: str
    title: str
    items: tuple[FacetItem, ...]
    shown: int = 6
    left_out: int = 0


def facet_lists(corpus: Corpus, filters: Filters, counts: Counts, href: Href) -> list[FacetList]:
    """All the filters of the rail, in order; those that offer no choice are left out."""
    made = [
        _tree("services", _("Service"), _service_rows(corpus), counts["service"], filters, href),
        _tree("themes", _("Thème"), _theme_rows(corpus), counts["theme"], filters, href, shown=40),
        _closed("natures", _("Nature du passage"), counts["nature"], filters, href),
        _closed("polarities", _("Polarité du passage"), counts["polarity"], filters, href),
        _closed("satisfactions", _("Satisfaction déclarée"), counts["satisfaction"], filters, href),
        _closed("channels", _("Canal"), counts["channel"], filters, href),
        _tree("places", _("Lieu"), _place_rows(corpus), counts["place"], filters, href),
        _years(counts["year"], filters, href),
        _closed("speakers", _("Qui parle"), counts["speaker"], filters, href),
        _plain("sources", _("Source"), _source_rows(corpus), counts["source"], filters, href),
        _plain("languages", _("Langue"), _language_rows(counts["language"]), counts["language"], filters, href),
    ]
    return [one for one in made if len(one.items) > 1 or any(item.selected for item in one.items)]


def _item(name: str, value: Any, label: str, count: int, filters: Filters, href: Href, depth: int = 0) -> FacetItem:
    selected = value in getattr(filters, name)
    target = filters.without(name, value) if selected else filters.adding(name, value)
    return FacetItem(str(value), label, count, selected, href(target), depth)


def _closed(name: str, title: str, counts: dict[Any, int], filters: Filters, href: Href) -> FacetList:
    known = [(value, str(label)) for value, label in CLOSED[name].items()]
    if name in {"channels", "speakers"}:  # no order of their own: the most used first
        known.sort(key=lambda pair: -counts.get(pair[0], 0))
    return _plain(name, title, known, counts, filters, href)


def _plain(
    name: str, title: str, known: Iterable[tuple[Any, str]], counts: dict[Any, int], filters: Filters, href: Href
) -> FacetList:
    items = [
        _item(name, value, label, counts.get(value, 0), filters, href)
        for value, label in known
        if counts.get(value) or value in getattr(filters, name)
    ]
    return FacetList(name, title, tuple(items))


@dataclass(frozen=True, slots=True)
class _Row:
    value: Any
    label: str
    parent: Any


def _tree(
    name: str,
    title: str,
    rows: Sequence[_Row],
    counts: dict[Any, int],
    filters: Filters,
    href: Href,
    shown: int = 8,
) -> FacetList:
    """The roots; under a chosen value, what it holds; the most counted first, with at most ``MAX_TREE`` values."""
    chosen = set(getattr(filters, name))
    by_value = {row.value: row for row in rows}
    opened = {above for value in chosen for above in (value, *_above(by_value, value))}
    children: dict[Any, list[_Row]] = {}
    for row in rows:
        if counts.get(row.value) or row.value in chosen:
            children.setdefault(row.parent if row.parent in by_value else None, []).append(row)
    whole = name == "themes"  # few enough to be shown open, in their own order

    def under(parent: Any, depth: int) -> list[FacetItem]:
        brothers = children.get(parent, [])
        if not whole:
            brothers = sorted(brothers, key=lambda row: (row.value not in opened, -counts.get(row.value, 0), row.label))
        found = []
        for row in brothers:
            found.append(_item(name, row.value, row.label, counts.get(row.value, 0), filters, href, min(depth, 4)))
            if whole or row.value in opened:
                found += under(row.value, depth + 1)
        return found

    # A lone root says nothing: what it holds is shown at once.
    roots = children.get(None, [])
    opened |= {row.value for row in roots} if len(roots) == 1 else set()
    items = under(None, 0)
    return FacetList(name, title, tuple(items[:MAX_TREE]), shown, max(0, len(items) - MAX_TREE))


def _above(by_value: dict[Any, _Row], value: Any) -> list[Any]:
    found: list[Any] = []
    while (row := by_value.get(value)) and row.parent is not None and row.parent not in found:
        found.append(row.parent)
        value = row.parent
    return found


def _service_rows(corpus: Corpus) -> list[_Row]:
    allows = corpus.scope.allows
    return [
        _Row(node.id, node.short_name or node.name, node.parent_id)
        for node in corpus.dimensions.vocabulary.nodes
        if allows(node.id)
    ]


def _theme_rows(corpus: Corpus) -> list[_Row]:
    slugs = {theme.pk: theme.slug for theme in corpus.dimensions.vocabulary.theme_rows}
    return [
        _Row(theme.slug, theme.label, slugs.get(theme.parent_id or 0))
        for theme in corpus.dimensions.vocabulary.theme_rows
    ]


def _place_rows(corpus: Corpus) -> list[_Row]:
    """Régions and countries hold départements; a commune counts where it lies."""
    return [_Row(node.id, node.name, node.parent_id) for node in corpus.dimensions.places if node.level != "commune"]


def _source_rows(corpus: Corpus) -> list[tuple[str, str]]:
    return list(readable_sources(corpus).items())


def _language_rows(counts: dict[Any, int]) -> list[tuple[str, str]]:
    rows = [(code, LANGUAGES.get(code, code)) for code in counts if code]
    return sorted(rows, key=lambda pair: (-counts[pair[0]], pair[1]))


def _years(counts: dict[Any, int], filters: Filters, href: Href) -> FacetList:
    def item(year: str) -> FacetItem:
        span = {"since": date(int(year), 1, 1), "until": date(int(year), 12, 31)}
        selected = (filters.since, filters.until) == (span["since"], span["until"])
        target = filters.with_(since=None, until=None) if selected else filters.with_(**span)
        return FacetItem(year, year, counts[year], selected, href(target))

    return FacetList("years", _("Année"), tuple(item(year) for year in sorted(counts, reverse=True)))
