"""Words that people hid or showed, found again in another text: a corrected wording, a reply. Pure functions."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Container, Iterable, Sequence
from dataclasses import dataclass

from ecoute.methods.text.documents import Span
from ecoute.methods.text.engines.masking.decided import Decision

_APOSTROPHES = re.compile("['’]")
_BEFORE, _AFTER = re.compile(r"\S*\s*\Z"), re.compile(r"\A\s*\S*")


@dataclass(frozen=True, slots=True)
class Said:
    """Hide the characters ``[start, end)`` as ``kind``, or show them where it is empty; ``rank``: of the decision that
    said so."""

    start: int
    end: int
    kind: str
    rank: int


def in_force(raw: str, decisions: Sequence[Decision]) -> list[Said]:
    """What is left of each decision (in the order they were made) once later ones said the contrary. Pieces without
    letter or digit are left out."""
    found = []
    ranked = list(enumerate(decisions))
    against = {hides: [(rank, one) for rank, one in ranked if bool(one.kind) != hides] for hides in (True, False)}
    for rank, decision in ranked:
        pieces = [(max(0, decision.start), min(len(raw), decision.end))]
        for when, other in against[bool(decision.kind)]:
            if when > rank:
                pieces = [part for piece in pieces for part in _without(piece, other)]
        trimmed = (_trimmed(raw, *piece) for piece in pieces if piece[0] < piece[1])
        found += [Said(start, end, decision.kind, rank) for start, end in trimmed if _is_words(raw[start:end])]
    return found


def hidden_pattern(raw: str, start: int, end: int) -> str:
    """A regular expression of the words ``raw[start:end]``, whole words where they are so there: whatever their case,
    blanks, apostrophes and way of composing accents."""
    words = raw[start:end]
    left = r"(?<!\w)" if words[0].isalnum() and not raw[max(0, start - 1) : start].isalnum() else ""
    right = r"(?!\w)" if words[-1].isalnum() and not raw[end : end + 1].isalnum() else ""
    return left + r"\s+".join(_any_form(word) for word in words.split()) + right


def places_of(pattern: str, text: str) -> list[Span]:
    """Where ``pattern`` stands in ``text``."""
    return [Span(*match.span()) for match in re.finditer(pattern, text, re.IGNORECASE)]


def hidden_patterns(raw: str, decisions: Sequence[Decision]) -> dict[str, Said]:
    """The words that ``decisions`` hide in ``raw``, each once, as the last of them says."""
    hidden = [said for said in in_force(raw, decisions) if said.kind]
    return {hidden_pattern(raw, said.start, said.end): said for said in hidden}


def hidden_places(
    raw: str, decisions: Sequence[Decision], text: str, *, but: Container[str] = frozenset()
) -> list[Said]:
    """Where in ``text`` stand the words that ``decisions`` hide in ``raw``, ``but`` those of these patterns."""
    return [
        Said(place.start, place.end, said.kind, said.rank)
        for pattern, said in hidden_patterns(raw, decisions).items()
        if pattern not in but
        for place in places_of(pattern, text)
    ]


def same_neighbours(raw: str, said: Said, text: str) -> Iterable[Span]:
    """Where in ``text`` the very words of ``said`` stand between the same two words as in ``raw``."""
    words = raw[said.start : said.end]
    around = _around(raw, said.start, said.end)
    at = text.find(words)
    while at >= 0:
        if _around(text, at, at + len(words)) == around:
            yield Span(at, at + len(words))
        at = text.find(words, at + 1)


def _around(text: str, start: int, end: int) -> tuple[str, str]:
    before = _BEFORE.search(text[max(0, start - 200) : start])
    after = _AFTER.search(text[end : end + 200])
    return tuple(re.sub(r"\s+", " ", match[0]) if match else "" for match in (before, after))  # type: ignore[return-value]


def _without(piece: tuple[int, int], other: Decision) -> list[tuple[int, int]]:
    start, end = piece
    parts = [(start, min(end, other.start)), (max(start, other.end), end)]
    return [part for part in parts if part[0] < part[1]]


def _trimmed(raw: str, start: int, end: int) -> tuple[int, int]:
    words = raw[start:end]
    return start + len(words) - len(words.lstrip()), end - len(words) + len(words.rstrip())


def _is_words(words: str) -> bool:
    return any(char.isalnum() for char in words)


def _any_form(word: str) -> str:
    forms = dict.fromkeys([unicodedata.normalize("NFC", word), unicodedata.normalize("NFD", word)])
    return "(?:" + "|".join(_APOSTROPHES.sub("['’]", re.escape(form)) for form in forms) + ")"
