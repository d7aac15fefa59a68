"""Texts as the tokens of multilingual-e5-small: the likeliest cut of each word into pieces of the vocabulary.

The vocabulary is a unigram model (Kudo, 2018): every piece has a log-probability, and a word is cut where the sum is
greatest, which Viterbi's walk finds. Words repeat, so cuts are remembered: no compiled tokenizer is needed.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

BEGIN, END, UNKNOWN = 0, 2, 3
SPACE = "▁"  # stands at the beginning of a word
REMEMBERED = 50_000  # words whose cut is kept
_FAR = 10.0  # how much less likely than the rarest piece an unknown character is
_FORMAT = {"\u200b", "\u200e", "\u200f", "\ufeff", "\u00ad", "\u2060"}


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Pieces by their text, with the number of the token and its log-probability."""

    pieces: dict[str, tuple[int, float]]
    longest: int
    unknown: float

    @classmethod
    def of(cls, pieces: Sequence[str], scores: Sequence[float]) -> Vocabulary:
        """Pieces in the order of their numbers; the first that are marks (``<s>``, …) are never found in a text."""
        found = {piece: (i, score) for i, (piece, score) in enumerate(zip(pieces, scores, strict=True)) if i > UNKNOWN}
        return cls(found, max(map(len, found)), min(scores) - _FAR)


class Tokenizer:
    """Token numbers of a text, between the marks of its beginning and its end, at most ``most`` in all."""

    def __init__(self, vocabulary: Vocabulary, most: int) -> None:
        self._vocabulary, self._most = vocabulary, most
        self._cut = lru_cache(maxsize=REMEMBERED)(self._cut_word)

    def ids(self, text: str) -> list[int]:
        found = [BEGIN]
        for word in plain(text).split():
            found += self._cut(SPACE + word)
            if len(found) >= self._most:
                break
        return [*found[: self._most - 1], END]

    def _cut_word(self, word: str) -> tuple[int, ...]:
        size, known = len(word), self._vocabulary
        best = [0.0, *([float("-inf")] * size)]
        came: list[tuple[int, int]] = [(0, UNKNOWN)] * (size + 1)
        for start in range(size):
            here = best[start]
            for end in range(start + 1, min(size, start + known.longest) + 1):
                piece = known.pieces.get(word[start:end])
                if piece is not None and here + piece[1] > best[end]:
                    best[end], came[end] = here + piece[1], (start, piece[0])
            if here + known.unknown > best[start + 1]:
                best[start + 1], came[start + 1] = here + known.unknown, (start, UNKNOWN)
        found: list[int] = []
        at = size
        while at:
            at, number = came[at]
            if number != UNKNOWN or not found or found[-1] != UNKNOWN:  # unknown characters side by side are one token
                found.append(number)
        return tuple(reversed(found))


def plain(text: str) -> str:
    """Compatibility characters as ordinary ones, without marks that nobody sees; any white space is a space."""
    kept = (
        " " if char.isspace() or unicodedata.category(char) == "Cc" else char
        for char in unicodedata.normalize("NFKC", text)
        if char not in _FORMAT
    )
    return text if text.isascii() and text.isprintable() else "".join(kept)
