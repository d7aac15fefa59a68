"""Placeholders that stay the same from one text to the next: a verbatim and its replies, messages of one thread.

    thread = Thread().begin(raw_text, masked)           # numbers as they were given there
    later = thread.follow(raw_reply, masker.mask(raw_reply, "fr"))

The first text that holds a single value of a kind shows it without number (« [nom] »), and it stays so throughout; the
next value is then « [nom 2] ». Where a text brings several at once they are « [nom 1] », « [nom 2] ».
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Self

from ...documents import MaskedText
from ...words import fold
from .checksums import compact
from .finding import Finding
from .placeholders import label_of, put

_WORD = re.compile(r"[^\W\d_]{2,}")
_PARTICLES = "de du des la le van der von ben bin el al da dos et"
_EMPTY_WORDS = frozenset(f"{_PARTICLES} mme mlle mr madame monsieur dr".split())
ALIKE = 40  # people sharing a word who are compared with a new name: bounds the work on a pasted directory


@dataclass(slots=True)
class _Kind:
    """Values of one kind met so far: each exact value, and the words by which the same person is known again."""

    placeholders: list[str] = field(default_factory=list)
    exact: dict[str, int] = field(default_factory=dict)
    words: list[set[str]] = field(default_factory=list)
    by_word: dict[str, list[int]] = field(default_factory=lambda: defaultdict(list))

    def find(self, raw: str, is_name: bool) -> int:
        """The place of ``raw`` among the values, added where it is new. « Mme Petit » is « Anne Petit » again."""
        key = compact(fold(raw)) or raw
        if key not in self.exact:
            words = set(_WORD.findall(fold(raw))) - _EMPTY_WORDS if is_name else set()
            at = self._same_person(words)
            if at is None:
                at = len(self.words)
                self.words.append(set())
            for word in words - self.words[at]:
                self.by_word[word].append(at)
            self.words[at] |= words
            self.exact[key] = at
        return self.exact[key]

    def _same_person(self, words: set[str]) -> int | None:
        near = [at for word in words for at in self.by_word.get(word, [])[-ALIKE:]]
        return next((at for at in reversed(near) if self.words[at] <= words or words <= self.words[at]), None)


class Thread:
    """Which placeholder each value has in a thread. Holds raw values: keep it no longer than the masking itself."""

    def __init__(self) -> None:
        self._kinds: dict[str, _Kind] = defaultdict(_Kind)

    def begin(self, text: str, masked: MaskedText) -> Self:
        """Take over the placeholders that raw ``text`` has in ``masked``; returns itself."""
        for span in masked.spans:
            kind = self._kinds[span.kind]
            at = kind.find(text[span.raw.start : span.raw.end], span.kind == "name")
            if at == len(kind.placeholders):
                kind.placeholders.append(masked.text[span.masked.start : span.masked.end])
        return self

    def follow(self, text: str, masked: MaskedText) -> MaskedText:
        """``masked`` with the numbers of this thread; what is hidden in raw ``text`` stays the same."""
        return self.replace(text, [Finding(s.raw.start, s.raw.end, s.kind) for s in masked.spans])

    def replace(self, text: str, findings: Sequence[Finding]) -> MaskedText:
        """Raw ``text`` with each finding (in order, apart) replaced by its placeholder in this thread."""
        places = [self._kinds[f.kind].find(text[f.start : f.end], f.kind == "name") for f in findings]
        for name, kind in self._kinds.items():
            kind.placeholders += self._new(name, len(kind.placeholders), len(kind.words))
        return put(
            text, findings, [self._kinds[f.kind].placeholders[at] for f, at in zip(findings, places, strict=True)]
        )

    @staticmethod
    def _new(kind: str, known: int, wanted: int) -> list[str]:
        if known == 0 and wanted == 1:
            return [f"[{label_of(kind)}]"]
        return [f"[{label_of(kind)} {number}]" for number in range(known + 1, wanted + 1)]


def replace(text: str, findings: Sequence[Finding]) -> MaskedText:
    """Raw ``text`` with each finding (in order, apart) replaced, in a thread of its own."""
    return Thread().replace(text, findings)
