"""One request for figures: who asks, about which words, and everything the figures need beside them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from ecoute.directory.facade import Scope, ServiceNode, service_nodes
from ecoute.indicators.enums import Audience
from ecoute.indicators.queries.codebook import current_tree
from ecoute.indicators.queries.dashboard import Board, Settings, board
from ecoute.indicators.queries.frame import Frame, SourceNote, asked_span, criteria_of, known_span
from ecoute.indicators.queries.groups import Group, service_groups
from ecoute.indicators.queries.prevalence import Prevalence, prevalence_of
from ecoute.indicators.queries.theme_tree import ThemeTree
from ecoute.indicators.rules import disclosure
from ecoute.verbatims.facade import CHANNELS, Corpus, Filters, Selection, SourceCard, corpus_of, source_cards


@dataclass(frozen=True)
class Reading:
    """``selection``: the words the filters keep; ``whole``: the same without the period."""

    scope: Scope
    filters: Filters
    corpus: Corpus
    audience: Audience = Audience.INTERNAL

    @cached_property
    def selection(self) -> Selection:
        found: Selection = self.corpus.select(self.filters)
        return found

    @cached_property
    def whole(self) -> Selection:
        if not self.filters.since and not self.filters.until:
            return self.selection
        found: Selection = self.corpus.select(self.filters.with_(since=None, until=None))
        return found

    @cached_property
    def nodes(self) -> Sequence[ServiceNode]:
        return service_nodes(self.scope)

    @cached_property
    def tree(self) -> ThemeTree:
        return current_tree()

    @cached_property
    def sources(self) -> Sequence[SourceCard]:
        return source_cards()

    @cached_property
    def frame(self) -> Frame:
        known = known_span(self.whole)
        present = self.selection.count_by("source")
        notes = (SourceNote(s.name, s.attribution, s.caveat, s.slug) for s in self.sources if present.get(s.slug))
        asked = asked_span(self.filters, known)
        span = known_span(self.selection) if asked is None else known
        undated = disclosure(self.audience, criteria=criteria_of(self.filters) + 1).shown(self.selection.undated)
        return Frame(self.selection.size, span, asked, tuple(notes), undated or 0)

    @cached_property
    def chosen_service(self) -> int | None:
        """The one service the filters name, if they name only one."""
        return self.filters.services[0] if len(self.filters.services) == 1 else None

    @cached_property
    def services(self) -> list[Group]:
        return service_groups(self.nodes, self.selection.count_by("service"), self.chosen_service)

    @cached_property
    def channels(self) -> list[Group]:
        counts = self.selection.count_by("channel")
        groups = [Group(value, str(label), counts[value]) for value, label in CHANNELS if counts.get(value)]
        return sorted(groups, key=lambda group: (-group.size, group.label))

    @cached_property
    def settings(self) -> Settings:
        return Settings(self.tree, self.services, self.channels, self.audience)

    @cached_property
    def is_hidden(self) -> bool:
        """Whether so few verbatims are left that no figure may be shown."""
        return self.settings.rule(self.filters, 0).hides(self.selection.size)

    @cached_property
    def prevalence(self) -> Prevalence:
        return prevalence_of(self.selection)

    def board(self) -> Board:
        return board(self.selection, self.whole, self.frame, self.filters, self.settings)


def reading(scope: Scope, filters: Filters, audience: Audience = Audience.INTERNAL) -> Reading:
    """The words ``scope`` may read, filtered. Services out of the scope filter everything away."""
    return Reading(scope, filters, corpus_of(scope), audience)
