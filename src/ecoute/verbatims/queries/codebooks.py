"""Reading codebooks: as the pure methods want them."""

from __future__ import annotations

from ecoute.methods.text import codebooks as pure
from ecoute.verbatims.models import Codebook, Theme, Verbatim

LONGEST_EXAMPLE = 300  # characters: an example is one idea, not a story


def codebook_for_methods(codebook: Codebook) -> pure.Codebook:
    """The codebook as ``methods.text`` understands it, retired themes left out. Raises ``pure.CodebookError``."""
    themes = list(codebook.themes.filter(retired_at=None).select_related("parent"))
    learned = _words_of({pk for theme in themes for pk in theme.exemplars})
    return pure.Codebook(
        slug=codebook.slug,
        version=str(codebook.version),
        themes=tuple(_theme(theme, learned) for theme in themes),
        label_fr=codebook.name_fr,
        label_en=codebook.name_en,
    )


def _words_of(ids: set[int]) -> dict[int, str]:
    """The beginning of these verbatims, masked, of those that are still there."""
    rows = Verbatim.objects.filter(pk__in=ids, withdrawn_at=None, kept_for_measuring=False).values_list("pk", "text")
    return {pk: text[:LONGEST_EXAMPLE] for pk, text in rows if text}


def _theme(theme: Theme, learned: dict[int, str]) -> pure.Theme:
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
        examples_fr=(*theme.examples_fr, *(learned[pk] for pk in theme.exemplars if pk in learned)),
        examples_en=tuple(theme.examples_en),
        cues=tuple(theme.cues),
    )


def _lines(text: str) -> tuple[str, ...]:
    return tuple(line.strip() for line in text.splitlines() if line.strip())
