"""A small pattern language over words, read by people who write codebooks, and its matcher.

A cue is a sequence of words without accents or capitals: ``prise de rendez-vous``. In it

- ``attend*`` is any word that begins so; ``mail|courriel*`` is either;
- ``..`` is a gap of up to three words; ``...`` up to six;
- a leading ``?`` marks a weak cue (it supports, it does not suffice);
- a leading ``!`` marks a veto (where it stands, the label is not given).

Matching walks the words once and looks each up by its first letters, so that its cost grows with the text and hardly
with the number of cues.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from .documents import Span
from .words import Words, fold, words_of

REMEMBERED = 50_000  # words whose patterns are kept at hand
_GAPS = {"..": 3, "...": 6}


@dataclass(frozen=True, slots=True)
class Hit:
    """One cue found: its label, strength (``strong``, ``weak``, ``veto``) and the characters it covers."""

    label: str
    strength: str
    span: Span


@dataclass(frozen=True, slots=True)
class _Atom:
    exact: frozenset[str]
    prefixes: tuple[str, ...]
    gap: int  # words that may stand before this one

    def accepts(self, word: str) -> bool:
        return word in self.exact or (bool(self.prefixes) and word.startswith(self.prefixes))


@dataclass(frozen=True, slots=True)
class _Pattern:
    label: str
    strength: str
    atoms: tuple[_Atom, ...]


def _atom(token: str, gap: int) -> _Atom:
    choices = token.split("|")
    return _Atom(
        frozenset(c for c in choices if not c.endswith("*")),
        tuple(c[:-1] for c in choices if c.endswith("*")),
        gap,
    )


def _split(cue: str) -> list[str]:
    """The tokens of a cue, cut at apostrophes and hyphens as the words of a text are."""
    return fold(cue).replace("'", " ").replace("-", " ").split()


def compile_cue(label: str, cue: str) -> _Pattern:
    """Read one cue. Raises ``ValueError`` for an empty cue or one that begins or ends with a gap."""
    strength = {"?": "weak", "!": "veto"}.get(cue[:1], "strong")
    tokens = _split(cue.lstrip("?!"))
    if not tokens or tokens[0] in _GAPS or tokens[-1] in _GAPS:
        raise ValueError(f"unreadable cue for {label!r}: {cue!r}")
    atoms, gap = [], 0
    for token in tokens:
        if token in _GAPS:
            gap = _GAPS[token]
            continue
        atoms.append(_atom(token, gap))
        gap = 0
    if not all(a.exact or all(a.prefixes) for a in atoms):
        raise ValueError(f"unreadable cue for {label!r}: {cue!r}")
    return _Pattern(label, strength, tuple(atoms))


class CueMatcher:
    """All cues of all labels, found in one walk over the words of a text."""

    def __init__(self, cues: Mapping[str, Iterable[str]]) -> None:
        self._exact: dict[str, list[_Pattern]] = defaultdict(list)
        self._prefix: dict[str, list[_Pattern]] = defaultdict(list)
        for label, texts in cues.items():
            for text in texts:
                self._file(compile_cue(label, text))
        self._lengths = sorted({len(p) for p in self._prefix})
        self._known: dict[str, tuple[_Pattern, ...]] = {}

    def _file(self, pattern: _Pattern) -> None:
        first = pattern.atoms[0]
        for word in first.exact:
            self._exact[word].append(pattern)
        for prefix in first.prefixes:
            self._prefix[prefix].append(pattern)

    def find(self, text: str) -> list[Hit]:
        """Every hit in ``text``, in the order of their beginnings."""
        return self.find_in(words_of(text))

    def find_in(self, words: Words) -> list[Hit]:
        """Every hit in words already cut."""
        hits = []
        for i, word in enumerate(words.words):
            for pattern in self._candidates(word):
                last = _end_of(pattern, words.words, i)
                if last is not None:
                    hits.append(Hit(pattern.label, pattern.strength, Span(words.starts[i], words.ends[last])))
        return hits

    def _candidates(self, word: str) -> tuple[_Pattern, ...]:
        """Patterns that begin with this word; remembered, since few words make up most of a text."""
        known = self._known.get(word)
        if known is None:
            by_prefix = [p for n in self._lengths if n <= len(word) for p in self._prefix.get(word[:n], ())]
            known = (*self._exact.get(word, ()), *by_prefix)
            if len(self._known) >= REMEMBERED:
                self._known.clear()
            self._known[word] = known
        return known


def _end_of(pattern: _Pattern, words: tuple[str, ...], start: int) -> int | None:
    """Index of the last word when the pattern matches from ``start`` (gaps taken as short as possible)."""
    position = start
    for atom in pattern.atoms[1:]:
        limit = min(position + 2 + atom.gap, len(words))
        for i in range(position + 1, limit):
            if atom.accepts(words[i]):
                position = i
                break
        else:
            return None
    return position
