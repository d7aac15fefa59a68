"""Words that decide whether a capitalised word is a person, read from ``lexicon.toml``."""

from __future__ import annotations

import tomllib
from importlib.resources import files

_LISTS = tomllib.loads(files(__package__).joinpath("lexicon.toml").read_text(encoding="utf-8"))

FIRST_NAMES = frozenset(_LISTS["first_names"].split())
OFFICES = frozenset(_LISTS["offices"].split())
ORDINARY = frozenset(_LISTS["ordinary"].split())
BEARERS = frozenset(_LISTS["bearers"].split())
