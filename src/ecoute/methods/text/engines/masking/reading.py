"""A text read as words with their shapes, so that names are sought word by word in time proportional to the text."""

from __future__ import annotations

import re
from bisect import bisect_left

from ...words import fold

_TOKEN = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+){0,4}")
_SENTENCE_END = re.compile(r"[.!?…:;\n\r\t•|\"«»(\[]")
_SHOUT = 2  # neighbours in capitals that make a capital say nothing

LOWER, CAPITAL, CAPITALS = 0, 1, 2


class Reading:
    """Words of ``text``: ``words`` (folded), ``starts``, ``ends``, ``shapes``; ``folded`` is the whole text folded."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.folded = fold(text)
        found = list(_TOKEN.finditer(text))
        self.starts = [m.start() for m in found]
        self.ends = [m.end() for m in found]
        self.words = [self.folded[m.start() : m.end()] for m in found]
        self.shapes = [_shape(m.group()) for m in found]

    def __len__(self) -> int:
        return len(self.starts)

    def at(self, offset: int) -> int:
        """The first word that starts at ``offset`` or later (``len(self)`` when there is none)."""
        return bisect_left(self.starts, offset)

    def gap(self, i: int) -> str:
        """What stands between the word before ``i`` and ``i``."""
        return self.text[self.ends[i - 1] if i else 0 : self.starts[i]]

    def opens(self, i: int) -> bool:
        """Whether word ``i`` opens a sentence, a line or a quotation, where any word has a capital."""
        return i == 0 or _SENTENCE_END.search(self.gap(i)) is not None

    def shouted(self, i: int) -> bool:
        """Whether word ``i`` is in capitals among words in capitals, so that they tell nothing."""
        if self.shapes[i] != CAPITALS:
            return False
        near = [j for j in range(max(0, i - 2), min(len(self), i + 3)) if j != i and self.ends[j] - self.starts[j] > 1]
        loud = sum(self.shapes[j] == CAPITALS for j in near)
        return loud >= min(_SHOUT, len(near)) and loud * 2 >= len(near) and loud > 0

    def capital(self, i: int) -> bool:
        """Whether word ``i`` has a capital that tells something."""
        return self.shapes[i] != LOWER and not self.shouted(i)


def _shape(word: str) -> int:
    if not word[0].isupper():
        return LOWER
    return CAPITALS if word.isupper() and len(word) > 1 else CAPITAL
