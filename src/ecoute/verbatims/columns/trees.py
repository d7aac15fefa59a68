"""The trees along which counts are rolled up, and the names of what is counted."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from ecoute.directory.facade import PlaceNode, ServiceNode, place_nodes, service_nodes
from ecoute.verbatims.models import Source, Theme

from .snapshot import NO_PLACE, Column, Snapshot


@dataclass(frozen=True, eq=False)
class Tree:
    """``keys`` are database ids in order, ``values`` what readers call them, ``parents`` indexes (-1: a root)."""

    keys: tuple[int, ...]
    values: tuple[Any, ...]
    parents: tuple[int, ...]

    @property
    def shape(self) -> tuple[Any, ...]:
        """Equal for trees that roll up alike."""
        return self.keys, self.parents

    def indexes(self, keys: Column) -> Column:
        """Index of each database id, -1 for one that is not in the tree."""
        if not self.keys:
            return np.full(len(keys), -1, np.int32)
        known = np.array(self.keys, np.int64)
        order = np.argsort(known)
        at = np.minimum(np.searchsorted(known[order], keys), len(known) - 1)
        return np.where(known[order][at] == keys, order[at], -1).astype(np.int32)

    def index_of(self, value: Any) -> int | None:
        return self.values.index(value) if value in self.values else None

    def ancestors(self, index: int) -> list[int]:
        found = []
        while (index := self.parents[index]) >= 0:
            found.append(index)
        return found


def tree(rows: Iterable[tuple[int, Any, int | None]]) -> Tree:
    """From (id, value, parent id)."""
    listed = list(rows)
    at = {key: index for index, (key, _, _) in enumerate(listed)}
    return Tree(
        keys=tuple(key for key, _, _ in listed),
        values=tuple(value for _, value, _ in listed),
        parents=tuple(at.get(parent, -1) if parent is not None else -1 for _, _, parent in listed),
    )


@dataclass(frozen=True, eq=False)
class Vocabulary:
    """What the ids in the columns stand for, as read at this request."""

    nodes: tuple[ServiceNode, ...]
    services: Tree
    themes: Tree  # of the active codebook, by slug
    theme_rows: tuple[Theme, ...]
    sources: tuple[Source, ...]


def read_vocabulary() -> Vocabulary:
    """Services, themes of the active codebook and sources. Three queries."""
    nodes = tuple(service_nodes())
    themes = _active_themes()
    return Vocabulary(
        nodes=nodes,
        services=tree((node.id, node.id, node.parent_id) for node in nodes),
        themes=tree((theme.pk, theme.slug, theme.parent_id) for theme in themes),
        theme_rows=tuple(themes),
        sources=tuple(Source.objects.order_by("name", "pk")),
    )


def _active_themes() -> list[Theme]:
    rows = list(
        Theme.objects.filter(codebook__is_active=True)
        .select_related("codebook")
        .order_by("codebook_id", "position", "pk")
    )
    return in_tree_order([row for row in rows if row.codebook_id == rows[0].codebook_id])


def in_tree_order(themes: Sequence[Theme]) -> list[Theme]:
    """Parents before their children, brothers in the order given."""
    known = {theme.pk for theme in themes}

    def under(parent: int | None) -> list[Theme]:
        mine = [theme for theme in themes if (theme.parent_id if theme.parent_id in known else None) == parent]
        return [line for theme in mine for line in (theme, *under(theme.pk))]

    return under(None)


def read_places(snapshot: Snapshot) -> tuple[PlaceNode, ...]:
    """The places of the snapshot and those above them, by level and name. At most three queries (one a level)."""
    wanted = {int(pk) for pk in np.unique(snapshot.place) if pk != NO_PLACE}
    found: dict[int, PlaceNode] = {}
    while wanted:
        for node in place_nodes(sorted(wanted)):
            found[node.id] = node
        wanted = {node.parent_id for node in found.values() if node.parent_id} - found.keys()
    return tuple(sorted(found.values(), key=lambda node: (node.level, node.name, node.id)))
