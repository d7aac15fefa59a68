"""The filters in force, in words, each with the address without it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from ecoute.ui.typography import long_date
from ecoute.verbatims.columns.corpus import Corpus

from .filters import LISTS, Filters
from .labels import CLOSED, LANGUAGES

Href = Callable[[Filters], str]


@dataclass(frozen=True, slots=True)
class Chip:
    text: str
    href: str


def chips_of(corpus: Corpus, filters: Filters, href: Href) -> list[Chip]:
    """In the order of the rail, what was searched first."""
    return [Chip(text, href(without)) for text, without in _described(corpus, filters)]


def described(corpus: Corpus, filters: Filters) -> list[str]:
    """The filters in words, for exports and saved views."""
    return [text for text, _without in _described(corpus, filters)]


def _described(corpus: Corpus, filters: Filters) -> Iterator[tuple[str, Filters]]:
    if filters.words:
        yield _("Mots : %(text)s") % {"text": filters.words}, filters.without("words")
    if filters.meaning:
        yield _("Sens : %(text)s") % {"text": filters.meaning}, filters.without("meaning")
    if filters.like:
        yield _("Ressemble à un verbatim choisi"), filters.without("like")
    titles = _titles()
    for name in LISTS:
        for value in getattr(filters, name):
            text = _("%(title)s : %(value)s") % {"title": titles[name], "value": _label(corpus, name, value)}
            yield text, filters.without(name, value)
    if filters.since or filters.until:
        yield _period(filters), filters.with_(since=None, until=None)


def _titles() -> dict[str, str]:
    return {
        "services": _("Service"),
        "themes": _("Thème"),
        "natures": _("Nature"),
        "polarities": _("Polarité"),
        "satisfactions": _("Satisfaction"),
        "channels": _("Canal"),
        "places": _("Lieu"),
        "speakers": _("Qui parle"),
        "sources": _("Source"),
        "languages": _("Langue"),
    }


def readable_sources(corpus: Corpus) -> dict[str, str]:
    """Slug and name of the sources whose words the reader may read: an address tells the name of no other."""
    here = None if corpus.scope.everything else corpus.select().count_by("source")
    sources = corpus.dimensions.vocabulary.sources
    return {source.slug: source.name for source in sources if here is None or here.get(source.slug)}


def _label(corpus: Corpus, name: str, value: Any) -> str:
    vocabulary = corpus.dimensions.vocabulary
    known: dict[Any, Any] = {}
    if name in CLOSED:
        known = CLOSED[name]
    elif name == "services":
        known = {node.id: node.short_name or node.name for node in vocabulary.nodes if corpus.scope.allows(node.id)}
    elif name == "themes":
        known = {theme.slug: theme.label for theme in vocabulary.theme_rows}
    elif name == "places":
        known = {node.id: node.name for node in corpus.dimensions.places}
    elif name == "sources":
        known = readable_sources(corpus)
    elif name == "languages":
        known = LANGUAGES
    return str(known.get(value, _("inconnu (%(value)s)") % {"value": value}))


def _period(filters: Filters) -> str:
    if filters.since and filters.until:
        year = filters.since.year
        if (filters.since, filters.until) == (date(year, 1, 1), date(year, 12, 31)):
            return _("Année %(year)s") % {"year": year}
        return _("Du %(since)s au %(until)s") % {
            "since": long_date(filters.since),
            "until": long_date(filters.until),
        }
    if filters.since:
        return _("Depuis le %(since)s") % {"since": long_date(filters.since)}
    return _("Jusqu’au %(until)s") % {"until": long_date(filters.until)}
