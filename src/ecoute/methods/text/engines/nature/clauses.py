"""The few words in which an expectation is said: a whole clause around its evidence, without greetings or hinges."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from importlib.resources import files

from ...documents import Span
from ...words import words_of
from ..stems.stop_words import stop_words

LONGEST = 160  # characters of a clause
_TURNS = tomllib.loads(files(__package__).joinpath("clauses.toml").read_text(encoding="utf-8"))
_BREAK = re.compile(r"[.!?;:…\n]+(?=\s|$|[A-ZÀ-Ý])|\s[-–—]\s|\s\(|\)\s|\)$|\[")
_SOFT = re.compile(r",\s")
_HINGE = re.compile(rf"^(?:(?:{'|'.join(_TURNS['hinges'])})\b[\s,:!.]*)+", re.I)
_WISH = re.compile(rf"^(?:{'|'.join(_TURNS['wishes'])})\s*", re.I)
_INFINITIVE = re.compile(
    r"^(?:ne (?:pas|plus) )?(?:(?:me|nous|lui|leur|se|y|en|la|le|les) |[mlsn]['’])?\w{2,}(?:er|ir|re|oir)\b", re.I
)
_EDGES = ' ,:-–"«»()'
FORMULAS = frozenset(_TURNS["formulas"].split())
_EMPTY = FORMULAS | stop_words("fr")


def clause_of(text: str, evidence: Sequence[Span]) -> Span:
    """Characters of the clause of ``text`` that holds the first evidence, ``LONGEST`` at most.

    Cut at strong punctuation, then, if it is too long, at commas; greetings and hinges in front are left out.
    """
    at = evidence[0] if evidence else Span(0, 1)
    start, end = _between(_BREAK, text, Span(0, len(text)), at)
    if end - start > LONGEST:
        start, end = _between(_SOFT, text, Span(start, end), at)
    hinge = _HINGE.match(text[start:end].lstrip())
    if hinge:
        start = min(start + len(text[start:end]) - len(text[start:end].lstrip()) + hinge.end(), at.start)
    if end - start > LONGEST:
        start, end = _around(text, max(start, at.start - LONGEST // 2), end)
    found = text[start:end]
    return Span(start + len(found) - len(found.lstrip(_EDGES)), max(start, start + len(found.rstrip(_EDGES))))


def _around(text: str, start: int, end: int) -> tuple[int, int]:
    """Whole words of at most ``LONGEST`` characters."""
    if start and text[start - 1].isalnum() and text[start].isalnum():
        start = text.find(" ", start, end) + 1 or start
    if end - start <= LONGEST:
        return start, end
    cut = text.rfind(" ", start, start + LONGEST)
    return start, cut if cut > start else start + LONGEST


def _between(breaks: re.Pattern[str], text: str, within: Span, at: Span) -> tuple[int, int]:
    start, end = within.start, within.end
    for found in breaks.finditer(text, within.start, within.end):
        if found.end() <= at.start:
            start = found.end()
        elif found.start() >= at.end:
            return start, found.start()
    return start, end


def name_of(clause: str) -> str:
    """The clause as a title, in the words that were said: « il faudrait » goes when what follows stands by itself."""
    bare = " ".join(clause.split()).strip(" .,;:!?()")
    wish = _WISH.match(bare)
    if wish and _INFINITIVE.match(bare[wish.end() :]):
        bare = bare[wish.end() :]
    if bare.isupper():
        bare = bare.lower()
    return bare[:1].upper() + bare[1:]


def says_something(clause: str) -> bool:
    """Whether a clause says what is wanted, or misses: more than a formula of politeness."""
    found = {word for word in words_of(clause).words if len(word) > 2}
    return bool(found - _EMPTY) or bool(found & {"reponse", "reponses"} and found & _LACKING)


_LACKING = frozenset(["pas", "sans", "aucune", "jamais", "toujours", "attends"])
