"""What the machine learns from."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files


@dataclass(frozen=True, slots=True)
class Example:
    """A masked text with the themes (leaf slugs) that are in it.

    ``absent``: themes said not to be there; None means every other theme is absent (a text coded whole), an empty set
    that nothing is known of the others (an example sentence of one theme). ``weight`` 1.0 for a person's code.
    """

    text: str
    themes: frozenset[str]
    absent: frozenset[str] | None = frozenset()
    weight: float = 1.0


@lru_cache(maxsize=1)
def silent() -> tuple[Example, ...]:
    """Sentences in which there is no theme of any codebook (``silence.txt``): without them a learner that has seen only
    sentences of themes would find one in every greeting."""
    lines = files(__package__).joinpath("silence.txt").read_text(encoding="utf-8").splitlines()
    return tuple(Example(line, frozenset(), None) for line in lines if line and not line.startswith("#"))
