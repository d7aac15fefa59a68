"""What was unusual about a text, in stable codes kept with its analysis."""

from __future__ import annotations

import re

ANALYSED_CHARS = 20_000  # of a masked text; what follows is masked and kept, but not coded
_LETTER = re.compile(r"[^\W\d_]")
_WORD = re.compile(r"\w+")

EMPTY = "empty"
NO_WORDS = "no-words"  # emoji, punctuation or digits only
TRUNCATED = "truncated"  # longer than ``ANALYSED_CHARS``: the rest is not coded
REPETITIVE = "repetitive"  # the same few words again and again
NO_SENTENCES = "no-punctuation"
LIST_LIKE = "list-like"  # a dictionary, a log, a table pasted in


def notes_of(text: str) -> tuple[str, ...]:
    """Codes that hold for this raw text, in a fixed order; none for an ordinary one. Linear in the text."""
    if not text.strip():
        return (EMPTY,)
    head = text[:ANALYSED_CHARS]
    if not _LETTER.search(head):
        return (NO_WORDS,) if len(text) <= ANALYSED_CHARS else (NO_WORDS, TRUNCATED)
    words = [w.lower() for w in _WORD.findall(head)]
    found = []
    if len(text) > ANALYSED_CHARS:
        found.append(TRUNCATED)
    if len(words) >= 60 and len(set(words)) / len(words) < 0.12:
        found.append(REPETITIVE)
    if len(words) >= 80 and not re.search(r"[.!?…\n]", head):
        found.append(NO_SENTENCES)
    if len(words) >= 200 and len(set(words)) / len(words) > 0.9:
        found.append(LIST_LIKE)
    return tuple(found)
