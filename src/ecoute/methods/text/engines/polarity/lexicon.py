"""Words and turns that please or complain (``lexicon.toml``): the longest turn wins, and a negation turns it round."""

from __future__ import annotations

import tomllib
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache
from importlib.resources import files

from ...cues import CueMatcher, Hit
from ...documents import Span
from ...words import Words, words_of

REACH = 3  # words back in which a negation still bears on a turn
_NEGATIONS = frozenset(
    {"pas", "aucun", "aucune", "jamais", "ni", "sans", "peu", "guere", "non", "not", "no", "never", "without", "hardly"}
)
_LINKS = frozenset({"de", "d", "moindre"})
_TURNED = {"positive": "negative", "negative": "positive"}


@lru_cache(maxsize=1)
def _matcher() -> CueMatcher:
    text = files(__package__).joinpath("lexicon.toml").read_text(encoding="utf-8")
    return CueMatcher(tomllib.loads(text))


class PolarityLexicon:
    """Finds pleasing and complaining turns in a text."""

    def find(self, text: str) -> list[Hit]:
        """The turns found (labels ``positive`` and ``negative``), in order, without overlap, negations applied."""
        words = words_of(text)
        hits = _longest(_matcher().find_in(words))
        return [_with_negation(hit, words) for hit in hits if hit.label in _TURNED]

    def counts(self, text: str) -> tuple[int, int]:
        """How many positive and negative turns."""
        return counts_of(self.find(text))


def counts_of(hits: Sequence[Hit]) -> tuple[int, int]:
    """How many of these turns please, and how many complain."""
    positive = sum(h.label == "positive" for h in hits)
    return positive, len(hits) - positive


def _with_negation(hit: Hit, words: Words) -> Hit:
    """A negation up to ``REACH`` words back turns praise; it turns a complaint only just before (« pas de souci »)."""
    first = bisect_left(words.starts, hit.span.start)
    before = words.words[max(0, first - REACH) : first]
    if words.words[first] in _NEGATIONS or not _NEGATIONS.intersection(before):
        return hit
    back = max(i for i, word in enumerate(before) if word in _NEGATIONS) - len(before)
    if hit.label == "negative" and not _LINKS.issuperset(words.words[first + back + 1 : first]):
        return hit
    return replace(hit, label=_TURNED[hit.label], span=Span(words.starts[first + back], hit.span.end))


def _longest(hits: Sequence[Hit]) -> list[Hit]:
    kept: list[Hit] = []
    for hit in sorted(hits, key=lambda h: (h.span.start, h.span.start - h.span.end)):
        if kept and hit.span.start < kept[-1].span.end:
            if _length(hit.span) > _length(kept[-1].span):
                kept[-1] = hit
        else:
            kept.append(hit)
    return kept


def _length(span: Span) -> int:
    return span.end - span.start
