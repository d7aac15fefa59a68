"""The themes of the codebook, as figures need them: a tree by slug, finest themes known."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from ecoute.verbatims.facade import ThemeNode


@dataclass(frozen=True)
class ThemeTree:
    """Nodes in reading order."""

    nodes: tuple[ThemeNode, ...]
    name: str = ""
    version: int = 0
    by_slug: Mapping[str, ThemeNode] = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "by_slug", {node.slug: node for node in self.nodes})

    def label(self, slug: str) -> str:
        """The label of a theme; a theme no longer in the codebook keeps its slug."""
        node = self.by_slug.get(slug)
        return node.label if node else slug

    def children(self, slug: str | None) -> tuple[ThemeNode, ...]:
        return tuple(node for node in self.nodes if node.parent == slug)

    def line(self, slug: str) -> tuple[str, ...]:
        """The slugs above a theme, from the root."""
        found: list[str] = []
        node = self.by_slug.get(slug)
        while node and node.parent:
            found.insert(0, node.parent)
            node = self.by_slug.get(node.parent)
        return tuple(found)

    def related(self, one: str, other: str) -> bool:
        """Whether one is the other or stands above it: they are always met together."""
        return one == other or one in self.line(other) or other in self.line(one)

    def finest(self, counted: Mapping[str, int]) -> list[str]:
        """The counted themes that have no counted theme below: what is counted twice by rolling up is left out."""
        with_counted_child = {node.parent for node in self.nodes if counted.get(node.slug)}
        return [n.slug for n in self.nodes if counted.get(n.slug) and n.slug not in with_counted_child]
