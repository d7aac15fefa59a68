"""The active codebook as readers see it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.translation import get_language

from ecoute.verbatims.models import Codebook, Theme


@dataclass(frozen=True, slots=True)
class ThemeNode:
    """A theme in the reader's language, else in French. ``parent`` is a slug, ``depth`` 0 at a root."""

    slug: str
    label: str
    parent: str | None = None
    depth: int = 0
    definition: str = ""
    includes: tuple[str, ...] = ()
    excludes: tuple[str, ...] = ()
    examples: tuple[str, ...] = ()
    retired: bool = False


@dataclass(frozen=True, slots=True)
class CodebookView:
    """``themes`` in reading order, parents before their children; empty when there is no codebook yet."""

    slug: str = ""
    name: str = ""
    version: int = 0
    themes: tuple[ThemeNode, ...] = ()

    def label(self, slug: str) -> str:
        """The label of a theme; a theme that is not here keeps its slug."""
        return next((theme.label for theme in self.themes if theme.slug == slug), slug)

    def line(self, slug: str) -> tuple[str, ...]:
        """The slugs above a theme, nearest first."""
        parents = {theme.slug: theme.parent for theme in self.themes}
        found: list[str] = []
        while parent := parents.get(found[-1] if found else slug):
            found.append(parent)
        return tuple(found)


def active_codebook() -> CodebookView:
    """The codebook new verbatims are coded with, in the reader's language. Two queries."""
    codebook = Codebook.objects.filter(is_active=True).order_by("pk").first()
    if codebook is None:
        return CodebookView()
    themes = list(codebook.themes.order_by("position", "pk"))
    english = get_language() == "en"
    name = (codebook.name_en if english else "") or codebook.name_fr
    return CodebookView(codebook.slug, name, codebook.version, theme_nodes(themes))


def theme_nodes(themes: list[Theme]) -> tuple[ThemeNode, ...]:
    """Themes of one codebook in reading order."""
    from ecoute.verbatims.columns.trees import in_tree_order

    ordered = in_tree_order(themes)
    slugs = {theme.pk: theme.slug for theme in ordered}
    depths: dict[int, int] = {}
    for theme in ordered:
        depths[theme.pk] = depths.get(theme.parent_id or 0, -1) + 1
    return tuple(_node(theme, slugs.get(theme.parent_id or 0), depths[theme.pk]) for theme in ordered)


def _node(theme: Theme, parent: str | None, depth: int) -> ThemeNode:
    return ThemeNode(
        slug=theme.slug,
        label=theme.label,
        parent=parent,
        depth=depth,
        definition=_read(theme, "definition"),
        includes=_lines(_read(theme, "includes")),
        excludes=_lines(_read(theme, "excludes")),
        examples=tuple(_read(theme, "examples")),
        retired=theme.retired_at is not None,
    )


def _read(theme: Theme, name: str) -> Any:
    english = getattr(theme, f"{name}_en") if get_language() == "en" else None
    return english or getattr(theme, f"{name}_fr")


def _lines(text: str) -> tuple[str, ...]:
    return tuple(line.strip() for line in text.splitlines() if line.strip())
