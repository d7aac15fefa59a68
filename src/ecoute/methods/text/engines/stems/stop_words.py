"""Words that say nothing about the subject, folded (no accents), read from ``stop_words.toml``."""

from __future__ import annotations

import tomllib
from importlib.resources import files

_LISTS = tomllib.loads(files(__package__).joinpath("stop_words.toml").read_text(encoding="utf-8"))
FRENCH = frozenset(_LISTS["fr"].split())
ENGLISH = frozenset(_LISTS["en"].split())


def stop_words(language: str) -> frozenset[str]:
    """The list of that language; French where there is none."""
    return ENGLISH if language == "en" else FRENCH
