"""Reading codebooks: as the pure methods want them."""

from __future__ import annotations

from ecoute.methods.text import codebooks as pure
from ecoute.verbatims.models import Codebook, Theme


def codebook_for_methods(codebook: Codebook) -> pure.Codebook:
    """The codebook as ``methods.text`` understands it, retired themes left out. Raises ``pure.CodebookError``."""
    themes = codebook.themes.filter(retired_at=None).select_related("parent")
    return pure.Codebook(
        slug=codebook.slug,
        version=str(codebook.version),
        themes=tuple(_theme(theme) for theme in themes),
        label_fr=codebook.name_fr,
        label_en=codebook.name_en,
    )


def _theme(theme: Theme) -> pure.Theme:
    return pure.Theme(
        slug=theme.slug,
        label_fr=theme.label_fr,
        label_en=theme.label_en,
        parent=theme.parent.slug if theme.parent else None,
        definition_fr=theme.definition_fr,
        definition_en=theme.definition_en,
        includes_fr=_lines(theme.includes_fr),
        includes_en=_lines(theme.includes_en),
        excludes_fr=_lines(theme.excludes_fr),
        excludes_en=_lines(theme.excludes_en),
        examples_fr=tuple(theme.examples_fr),
        examples_en=tuple(theme.examples_en),
        cues=tuple(theme.cues),
    )


def _lines(text: str) -> tuple[str, ...]:
    return tuple(line.strip() for line in text.splitlines() if line.strip())
