"""How much two names look alike, for thousands of names at once."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from difflib import SequenceMatcher
from functools import lru_cache
from math import log

import numpy as np
from numpy.typing import NDArray

from ecoute.directory.spelling import folded

_SHORTLIST = 25
_LEAST = 0.3
_EMPTY_WORDS = frozenset(("a", "au", "aux", "d", "de", "des", "du", "en", "et", "l", "la", "le", "les", "pour", "sur"))


class NameIndex:
    """Names under keys (several names may share a key), searchable by likeness.

    Two stages: the names sharing most of the rare three-letter pieces (cosine, weighted by rarity) are shortlisted,
    then each is compared word by word and letter by letter. An acronym meets the initials of a name.
    """

    def __init__(self, names: Sequence[tuple[int, str]]) -> None:
        """``names``: (key, name) pairs."""
        self._keys = [key for key, _ in names]
        self._folded = [folded(name) for _, name in names]
        self._initials: dict[str, list[int]] = defaultdict(list)
        postings: dict[str, list[int]] = defaultdict(list)
        for position, name in enumerate(self._folded):
            self._initials[_initials(name)].append(position)
            for piece in _pieces(name):
                postings[piece].append(position)
        self._postings = {piece: np.array(where, dtype=np.int32) for piece, where in postings.items()}
        self._rarity = {piece: log(1 + len(names) / len(where)) for piece, where in postings.items()}
        self._norms = self._all_norms(len(names))

    def nearest(self, written: str, limit: int) -> list[tuple[int, float]]:
        """The ``limit`` keys whose names are closest to ``written``, with closeness in [0, 1], closest first."""
        name = folded(written)
        best: dict[int, float] = {}
        for position in self._shortlist(name):
            key = self._keys[position]
            best[key] = max(best.get(key, 0.0), closeness(name, self._folded[position]))
        for position in self._initials.get(name, []) if 2 <= len(name) <= 8 else []:
            best[self._keys[position]] = max(best.get(self._keys[position], 0.0), 0.8)
        ranked = sorted(best.items(), key=lambda item: (-item[1], item[0]))
        return [(key, round(value, 3)) for key, value in ranked[:limit] if value >= _LEAST]

    def _shortlist(self, name: str) -> list[int]:
        scores = np.zeros(len(self._keys))
        for piece in _pieces(name):
            if piece in self._postings:
                scores[self._postings[piece]] += self._rarity[piece] ** 2
        scores /= self._norms
        count = min(_SHORTLIST, len(scores))
        top: list[int] = np.argpartition(scores, -count)[-count:].tolist() if count else []
        return [position for position in top if scores[position] > 0]

    def _all_norms(self, count: int) -> NDArray[np.float64]:
        squares = np.full(count, 1e-9)
        for piece, where in self._postings.items():
            squares[where] += self._rarity[piece] ** 2
        norms: NDArray[np.float64] = np.sqrt(squares)
        return norms


def closeness(one: str, other: str) -> float:
    """Likeness of two folded names in [0, 1]: words in common (Dice, near spellings count) and letters in order."""
    if one == other:
        return 1.0
    letters = SequenceMatcher(None, one, other, autojunk=False).ratio()
    return 0.6 * _words_in_common(one, other) + 0.4 * letters


def _words_in_common(one: str, other: str) -> float:
    left, right = _telling_words(one), _telling_words(other)
    if not left or not right:
        return 0.0
    return (_reached(left, right) + _reached(right, left)) / (len(left) + len(right))


def _reached(words: list[str], others: list[str]) -> float:
    return sum(max(_word_likeness(word, other) for other in others) for word in words)


@lru_cache(maxsize=100_000)  # the same words come again and again in a directory
def _word_likeness(one: str, other: str) -> float:
    if one == other:
        return 1.0
    shorter, longer = sorted((len(one), len(other)))
    if 2 * shorter < 0.8 * (shorter + longer):  # the ratio cannot reach 0.8
        return 0.0
    ratio = SequenceMatcher(None, one, other, autojunk=False).ratio()
    return ratio if ratio >= 0.8 else 0.0


def _telling_words(name: str) -> list[str]:
    return [word for word in name.split() if word not in _EMPTY_WORDS] or name.split()


def _initials(name: str) -> str:
    return "".join(word[0] for word in _telling_words(name))


def _pieces(name: str) -> Counter[str]:
    padded = f" {name} "
    return Counter({padded[start : start + 3]: 1 for start in range(len(padded) - 2)})
