"""The door of the listening base: what rooms above may call (see README)."""

from __future__ import annotations

from ecoute.verbatims.actions.demo import load_demo_corpus
from ecoute.verbatims.actions.measuring import keep_for_measuring, release
from ecoute.verbatims.columns.corpus import Corpus, corpus_of
from ecoute.verbatims.columns.selection import Selection, facets
from ecoute.verbatims.queries.card import VerbatimCard
from ecoute.verbatims.queries.cards import verbatim_cards
from ecoute.verbatims.queries.codebook_view import CodebookView, ThemeNode, active_codebook
from ecoute.verbatims.queries.coding_themes import CodingTheme, CodingThemes, coding_themes
from ecoute.verbatims.queries.filter_chips import described
from ecoute.verbatims.queries.filters import Filters
from ecoute.verbatims.queries.labels import (
    CHANNELS,
    NATURES,
    POLARITIES,
    SATISFACTIONS,
    SPEAKERS,
    SourceCard,
    label_of,
    source_cards,
)
from ecoute.verbatims.queries.machine_opinion import MachineOpinion, machine_opinion, themes_known_at
from ecoute.verbatims.queries.measuring import (
    MaskedWords,
    held_within,
    machine_themes,
    masked_words,
    readable_among,
)
from ecoute.verbatims.queries.passages import Body, Passage, all_vectors, bodies, passages, phrases_of
from ecoute.verbatims.queries.provenance import Engines, Replies, engines_in_use, key_phrases, replies_to
from ecoute.verbatims.queries.quotes import quotes, quotes_by_kind
from ecoute.verbatims.queries.recent_imports import ImportLine, recent_imports
from ecoute.verbatims.queries.saved_views import ViewLine, views_for

__all__ = [
    "CHANNELS",
    "NATURES",
    "POLARITIES",
    "SATISFACTIONS",
    "SPEAKERS",
    "Body",
    "CodebookView",
    "CodingTheme",
    "CodingThemes",
    "Corpus",
    "Engines",
    "Filters",
    "ImportLine",
    "MachineOpinion",
    "MaskedWords",
    "Passage",
    "Replies",
    "Selection",
    "SourceCard",
    "ThemeNode",
    "VerbatimCard",
    "ViewLine",
    "active_codebook",
    "all_vectors",
    "bodies",
    "coding_themes",
    "corpus_of",
    "described",
    "engines_in_use",
    "facets",
    "held_within",
    "keep_for_measuring",
    "key_phrases",
    "label_of",
    "load_demo_corpus",
    "machine_opinion",
    "machine_themes",
    "masked_words",
    "passages",
    "phrases_of",
    "quotes",
    "quotes_by_kind",
    "readable_among",
    "recent_imports",
    "release",
    "replies_to",
    "source_cards",
    "themes_known_at",
    "verbatim_cards",
    "views_for",
]
