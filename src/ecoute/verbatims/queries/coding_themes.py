"""The themes that people code with: with their ids, and what became of those that were merged."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from django.utils.translation import get_language

from ecoute.verbatims.models import Codebook, Theme
from ecoute.verbatims.queries.codebook_view import ThemeNode, theme_nodes


@dataclass(frozen=True, slots=True)
class CodingTheme:
    """A theme that can be given: a leaf. ``above`` are the labels of the themes that hold it, outermost first."""

    id: int
    node: ThemeNode
    above: tuple[str, ...]


@dataclass(frozen=True)
class CodingThemes:
    """``themes``: the leaves in use, in reading order. ``labels``: of all themes ever, by id."""

    codebook_id: int
    name: str
    version: int
    themes: tuple[CodingTheme, ...]
    labels: dict[int, str]
    merged: dict[int, int]

    @cached_property
    def ids(self) -> frozenset[int]:
        return frozenset(theme.id for theme in self.themes)

    def now(self, ids: Iterable[int]) -> frozenset[int]:
        """Each theme, or the one it was merged into since; themes that are no more are left out."""
        return frozenset(theme for theme in map(self._now, ids) if theme in self.labels)

    def _now(self, theme: int) -> int:
        seen = {theme}
        while (into := self.merged.get(theme)) is not None and into not in seen:
            theme = into
            seen.add(theme)
        return theme


def coding_themes(codebook_id: int | None = None) -> CodingThemes | None:
    """The leaves of this codebook, or of the active one; None when there is none. Two queries."""
    books = Codebook.objects.filter(is_active=True) if codebook_id is None else Codebook.objects.filter(pk=codebook_id)
    book = books.order_by("pk").first()
    if book is None:
        return None
    rows = list(book.themes.order_by("position", "pk"))
    ids = {row.slug: row.pk for row in rows}
    nodes = {node.slug: node for node in theme_nodes(rows)}
    holders = {node.parent for node in nodes.values() if not node.retired}
    leaves = [node for node in nodes.values() if not node.retired and node.slug not in holders]
    return CodingThemes(
        codebook_id=book.pk,
        name=(book.name_en if get_language() == "en" else "") or book.name_fr,
        version=book.version,
        themes=tuple(CodingTheme(ids[node.slug], node, _above(node, nodes)) for node in leaves),
        labels={row.pk: row.label for row in rows},
        merged=_merged(rows),
    )


def _above(node: ThemeNode, nodes: dict[str, ThemeNode]) -> tuple[str, ...]:
    labels: list[str] = []
    while node.parent is not None:
        node = nodes[node.parent]
        labels.insert(0, node.label)
    return tuple(labels)


def _merged(rows: Iterable[Theme]) -> dict[int, int]:
    return {row.pk: row.merged_into_id for row in rows if row.merged_into_id is not None}
