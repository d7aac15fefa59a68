"""Everything the explorer shows for one request."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import Any
from urllib.parse import parse_qsl

from django.core.paginator import Page, Paginator
from django.utils.translation import gettext as _

from ecoute.directory.facade import Scope
from ecoute.verbatims.columns.corpus import Corpus, corpus_of
from ecoute.verbatims.columns.selection import Selection, facets
from ecoute.verbatims.search.question import understand

from .card import VerbatimCard
from .cards import verbatim_cards
from .facet_lists import FacetList, facet_lists
from .filter_chips import Chip, chips_of
from .filters import Filters
from .periods import Preset, presets_of

PAGE_SIZE = 20
ORDERS: dict[str, str] = {
    "pertinence": "relevance",
    "recents": "recent",
    "anciens": "oldest",
    "hasard": "random",
}


class _Ids:
    """The ids of a selection as a paginator wants them: a length and slices, nothing read before."""

    def __init__(self, selection: Selection, order: str) -> None:
        self._selection, self._order = selection, order

    def __len__(self) -> int:
        return self._selection.size

    def __getitem__(self, part: slice) -> list[int]:
        return self._selection.ids(self._order, part.start or 0, (part.stop or 0) - (part.start or 0))


@dataclass(frozen=True, slots=True)
class Sort:
    label: str
    href: str
    current: bool


@dataclass(frozen=True)
class Explorer:
    """``order`` is a word of the address (a key of ``ORDERS``)."""

    scope: Scope
    filters: Filters
    asked_order: str
    page_number: str

    @cached_property
    def corpus(self) -> Corpus:
        return corpus_of(self.scope)

    @cached_property
    def selection(self) -> Selection:
        selection: Selection = self.corpus.select(self.filters)
        return selection

    @property
    def can_rank(self) -> bool:
        """Whether something was asked to which verbatims can be more or less relevant."""
        return bool(self.filters.words or self.filters.meaning or self.filters.like)

    @property
    def order(self) -> str:
        default = "pertinence" if self.can_rank else "recents"
        known = self.asked_order in ORDERS and (self.can_rank or self.asked_order != "pertinence")
        return self.asked_order if known else default

    @cached_property
    def page(self) -> Page[Any]:
        ids: Any = _Ids(self.selection, ORDERS[self.order])
        return Paginator(ids, PAGE_SIZE).get_page(self.page_number)

    @cached_property
    def cards(self) -> list[VerbatimCard]:
        nodes = self.corpus.dimensions.vocabulary.nodes
        return verbatim_cards(list(self.page.object_list), self.scope, self.filters, nodes)

    @cached_property
    def facets(self) -> list[FacetList]:
        return facet_lists(self.corpus, self.filters, facets(self.corpus, self.filters), self.href)

    @cached_property
    def chips(self) -> list[Chip]:
        return chips_of(self.corpus, self.filters, self.href)

    @cached_property
    def presets(self) -> list[Preset]:
        everything = self.corpus.select()
        return presets_of(everything.period(), self.filters, self.href)

    @property
    def encoder_is_silent(self) -> bool:
        """Whether nothing could be searched by meaning: the encoder, on another machine, does not answer."""
        asked = self.selection  # asking is what shows it
        return bool(asked.corpus.is_unanswered(self.filters))

    @property
    def ignored_words(self) -> tuple[str, ...]:
        """Searched words too common to be searched."""
        return understand(self.filters.words).ignored if self.filters.words else ()

    def href(self, filters: Filters) -> str:
        """The address of other filters, in the same order."""
        kept = self.asked_order if self.order == self.asked_order else ""
        return f"?{query_of(filters, kept)}"

    @property
    def query(self) -> str:
        """The canonical query of this page, without its page number."""
        default = "pertinence" if self.can_rank else "recents"
        return query_of(self.filters, "" if self.order == default else self.order)

    @property
    def address(self) -> str:
        """The canonical query with the page number."""
        number = self.page.number
        return f"{self.query}&page={number}".lstrip("&") if number > 1 else self.query

    @property
    def sorts(self) -> list[Sort]:
        labels = {
            "pertinence": _("Les plus proches"),
            "recents": _("Les plus récents"),
            "anciens": _("Les plus anciens"),
            "hasard": _("Au hasard"),
        }
        offered = [name for name in ORDERS if self.can_rank or name != "pertinence"]
        return [Sort(labels[name], f"?{query_of(self.filters, name)}", name == self.order) for name in offered]

    def hidden(self, *without: str) -> list[tuple[str, str]]:
        """The other filters as fields of a form that asks for ``without``."""
        bare = self.filters
        for name in without:
            bare = bare.without(name)
        return parse_qsl(query_of(bare, self.asked_order))

    @property
    def hidden_for_search(self) -> list[tuple[str, str]]:
        return [pair for pair in self.hidden("words", "meaning", "like") if pair[0] != "tri"]

    @property
    def hidden_for_period(self) -> list[tuple[str, str]]:
        return self.hidden("since", "until")


def query_of(filters: Filters, order: str = "") -> str:
    """The canonical query of filters and an order."""
    return "&".join(part for part in (filters.to_query(), f"tri={order}" if order else "") if part)


Href = Callable[[Filters], str]
