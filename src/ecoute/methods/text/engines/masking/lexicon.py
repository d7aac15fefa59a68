"""Lists of words that decide whether a word is a person, folded.

They stand in ``lexicon.toml`` (ours), ``first_names.toml`` (INSEE) and ``vocabulary.txt`` (counted in public texts).
"""

from __future__ import annotations

import tomllib
from importlib.resources import files

from ...words import fold

_HERE = files(__package__)


def _toml(name: str) -> dict[str, str]:
    return {key: fold(value) for key, value in tomllib.loads(_HERE.joinpath(name).read_text(encoding="utf-8")).items()}


def words(text: str) -> frozenset[str]:
    """The words of ``text`` as a set."""
    return frozenset(text.split())


def _phrases(text: str) -> frozenset[str]:
    return frozenset(" ".join(phrase.split()) for phrase in text.split("|"))


_NAMES = _toml("first_names.toml")
_LISTS = _toml("lexicon.toml")
CERTAIN = frozenset(_NAMES["certain"].split())
CAPITALISED = frozenset(_NAMES["capitalised"].split())
DOUBTFUL = frozenset(_NAMES["doubtful"].split())
SURE = CERTAIN | CAPITALISED
FIRST_NAMES = SURE | DOUBTFUL

OFFICES = frozenset(_LISTS["offices"].split())
BEARERS = frozenset(_LISTS["bearers"].split())
BODIES = frozenset(_LISTS["bodies"].split())
SURNAMES = frozenset(_LISTS["surnames"].split())
TOWNS = frozenset(_LISTS["towns"].split())
NEVER = frozenset(_LISTS["never"].split()) | frozenset(_LISTS["ordinary"].split())
THINGS = frozenset(thing.replace("-", " ") for thing in _phrases(_LISTS["things"]))
PUBLIC_FIGURES = _phrases(_LISTS["public_figures"]) | _phrases(_LISTS["namesakes"])
PUBLIC_SURNAMES = frozenset(_LISTS["public_surnames"].split())
VOCABULARY = frozenset(
    word
    for line in _HERE.joinpath("vocabulary.txt").read_text(encoding="utf-8").splitlines()
    if not line.startswith("#")
    for word in line.split()
) | frozenset(_LISTS["more_words"].split())
