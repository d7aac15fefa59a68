"""Near-duplicates by MinHash signatures of word shingles, candidates by locality-sensitive hashing (package rensa)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from importlib.metadata import version

from rensa import RMinHash, RMinHashLSH

from ...words import words_of

PERMUTATIONS = 128
BANDS = 32
LIKE = 0.75  # estimated share of shingles in common
SHINGLE = 3
MAX_WORDS = 3_000
MIN_WORDS = 5  # a shorter text is a duplicate only when it is exactly the same …
MIN_SAME = 3  # … and says at least this many words: « très bien » twice is two people


class MinHashDuplicates:
    """Groups of texts of which at least ``threshold`` of the three-word runs are shared (links are chained)."""

    name = "minhash-rensa"
    version = version("rensa")
    network = False

    def __init__(self, threshold: float = LIKE) -> None:
        self.threshold = threshold

    def groups(self, keys: Sequence[str], texts: Sequence[str]) -> list[tuple[str, ...]]:
        parents = list(range(len(keys)))
        lsh = RMinHashLSH(threshold=self.threshold, num_perm=PERMUTATIONS, num_bands=BANDS)
        signatures: dict[int, RMinHash] = {}
        same: dict[tuple[str, ...], int] = {}
        for i, text in enumerate(texts):
            words = words_of(text).words[:MAX_WORDS]
            if len(words) < MIN_SAME:
                continue
            if words in same:
                _join(parents, same[words], i)
                continue
            same[words] = i
            if len(words) >= MIN_WORDS:
                self._link(i, words, lsh, signatures, parents)
        return _gathered(keys, parents)

    def _link(
        self, i: int, words: tuple[str, ...], lsh: RMinHashLSH, signatures: dict[int, RMinHash], parents: list[int]
    ) -> None:
        signature = RMinHash(num_perm=PERMUTATIONS, seed=7)
        signature.update(_shingles(words))
        for j in lsh.query(signature):
            if signature.jaccard(signatures[j]) >= self.threshold:
                _join(parents, j, i)
        lsh.insert(i, signature)
        signatures[i] = signature


def _shingles(words: tuple[str, ...]) -> list[str]:
    return [" ".join(words[i : i + SHINGLE]) for i in range(max(1, len(words) - SHINGLE + 1))]


def _root(parents: list[int], i: int) -> int:
    while parents[i] != i:
        parents[i] = parents[parents[i]]
        i = parents[i]
    return i


def _join(parents: list[int], a: int, b: int) -> None:
    low, high = sorted((_root(parents, a), _root(parents, b)))
    parents[high] = low


def _gathered(keys: Sequence[str], parents: list[int]) -> list[tuple[str, ...]]:
    groups: dict[int, list[str]] = defaultdict(list)
    for i, key in enumerate(keys):
        groups[_root(parents, i)].append(key)
    return [tuple(group) for group in groups.values() if len(group) > 1]
