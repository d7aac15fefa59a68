"""Wishes without the words: a passage that says what is missing, or cannot be had, implies what is expected.

This is an inference, not something said: whoever shows it must say so, apart from wishes in words.
"""

from __future__ import annotations

import tomllib
from importlib.resources import files

from ...cues import CueMatcher
from ...documents import Nature, Span

CONFIDENCE = 0.5  # of an expectation that was inferred; one that was said has that of its coder
_MAY_IMPLY = {Nature.IRRITANT.value, Nature.FACT.value, Nature.QUESTION.value}


class Lacks:
    """Finds what is told as lacking, by turns of phrase (``lacks.toml``)."""

    name = "nature-lacks"
    version = "1"

    def __init__(self) -> None:
        turns = files(__package__).joinpath("lacks.toml").read_text(encoding="utf-8")
        self._matcher = CueMatcher(tomllib.loads(turns))

    def find(self, text: str, nature: str) -> list[Span]:
        """Evidence of a lack in the text of a segment of this nature; empty where nothing is told as lacking.

        Praise implies no lack, and an expectation in words needs no inference.
        """
        if nature not in _MAY_IMPLY:
            return []
        hits = self._matcher.find(text)
        if any(hit.strength == "veto" for hit in hits):
            return []
        return sorted({hit.span for hit in hits})
