"""The passage of a text that a list shows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

LENGTH = 620

Spans = Sequence[tuple[int, int, str]]


@dataclass(frozen=True, slots=True)
class Excerpt:
    """``text`` with its ``spans`` counted from its own beginning. ``before`` and ``after``: something was left out."""

    text: str
    spans: tuple[tuple[int, int, str], ...]
    before: bool = False
    after: bool = False


def excerpt(text: str, spans: Spans, length: int = LENGTH) -> Excerpt:
    """At most about ``length`` characters of ``text``, from its beginning, or from a little before its first marked
    words when these stand further; cut between words."""
    if len(text) <= length * 1.15:
        return Excerpt(text, tuple(spans))
    first = min((start for start, _, _ in spans), default=0)
    start = 0 if first < length * 0.8 else _word_start(text, first - length // 4)
    end = _word_start(text, min(start + length, len(text)))
    kept = [(max(a, start) - start, min(b, end) - start, label) for a, b, label in spans if a < end and b > start]
    return Excerpt(text[start:end].strip("\n"), tuple(kept), start > 0, end < len(text))


def _word_start(text: str, at: int) -> int:
    """The end of the text, or the beginning of the word at ``at``."""
    if at >= len(text):
        return len(text)
    return text.rfind(" ", 0, at) + 1


def apart(spans: Sequence[tuple[int, int, str]], length: int) -> tuple[tuple[int, int, str], ...]:
    """Spans in order without overlap, inside ``[0, length)``; of two that overlap the first given stays."""
    taken: list[tuple[int, int, str]] = []
    for start, end, label in spans:
        if 0 <= start < end <= length and all(end <= a or start >= b for a, b, _ in taken):
            taken.append((start, end, label))
    return tuple(sorted(taken))
