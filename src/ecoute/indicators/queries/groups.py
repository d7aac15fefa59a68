"""The groups that figures compare: services of one level, channels."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol


class Node(Protocol):
    """What is needed of a service of the directory."""

    @property
    def id(self) -> int: ...
    @property
    def name(self) -> str: ...
    @property
    def short_name(self) -> str: ...
    @property
    def parent_id(self) -> int | None: ...


@dataclass(frozen=True, slots=True)
class Group:
    """One row or column of a comparison: ``value`` as filters write it, and how many verbatims."""

    value: str
    label: str
    size: int


def service_groups(nodes: Sequence[Node], counts: Mapping[int, int], chosen: int | None = None) -> list[Group]:
    """The services to set side by side, the most spoken of first.

    Those just under ``chosen``; without a choice the highest level that has two services with words. A service chosen
    that has none below is compared with its brothers.
    """
    level = _children(nodes, counts, chosen)
    while len(level) == 1 and _children(nodes, counts, level[0].id):
        level = _children(nodes, counts, level[0].id)
    if not level and chosen is not None:
        parent = next((node.parent_id for node in nodes if node.id == chosen), None)
        level = _children(nodes, counts, parent)
    groups = [Group(str(node.id), node.short_name or node.name, counts[node.id]) for node in level]
    return sorted(groups, key=lambda group: (-group.size, group.label))


def _children(nodes: Sequence[Node], counts: Mapping[int, int], parent: int | None) -> list[Node]:
    """Children with words; with no parent, the nodes whose own parent is out of sight."""
    seen = {node.id for node in nodes}
    return [
        node
        for node in nodes
        if counts.get(node.id) and (node.parent_id == parent if parent else node.parent_id not in seen)
    ]
