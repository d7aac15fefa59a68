"""A codebook (plan de codage): themes in a tree, each with what it means, includes and excludes, in two languages."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field

from ..cues import compile_cue


class CodebookError(ValueError):
    """A codebook that cannot be used; the message lists every fault found."""


@dataclass(frozen=True, slots=True)
class Theme:
    """One theme. ``cues`` are patterns of ``methods.text.cues``; a theme without cues is coded by its examples."""

    slug: str
    label_fr: str
    label_en: str
    parent: str | None = None
    definition_fr: str = ""
    definition_en: str = ""
    includes_fr: tuple[str, ...] = ()
    includes_en: tuple[str, ...] = ()
    excludes_fr: tuple[str, ...] = ()
    excludes_en: tuple[str, ...] = ()
    examples_fr: tuple[str, ...] = ()
    examples_en: tuple[str, ...] = ()
    cues: tuple[str, ...] = ()

    def label(self, language: str) -> str:
        """The label in that language, French where the English one is missing."""
        return self.label_en if language == "en" and self.label_en else self.label_fr

    def definition(self, language: str) -> str:
        """The definition in that language, French where the English one is missing."""
        return self.definition_en if language == "en" and self.definition_en else self.definition_fr

    @property
    def examples(self) -> tuple[str, ...]:
        """Examples of both languages (the sentence encoder knows both)."""
        return self.examples_fr + self.examples_en


@dataclass(frozen=True)
class Codebook:
    """Themes in their order. Checked when made: raises ``CodebookError`` with all faults at once."""

    slug: str
    version: str
    themes: tuple[Theme, ...]
    label_fr: str = ""
    label_en: str = ""
    _by_slug: dict[str, Theme] = field(init=False, repr=False, compare=False)
    _children: dict[str | None, list[Theme]] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_by_slug", {theme.slug: theme for theme in self.themes})
        children: dict[str | None, list[Theme]] = defaultdict(list)
        for theme in self.themes:
            children[theme.parent].append(theme)
        object.__setattr__(self, "_children", dict(children))
        if faults := list(self._faults()):
            raise CodebookError("; ".join(faults))

    def _faults(self) -> Iterator[str]:
        if len(self._by_slug) != len(self.themes):
            yield "two themes have the same slug"
        for theme in self.themes:
            if not theme.slug or not theme.label_fr:
                yield f"theme {theme.slug!r} needs a slug and a French label"
            if theme.parent is not None and theme.parent not in self._by_slug:
                yield f"theme {theme.slug!r} names an unknown parent {theme.parent!r}"
            elif self._is_in_a_ring(theme):
                yield f"theme {theme.slug!r} is its own ancestor"
            for cue in theme.cues:
                try:
                    compile_cue(theme.slug, cue)
                except ValueError as fault:
                    yield str(fault)

    def _is_in_a_ring(self, theme: Theme) -> bool:
        seen = {theme.slug}
        parent = self._by_slug.get(theme.parent or "")
        while parent is not None:
            if parent.slug in seen:
                return parent.slug == theme.slug
            seen.add(parent.slug)
            parent = self._by_slug.get(parent.parent or "")
        return False

    def __len__(self) -> int:
        return len(self.themes)

    def __contains__(self, slug: object) -> bool:
        return slug in self._by_slug

    def get(self, slug: str) -> Theme:
        """The theme of that slug. Raises ``KeyError``."""
        return self._by_slug[slug]

    def roots(self) -> tuple[Theme, ...]:
        """Themes without a parent (in the default codebook: the State's five tags)."""
        return tuple(self._children.get(None, ()))

    def children(self, slug: str) -> tuple[Theme, ...]:
        """Themes just below one."""
        return tuple(self._children.get(slug, ()))

    def leaves(self) -> tuple[Theme, ...]:
        """Themes that have nothing below: those that an engine gives."""
        return tuple(t for t in self.themes if t.slug not in self._children)

    def ancestors(self, slug: str) -> tuple[Theme, ...]:
        """From the parent up to the root."""
        found: list[Theme] = []
        parent = self.get(slug).parent
        while parent is not None:
            found.append(self.get(parent))
            parent = found[-1].parent
        return tuple(found)

    def root_of(self, slug: str) -> Theme:
        """The root above a theme, or the theme itself."""
        return (self.get(slug), *self.ancestors(slug))[-1]

    def subtree(self, slug: str) -> tuple[Theme, ...]:
        """A theme and everything below it, depth first."""
        found = [self.get(slug)]
        for child in self.children(slug):
            found.extend(self.subtree(child.slug))
        return tuple(found)
