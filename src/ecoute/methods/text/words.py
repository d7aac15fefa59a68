"""Words of a text and where they stand: the one tokeniser that cues, stems and phrases share.

Folding keeps the length of the text, so an offset in the folded text is an offset in the text itself.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

_PLACEHOLDER = r"\[(?:[a-zà-ÿ']+(?: [a-zà-ÿ']+){0,3})(?: \d+)?\]"
_TOKEN = re.compile(rf"{_PLACEHOLDER}|[^\W_]+", re.UNICODE)


@lru_cache(maxsize=4096)
def _fold_char(char: str) -> str:
    base = unicodedata.normalize("NFD", char)[0].lower()
    return base if len(base) == 1 else char


_LATIN = {code: _fold_char(chr(code)) for code in range(0x41, 0x250)} | {0x2019: "'", 0x2018: "'"}


def fold(text: str) -> str:
    """Lower case without accents, exactly as long as ``text`` (œ and æ stay one character)."""
    return text.translate(_LATIN)


@dataclass(frozen=True, slots=True)
class Words:
    """The folded words of one text with their offsets; placeholders such as ``[nom]`` are not words."""

    words: tuple[str, ...]
    starts: tuple[int, ...]
    ends: tuple[int, ...]


@lru_cache(maxsize=512)
def words_of(text: str) -> Words:
    """Every word of ``text`` in order. Remembered for a while: several engines read the same segment in turn."""
    found = [m for m in _TOKEN.finditer(fold(text)) if text[m.start()] != "["]
    return Words(
        tuple(m.group() for m in found),
        tuple(m.start() for m in found),
        tuple(m.end() for m in found),
    )
