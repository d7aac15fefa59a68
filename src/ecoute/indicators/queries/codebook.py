"""The active codebook as figures need it."""

from __future__ import annotations

from ecoute.indicators.queries.theme_tree import ThemeTree
from ecoute.verbatims.facade import active_codebook


def current_tree() -> ThemeTree:
    """The themes now in use, in the reader's language. Two queries."""
    codebook = active_codebook()
    return ThemeTree(codebook.themes, codebook.name, codebook.version)
